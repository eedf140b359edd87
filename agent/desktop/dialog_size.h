// How large a notice may be: a DIALOG covers at most 45 % of its monitor. Pure. Unit: pixels.
#pragma once

#include <algorithm>
#include <array>

namespace wardcast::agent {

struct Extent {
  int width = 0;
  int height = 0;
};

inline constexpr double kLargestShare = 0.45;

// The widths that a dialog may take, widest first. Text that is read from two metres wants long
// lines; a notice that says much gets a narrower window, because that may be higher.
inline std::array<int, 4> DialogWidths(const Extent& monitor, double scale) {
  std::array<int, 4> widths{920, 860, 800, 740};
  for (int& width : widths) {
    width = std::min(static_cast<int>(width * scale), static_cast<int>(monitor.width * 0.68));
  }
  return widths;
}

// The most height at that width.
inline int LargestDialogHeight(const Extent& monitor, int width) {
  const double area = kLargestShare * monitor.width * monitor.height;
  return std::min(static_cast<int>(area / std::max(width, 1)),
                  static_cast<int>(monitor.height * 0.9));
}

}  // namespace wardcast::agent
