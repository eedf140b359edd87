// The blanks of prepared notices: {service}, {start}, {end} and {next} stand in any text for what
// is named and said elsewhere, so that nobody types a clock time twice.
#pragma once

#include <string>
#include <vector>

#include "wardcast/v1/alert.pb.h"

namespace wardcast::cli {

// What fills them; empty: nothing does, and the blank stays where it is.
struct Blanks {
  std::string service;
  std::string start;
  std::string end;
  std::string next;
};

// Fills the texts of `alert` that publishers write. Each text once: what a name brings is not
// filled again.
void FillBlanks(v1::Alert& alert, const Blanks& blanks);

// Blanks that are still in its texts, each once, as they are written: "{end}".
std::vector<std::string> OpenBlanks(const v1::Alert& alert);

// "a", "a and b", "a, b and c".
std::string Together(const std::vector<std::string>& names);

}  // namespace wardcast::cli
