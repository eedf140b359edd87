// Questions at a terminal.
#pragma once

#include <string>

namespace wardcast::cli {

// Somebody could be asked.
bool AtTerminal();

// One line of standard input. At a terminal `what` is asked for, and what is typed is not shown.
std::string AskHidden(const char* what);

}  // namespace wardcast::cli
