#include "server/store/sql/dialect.h"

namespace wardcast {

std::string BeginWrite(Dialect dialect) {
  switch (dialect) {
    case Dialect::kSqlite:
      return "BEGIN IMMEDIATE";
    case Dialect::kPostgresql:
      return "BEGIN";
  }
  return {};
}

std::string BeginRead(Dialect dialect) {
  switch (dialect) {
    case Dialect::kSqlite:
      return "BEGIN";
    case Dialect::kPostgresql:
      return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  }
  return {};
}

std::string ForUpdate(Dialect dialect) {
  switch (dialect) {
    case Dialect::kSqlite:
      return "";  // there is one writer
    case Dialect::kPostgresql:
      return " FOR UPDATE";
  }
  return {};
}

std::string TextColumn(Dialect dialect) {
  switch (dialect) {
    case Dialect::kSqlite:
      return "TEXT";
    case Dialect::kPostgresql:
      return "TEXT COLLATE \"C\"";
  }
  return {};
}

std::string RowsOf(Dialect dialect, std::initializer_list<JsonColumn> columns) {
  std::string list;
  for (const JsonColumn& column : columns) {
    const std::string name(column.name);
    if (!list.empty()) list += ", ";
    switch (dialect) {
      case Dialect::kSqlite:
        list += "json_extract(value, '$." + name + "') AS " + name;
        break;
      case Dialect::kPostgresql:
        list += name + (column.type == JsonColumn::Type::kText ? " TEXT" : " BIGINT");
        break;
    }
  }
  switch (dialect) {
    case Dialect::kSqlite:
      return "(SELECT " + list + " FROM json_each(:rows)) AS r";
    case Dialect::kPostgresql:
      return "json_to_recordset(CAST(:rows AS json)) AS r(" + list + ")";
  }
  return {};
}

}  // namespace wardcast
