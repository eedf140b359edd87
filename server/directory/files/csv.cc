#include "server/directory/files/csv.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "server/directory/utf8.h"

namespace wardcast {
namespace {

// Walks the text once; `line_` is always the line of `at_`.
class Reader {
 public:
  Reader(std::string_view name, std::string_view text, const CsvLimits& limits)
      : name_(name), text_(text), limits_(limits) {}

  Result<CsvTable> Read() {
    if (const auto bad = FirstInvalidUtf8(text_)) {
      line_ += static_cast<int>(std::ranges::count(text_.substr(0, *bad), '\n'));
      return FailHere("is not UTF-8: save the file as \"CSV UTF-8\"");
    }
    if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
    CsvTable table;
    bool has_header = false;
    while (at_ < text_.size()) {
      if (SkipLineEnd()) continue;
      CsvRow row{.line = line_, .cells = {}};
      if (auto read = ReadRow(row.cells); !read) return std::unexpected(read.error());
      if (!has_header) {
        table.header_line = row.line;
        table.header = std::move(row.cells);
        has_header = true;
      } else if (table.rows.size() == limits_.rows) {
        return FailAt(row.line, "is beyond " + std::to_string(limits_.rows) +
                                    " rows, the most that one file may have");
      } else {
        table.rows.push_back(std::move(row));
      }
    }
    if (!has_header) return FailHere("is empty: the first line must name the columns");
    return table;
  }

 private:
  std::unexpected<Error> FailAt(int line, std::string description) const {
    return Invalid({{LinePlace(name_, line), std::move(description)}});
  }
  std::unexpected<Error> FailHere(std::string description) const {
    return FailAt(line_, std::move(description));
  }

  bool AtLineEnd() const {
    return text_[at_] == '\n' || (text_[at_] == '\r' && text_.substr(at_, 2) == "\r\n");
  }
  bool SkipLineEnd() {
    if (!AtLineEnd()) return false;
    at_ += text_[at_] == '\r' ? 2 : 1;
    ++line_;
    return true;
  }

  Result<void> ReadRow(std::vector<std::string>& cells) {
    while (true) {
      if (cells.size() == limits_.columns) {
        return FailHere("has more than " + std::to_string(limits_.columns) + " cells");
      }
      auto cell = at_ < text_.size() && text_[at_] == '"' ? ReadQuoted() : ReadPlain();
      if (!cell) return std::unexpected(cell.error());
      cells.push_back(std::move(*cell));
      if (at_ == text_.size() || SkipLineEnd()) return {};
      ++at_;  // the comma
    }
  }

  Result<std::string> ReadPlain() {
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] != ',' && !AtLineEnd()) {
      const char c = text_[at_];
      if (c == '"') {
        return FailHere(
            "has a double quote inside a cell: put the whole cell in double quotes and double the "
            "ones inside");
      }
      if (c == '\r')
        return FailHere("has a carriage return without a line feed: save with LF or CRLF");
      if (static_cast<unsigned char>(c) < 0x20 && c != '\t') {
        return FailHere("has a control character: remove it");
      }
      if (++at_ - start > limits_.cell_bytes) return TooLong(line_);
    }
    return std::string(text_.substr(start, at_ - start));
  }

  Result<std::string> ReadQuoted() {
    const int opened = line_;
    std::string cell;
    ++at_;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '\n') ++line_;
      if (c == '"') {
        if (at_ == text_.size() || text_[at_] == ',' || AtLineEnd()) return cell;
        if (text_[at_] != '"')
          return FailHere("has text after a closing double quote: expected a comma");
        ++at_;
      }
      cell += c;
      if (cell.size() > limits_.cell_bytes) return TooLong(opened);
    }
    return FailAt(opened, "has a double quote that is never closed");
  }

  std::unexpected<Error> TooLong(int line) const {
    return FailAt(line, "has a cell of more than " + std::to_string(limits_.cell_bytes) +
                            " bytes: is a closing double quote missing?");
  }

  const std::string_view name_;
  const std::string_view text_;
  const CsvLimits& limits_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

Result<CsvTable> ReadCsv(std::string_view name, std::string_view text, const CsvLimits& limits) {
  return Reader(name, text, limits).Read();
}

std::string LinePlace(std::string_view name, int line) {
  return std::string(name) + ":" + std::to_string(line);
}

}  // namespace wardcast
