// Questions at a terminal.
#pragma once

#include <string>

namespace wardcast::cli {

// Somebody could be asked.
bool AtTerminal();

// One line of standard input. At a terminal `what` is asked for, and what is typed is not shown.
std::string AskHidden(const char* what);

// One line that may be seen, trimmed; "" at the end of input. `what` goes to standard error.
std::string AskLine(const std::string& what);

}  // namespace wardcast::cli
