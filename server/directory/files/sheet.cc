#include "server/directory/files/sheet.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <utility>

#include "server/directory/near_match.h"
#include "server/directory/utf8.h"

namespace wardcast {
namespace {

// What a person wrote, fit for a message: one line, not endless.
std::string Quoted(std::string_view text) {
  constexpr std::size_t kShown = 60;
  std::string shown = "\"";
  for (const char c : text.substr(0, kShown))
    shown += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
  // Never half a character.
  while (FirstInvalidUtf8(shown)) shown.pop_back();
  return shown + (text.size() > kShown ? "…\"" : "\"");
}

std::string NamesOf(std::span<const Column> columns) {
  std::string names;
  for (const Column& column : columns) {
    names += (names.empty() ? "" : ", ") + std::string(column.name);
  }
  return names;
}

}  // namespace

std::string IdFault(std::string_view id, IdForm form) {
  const std::size_t most = form == IdForm::kPlain ? 40 : 80;
  const auto allowed = [form](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           (form == IdForm::kEndpoint && (c == '.' || c == '_'));
  };
  if (id.empty()) return "is empty";
  if (id.size() <= most && std::ranges::all_of(id, allowed)) return {};
  return Quoted(id) + " is no id: use 1 to " + std::to_string(most) +
         (form == IdForm::kPlain ? " of a-z, 0-9 and -" : " of a-z, 0-9, dot, _ and -");
}

std::string_view SheetRow::Cell(std::size_t column) const {
  const int position = positions_[column];
  return position < 0 ? std::string_view()
                      : Trimmed(row_.cells[static_cast<std::size_t>(position)]);
}

void SheetRow::Fault(std::size_t column, const std::string& description) {
  findings_.Add(place_, std::string(columns_[column].name), description);
}

std::string SheetRow::Text(std::size_t column, std::size_t most) {
  const std::string_view text = Cell(column);
  if (text.empty() && columns_[column].need == Need::kCell && positions_[column] >= 0) {
    Fault(column, "is empty");
  } else if (HasControlCharacter(text)) {
    Fault(column, "has a line break or another control character: write it on one line");
  } else if (text.size() > most && CodePoints(text) > most) {
    Fault(column, "has " + std::to_string(CodePoints(text)) + " characters, at most " +
                      std::to_string(most) + " fit");
  }
  return std::string(text);
}

std::string SheetRow::Id(std::size_t column, IdForm form) {
  std::string id(Cell(column));
  if (id.empty() && columns_[column].need != Need::kCell) return id;
  if (positions_[column] < 0) return id;  // the missing column was noted once
  if (const std::string fault = IdFault(id, form); !fault.empty()) Fault(column, fault);
  return id;
}

std::vector<std::string> SheetRow::List(std::size_t column, std::size_t most) {
  std::vector<std::string> items;
  const std::string text = Text(column, 4'000);
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const std::string_view item = Trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (item.empty()) continue;
    if (CodePoints(item) > most) {
      Fault(column, Quoted(item) + " has more than " + std::to_string(most) + " characters");
    } else if (std::ranges::find(items, item) != items.end()) {
      Fault(column, Quoted(item) + " is there twice");
    } else {
      items.emplace_back(item);
    }
  }
  return items;
}

int SheetRow::Number(std::size_t column) {
  const std::string_view text = Cell(column);
  if (text.empty()) return 0;
  int number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size() || number < 0) {
    Fault(column, Quoted(text) + " is no whole number of 0 or more");
    return 0;
  }
  return number;
}

Sheet::Sheet(std::string_view name, const SheetInput& input, std::span<const Column> columns,
             Findings& findings)
    : name_(name), columns_(columns), findings_(findings), positions_(columns.size(), -1) {
  if (const auto* entries = std::get_if<EntryRows>(&input)) {
    Take(*entries);
  } else {
    Read(std::get<std::string_view>(input));
  }
}

void Sheet::Take(const EntryRows& entries) {
  entries_ = entries.place;
  std::iota(positions_.begin(), positions_.end(), 0);
  table_.rows.reserve(entries.cells.size());
  for (const std::vector<std::string>& cells : entries.cells)
    table_.rows.push_back({.line = 0, .cells = cells});
  for (const CsvRow& row : table_.rows) usable_.push_back(&row);
}

void Sheet::Read(std::string_view text) {
  auto table = ReadCsv(name_, text);
  if (!table) {
    findings_.Add(table.error());
    return;
  }
  table_ = std::move(*table);
  const std::string header_place = LinePlace(name_, table_.header_line);
  if (table_.header.size() == 1 && table_.header.front().find(';') != std::string::npos) {
    findings_.Add(header_place, "the columns are separated by \";\": separate them by commas");
    return;
  }
  std::vector<std::string_view> names;
  for (const Column& column : columns_) names.push_back(column.name);
  for (std::size_t cell = 0; cell < table_.header.size(); ++cell) {
    const std::string_view title = Trimmed(table_.header[cell]);
    const auto found = std::ranges::find(names, title);
    if (found == names.end()) {
      findings_.Add(header_place, "unknown column " + Quoted(title) +
                                      Suggestion(NearMatch(title, names)) +
                                      " (known: " + NamesOf(columns_) + ")");
      continue;
    }
    int& position = positions_[static_cast<std::size_t>(found - names.begin())];
    if (position >= 0) findings_.Add(header_place, "column " + Quoted(title) + " is there twice");
    position = static_cast<int>(cell);
  }
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (columns_[column].need != Need::kNothing && positions_[column] < 0) {
      findings_.Add(header_place,
                    "column \"" + std::string(columns_[column].name) + "\" is missing");
    }
  }
  usable_.reserve(table_.rows.size());
  for (const CsvRow& row : table_.rows) {
    if (row.cells.size() == table_.header.size()) {
      usable_.push_back(&row);
    } else {
      findings_.Add(LinePlace(name_, row.line),
                    "has " + std::to_string(row.cells.size()) + " cells, the header has " +
                        std::to_string(table_.header.size()) +
                        ": a comma inside a cell needs double quotes around the cell");
    }
  }
}

SheetRow Sheet::Row(std::size_t index) const {
  const CsvRow& row = *usable_[index];
  return SheetRow(
      entries_.empty() ? LinePlace(name_, row.line) : entries_ + "[" + std::to_string(index) + "]",
      row, columns_, positions_, findings_);
}

}  // namespace wardcast
