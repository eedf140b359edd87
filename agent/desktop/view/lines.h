// What a notice says, as lines in the order in which they are seen. Pure; no toolkit.
//
// Every text has a limit here (kLongestText code points, kMostItems items, "…" after it), so that
// no alert can make a window larger than the system can draw. Line breaks and other control
// characters become spaces.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "agent/core/screen.h"

namespace wardcast::agent {

inline constexpr std::size_t kLongestText = 1000;
inline constexpr std::size_t kMostItems = 30;

enum class LineKind {
  kUnconfirmed,  // "last confirmed 14:07 …", marked
  kHeadline,     // the largest text
  kQuestion,     // above choices
  kState,        // "Restored, verifying …" and the like, marked
  kChanged,      // what the last update changed, marked
  kText,         // an ordinary line
  kDo,           // do now, do not, back-entry: large, with a label
  kTimes,        // since, next update, expected back; and whom to call
};

struct Line {
  LineKind kind = LineKind::kText;
  std::string label;               // "Do now"; empty: none
  std::vector<std::string> items;  // one paragraph each; never empty
  // Screen readers read by rising rank: headline, do now, do not, next update, then the rest.
  int reading_rank = 0;
  friend bool operator==(const Line&, const Line&) = default;
};

// The notice itself.
std::vector<Line> LinesFor(const Notice& notice);
// What ⓘ shows: reason, ticket, and everything that the notice has no room for.
std::vector<Line> MoreLinesFor(const Notice& notice, const Screen& screen);

// What became of a press at this PC and what the ward answered.
struct StatusLine {
  enum class Kind { kNothing, kSending, kAnswered, kRefused };
  Kind kind = Kind::kNothing;
  std::string text;
  friend bool operator==(const StatusLine&, const StatusLine&) = default;
};
// `pressed_here`: something was pressed in this window and the station has not shown its answer
// yet.
StatusLine StatusFor(const Notice& notice, bool pressed_here);

// One notice in the strip: "Orders and results (lab) · since 13:52 · next update 14:30"; of planned
// work "Imaging · Planned 02:00, not confirmed".
std::string StripLine(const Notice& notice);

// The text within the limits above. Any valid UTF-8.
std::string Limited(const std::string& text);

}  // namespace wardcast::agent
