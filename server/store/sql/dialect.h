// The few places in which SQLite and PostgreSQL want different words.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace wardcast {

enum class Dialect {
  kSqlite,
  kPostgresql,
};

// Starts a transaction that writes. SQLite takes the write lock at once: a deferred one fails with
// "database is locked" after its first read.
std::string BeginWrite(Dialect dialect);
// Starts a transaction that sees one moment of the database.
std::string BeginRead(Dialect dialect);
// Appended to a SELECT whose rows shall not change until the end of the transaction.
std::string ForUpdate(Dialect dialect);

// A column of text that is compared byte by byte, whatever the locale of the database.
std::string TextColumn(Dialect dialect);

struct JsonColumn {
  enum class Type { kText, kNumber };
  std::string_view name;
  Type type;
};

// A table expression named `r` over the parameter `:rows`, a JSON array of objects (json_rows.h):
// thousands of rows in one statement, where a statement a row costs PostgreSQL a round trip each.
std::string RowsOf(Dialect dialect, std::initializer_list<JsonColumn> columns);

}  // namespace wardcast
