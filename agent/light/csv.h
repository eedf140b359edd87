// Comma-separated values as the demo hospital uses them: RFC 4180, UTF-8, a header line with the
// column names.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wardcast::light {

// One line by column name; a missing cell is empty.
using CsvRow = std::map<std::string, std::string, std::less<>>;

// kInvalidArgument: "NAME:LINE: what is wrong" (an open quote, more cells than columns, no header).
Result<std::vector<CsvRow>> ReadCsv(std::string_view text, const std::string& name);

}  // namespace wardcast::light
