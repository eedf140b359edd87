// The words around a drill: "EXERCISE" before and after every text, the lines of its end, and whom
// to call when a problem in it is real. Pure; no toolkit.
#pragma once

#include <string>
#include <vector>

#include "agent/core/screen.h"
#include "agent/desktop/view/lines.h"

namespace wardcast::agent {

// The text as it may stand alone: of a drill "EXERCISE: … – EXERCISE", else and if empty as it is.
std::string Marked(const Notice& notice, const std::string& text);

// The same for each line; a list of steps is one text. Numbers and times stay as they are: they are
// true.
std::vector<Line> MarkedLines(const Notice& notice, std::vector<Line> lines);

// "EXERCISE STOPPED. The next notice is real.", unmarked, and below it what the drill was.
std::vector<Line> DrillOverLines(const Notice& notice, const std::string& headline);

// After "Real problem here": whom to call. Unmarked, since it is no exercise.
std::vector<Line> NumberLinesFor(const Notice& notice, const Screen& screen);

}  // namespace wardcast::agent
