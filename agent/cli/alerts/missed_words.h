// What the clock missed of a notice, and what its publisher can do about it.
#pragma once

#include <string>

#include "wardcast/v1/alert.pb.h"

namespace wardcast::cli {

// Lines that end with a line break: what was not done and when it was due, then the commands that
// settle it. Empty: nothing is asked.
std::string MissedText(const v1::Alert& alert);

// What its publisher has to see to, in a list: "MISSED by the clock, UPDATE OVERDUE". Empty:
// nothing.
std::string ToDoText(const v1::Alert& alert);

}  // namespace wardcast::cli
