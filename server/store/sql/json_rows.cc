#include "server/store/sql/json_rows.h"

#include <utility>

namespace wardcast {
namespace {

void AppendQuoted(std::string& json, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  json += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (byte < 0x20) {
      json += "\\u00";
      json += kHex[byte >> 4];
      json += kHex[byte & 15];
    } else {
      json += c;
    }
  }
  json += '"';
}

}  // namespace

std::string RowsOf(Dialect dialect, std::initializer_list<JsonColumn> columns) {
  const bool sqlite = dialect == Dialect::kSqlite;
  std::string list;
  for (const JsonColumn& column : columns) {
    const std::string name(column.name);
    if (!list.empty()) list += ", ";
    if (sqlite) {
      list += "json_extract(value, '$." + name + "') AS " + name;
    } else {
      list += name + (column.type == JsonColumn::Type::kText ? " TEXT" : " BIGINT");
    }
  }
  return sqlite ? "(SELECT " + list + " FROM json_each(:rows)) AS r"
                : "json_to_recordset(CAST(:rows AS json)) AS r(" + list + ")";
}

std::string PairsOf(Dialect dialect, std::string_view text, std::string_view number) {
  std::string list = "(SELECT key AS ";
  list.append(text);
  if (dialect == Dialect::kSqlite) {
    list.append(", value AS ").append(number).append(" FROM json_each(:rows)) AS r");
  } else {
    list.append(", CAST(value AS BIGINT) AS ").append(number);
    list.append(" FROM json_each_text(CAST(:rows AS json))) AS r");
  }
  return list;
}

void JsonPairs::Add(std::string_view text, std::int64_t number) {
  json_ += json_.empty() ? '{' : ',';
  AppendQuoted(json_, text);
  json_ += ':';
  json_ += std::to_string(number);
}

std::string JsonPairs::Take() {
  std::string json = std::exchange(json_, {});
  return json.empty() ? "{}" : json + '}';
}

JsonRows& JsonRows::Row() {
  json_ += in_row_ ? "},{" : "{";
  in_row_ = true;
  in_column_ = false;
  return *this;
}

JsonRows& JsonRows::Text(std::string_view name, std::string_view value) {
  Name(name);
  AppendQuoted(json_, value);
  return *this;
}

JsonRows& JsonRows::Number(std::string_view name, std::int64_t value) {
  Name(name);
  json_ += std::to_string(value);
  return *this;
}

std::string JsonRows::Take() {
  std::string json = "[" + std::exchange(json_, {}) + (in_row_ ? "}]" : "]");
  in_row_ = in_column_ = false;
  return json;
}

void JsonRows::Name(std::string_view name) {
  if (in_column_) json_ += ',';
  in_column_ = true;
  AppendQuoted(json_, name);
  json_ += ':';
}

}  // namespace wardcast
