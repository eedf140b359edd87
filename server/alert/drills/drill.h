// What a drill is, and how long it lasts. Pure.
#pragma once

#include <chrono>

#include "wardcast/v1/alert.pb.h"

namespace wardcast {

inline bool IsDrill(const v1::Alert& alert) { return alert.status() == v1::Status::EXERCISE; }

// So long after it went out a drill is over, whatever was edited meanwhile.
inline constexpr std::chrono::hours kDrillLasts{2};

}  // namespace wardcast
