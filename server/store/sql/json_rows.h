// Writes many rows as one JSON text for RowsOf() (dialect.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wardcast {

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
