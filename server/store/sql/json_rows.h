// Many rows in one statement, as one JSON text: a statement a row costs PostgreSQL a round trip
// each.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "server/store/sql/dialect.h"

namespace wardcast {

struct JsonColumn {
  enum class Type { kText, kNumber };
  std::string_view name;
  Type type;
};

// A table expression named `r` over the parameter `:rows`, which is what JsonRows::Take() gives.
std::string RowsOf(Dialect dialect, std::initializer_list<JsonColumn> columns);

// The same for rows of a text, all different, and a number, from what JsonPairs::Take() gives; the
// embedded store takes half of the time for them. The columns have these names.
std::string PairsOf(Dialect dialect, std::string_view text, std::string_view number);

// Threads: one at a time.
class JsonPairs {
 public:
  // Each text once.
  void Add(std::string_view text, std::int64_t number);
  // The object of all pairs; this object is empty afterwards.
  std::string Take();

 private:
  std::string json_;
};

// Threads: one at a time.
class JsonRows {
 public:
  // Starts the next row; then its columns.
  JsonRows& Row();
  JsonRows& Text(std::string_view name, std::string_view value);
  JsonRows& Number(std::string_view name, std::int64_t value);
  // The array of all rows; this object is empty afterwards.
  std::string Take();

 private:
  void Name(std::string_view name);

  std::string json_;
  bool in_row_ = false;
  bool in_column_ = false;
};

}  // namespace wardcast
