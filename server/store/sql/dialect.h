// The few words that SQLite and PostgreSQL want differently; also see RowsOf() in json_rows.h.
#pragma once

#include <string>

namespace wardcast {

enum class Dialect {
  kSqlite,
  kPostgresql,
};

// Starts a transaction that writes. SQLite takes the write lock at once: a deferred one fails with
// "database is locked" after its first read.
inline std::string BeginWrite(Dialect dialect) {
  return dialect == Dialect::kSqlite ? "BEGIN IMMEDIATE" : "BEGIN";
}

// Starts a transaction that sees one moment of the database.
inline std::string BeginRead(Dialect dialect) {
  return dialect == Dialect::kSqlite ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
}

// Appended to a SELECT whose rows shall not change until the end of the transaction. SQLite has one
// writer, so nothing can change them.
inline std::string ForUpdate(Dialect dialect) {
  return dialect == Dialect::kSqlite ? "" : " FOR UPDATE";
}

// A column of text that is compared byte by byte, whatever the locale of the database.
inline std::string TextColumn(Dialect dialect) {
  return dialect == Dialect::kSqlite ? "TEXT" : "TEXT COLLATE \"C\"";
}

}  // namespace wardcast
