// What the window of a downtime procedure says. Pure; no toolkit.
#pragma once

#include <cstddef>
#include <string>

#include "agent/core/screen.h"

namespace wardcast::agent {

inline constexpr std::size_t kMostSteps = 100;

// The steps, numbered, one paragraph each, and below them who approved it and when it is to be
// reviewed. Within the limits of lines.h, at most kMostSteps steps, "…" after them.
std::string ProcedureText(const Procedure& procedure);

}  // namespace wardcast::agent
