// A CSV file with known columns: finds them by name and reads typed cells, noting what is wrong.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/directory/files/csv.h"
#include "server/directory/files/findings.h"

namespace wardcast {

enum class Need {
  kNothing,  // the column may be missing: every cell of it is empty then
  kColumn,   // the column must be there, so that "empty" is said and not forgotten
  kCell,     // no cell may be empty
};

struct Column {
  std::string_view name;
  Need need = Need::kNothing;
};

// What an id may be.
enum class IdForm {
  kPlain,     // 1 … 40 of [a-z0-9-]
  kEndpoint,  // 1 … 80 of [a-z0-9._-]: a host name in lower case
};

// Empty: `id` is fine; else what is wrong with it.
std::string IdFault(std::string_view id, IdForm form);

// One row. Each reader notes what is wrong and then returns something harmless. Columns are named
// by their index in the list that the sheet was made with; a column that the file lacks is empty.
class SheetRow {
 public:
  SheetRow(std::string place, const CsvRow& row, std::span<const Column> columns,
           std::span<const int> positions, Findings& findings)
      : place_(std::move(place)),
        row_(row),
        columns_(columns),
        positions_(positions),
        findings_(findings) {}

  const std::string& place() const { return place_; }
  // One line of at most `most` characters, without spaces at both ends.
  std::string Text(std::size_t column, std::size_t most = 120);
  std::string Id(std::size_t column, IdForm form);
  // Separated by ";"; empty items are left out; a doubled one is a fault.
  std::vector<std::string> List(std::size_t column, std::size_t most = 120);
  // 0 if empty.
  int Number(std::size_t column);
  void Fault(std::size_t column, const std::string& description);

 private:
  std::string_view Cell(std::size_t column) const;

  const std::string place_;
  const CsvRow& row_;
  const std::span<const Column> columns_;
  const std::span<const int> positions_;
  Findings& findings_;
};

// Entries that never were a file, checked as rows of one: a cell for each column. Row i is at
// "PLACE[i]".
struct EntryRows {
  std::string place;  // "wards"
  std::vector<std::vector<std::string>> cells;
};

// The text of a file, or entries.
using SheetInput = std::variant<std::string_view, EntryRows>;

class Sheet {
 public:
  // Notes unknown, doubled and missing columns, and rows with the wrong number of cells (those are
  // left out).
  Sheet(std::string_view name, const SheetInput& input, std::span<const Column> columns,
        Findings& findings);

  std::size_t size() const { return usable_.size(); }
  SheetRow Row(std::size_t index) const;

 private:
  void Read(std::string_view text);
  void Take(const EntryRows& entries);

  const std::string name_;
  const std::span<const Column> columns_;
  Findings& findings_;
  std::string entries_;  // EntryRows::place; empty: a file
  CsvTable table_;
  std::vector<int> positions_;  // column of the list → cell, -1: not in the file
  std::vector<const CsvRow*> usable_;
};

}  // namespace wardcast
