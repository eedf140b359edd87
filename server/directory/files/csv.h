// Reads comma-separated values as RFC 4180 has them, with what spreadsheets add: UTF-8 with or
// without a byte order mark, CRLF or LF, cells in double quotes with doubled quotes and line breaks
// inside. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wardcast {

struct CsvRow {
  int line = 0;  // where it begins, counted from 1
  std::vector<std::string> cells;
};

// The first row is the header. Empty lines are no rows. Rows may differ in their number of cells.
struct CsvTable {
  std::vector<std::string> header;
  int header_line = 1;
  std::vector<CsvRow> rows;
};

struct CsvLimits {
  std::size_t rows = 200'000;
  std::size_t columns = 64;
  std::size_t cell_bytes = 8'192;
};

// kInvalidArgument with one violation "NAME:LINE": invalid UTF-8, a control character outside of
// quotes, a quote that is never closed or stands in the middle, no header, or beyond a limit. After
// one of these the rest cannot be trusted, so reading stops there.
Result<CsvTable> ReadCsv(std::string_view name, std::string_view text,
                         const CsvLimits& limits = {});

// "wards.csv:12".
std::string LinePlace(std::string_view name, int line);

}  // namespace wardcast
