// Divides buttons among rows, and a row among its buttons. Pure. Unit: pixels.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "agent/desktop/look/share_width.h"

namespace wardcast::agent {

struct ButtonWidths {
  int natural = 0;  // its label in one line
  int least = 0;    // the label's longest word
};

struct ButtonRow {
  std::size_t first = 0;    // index of its first button
  std::vector<int> widths;  // of its buttons
};

// As many in a row as have room with their longest words whole; the rest, in another language or at
// another text size, go to the next row. In a row the widest labels give way first and take a
// second line.
inline std::vector<ButtonRow> ButtonRows(const std::vector<ButtonWidths>& buttons, int room,
                                         int gap) {
  std::vector<ButtonRow> rows;
  int taken = 0;
  for (std::size_t index = 0; index < buttons.size(); ++index) {
    const int least = std::min(buttons[index].least, room);
    if (rows.empty() || taken + gap + least > room) {
      rows.push_back({index, {}});
      taken = least;
    } else {
      taken += gap + least;
    }
    rows.back().widths.push_back(least);
  }
  for (ButtonRow& row : rows) {
    // What is left over goes to the labels that are not whole yet.
    std::vector<int> wanted;
    wanted.reserve(row.widths.size());
    for (std::size_t at = 0; at < row.widths.size(); ++at) {
      wanted.push_back(std::max(buttons[row.first + at].natural - row.widths[at], 0));
    }
    int left = room - gap * (static_cast<int>(row.widths.size()) - 1);
    for (const int width : row.widths) left -= width;
    wanted = ShareWidth(wanted, std::max(left, 0), 0);
    for (std::size_t at = 0; at < row.widths.size(); ++at) row.widths[at] += wanted[at];
  }
  return rows;
}

}  // namespace wardcast::agent
