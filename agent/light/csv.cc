#include "agent/light/csv.h"

#include <utility>

namespace wardcast::light {
namespace {

struct Record {
  int line = 0;
  std::vector<std::string> cells;
};

Result<std::vector<Record>> Records(std::string_view text, const std::string& name) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  std::vector<Record> records;
  Record record{1, {""}};
  int line = 1;
  bool quoted = false;
  const auto end_record = [&] {
    if (record.cells.size() > 1 || !record.cells[0].empty()) records.push_back(std::move(record));
    record = {line, {""}};
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') ++line;
    if (quoted) {
      if (c != '"') {
        record.cells.back() += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        record.cells.back() += text[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"' && record.cells.back().empty()) {
      quoted = true;
    } else if (c == ',') {
      record.cells.emplace_back();
    } else if (c == '\n') {
      end_record();
    } else if (c != '\r') {
      record.cells.back() += c;
    }
  }
  if (quoted)
    return Fail(Code::kInvalidArgument,
                name + ":" + std::to_string(record.line) + ": a quote is not closed");
  end_record();
  return records;
}

}  // namespace

Result<std::vector<CsvRow>> ReadCsv(std::string_view text, const std::string& name) {
  const auto records = Records(text, name);
  if (!records) return std::unexpected(records.error());
  if (records->empty()) return Fail(Code::kInvalidArgument, name + ":1: no header line");
  const std::vector<std::string>& columns = records->front().cells;
  std::vector<CsvRow> rows;
  for (std::size_t i = 1; i < records->size(); ++i) {
    const Record& record = (*records)[i];
    if (record.cells.size() > columns.size()) {
      return Fail(Code::kInvalidArgument, name + ":" + std::to_string(record.line) + ": " +
                                              std::to_string(record.cells.size()) + " cells for " +
                                              std::to_string(columns.size()) + " columns");
    }
    CsvRow& row = rows.emplace_back();
    for (std::size_t c = 0; c < record.cells.size(); ++c) row[columns[c]] = record.cells[c];
  }
  return rows;
}

}  // namespace wardcast::light
