// How a broker that stops lets go of its sessions: evenly, so that ten thousand PCs do not knock at
// the other brokers, or at this one when it is back, in the same second.
#pragma once

#include <chrono>
#include <cstddef>

#include "server/feed/hub.h"

namespace wardcast {

struct DrainPlan {
  // Sessions get their last delivery evenly over this time, the first one at once.
  std::chrono::milliseconds over{10'000};
  // What that delivery tells them. They come back as evenly as they left if it is constant.
  std::chrono::milliseconds retry_after{12'000};
  // For the last deliveries to be written, after all were released.
  std::chrono::milliseconds last_writes{2'000};
};

// How many of `total` are to be released when `elapsed` of `over` has passed: 1 … total, `total`
// from the end on. Pure.
std::size_t ReleasedBy(std::size_t total, std::chrono::milliseconds elapsed,
                       std::chrono::milliseconds over);

// No new sessions from now on; releases those that are, and returns how many were still open when
// the time was over. Blocks for `over` + `last_writes` at most, and no longer than there is a
// session. Needs no other thread of the broker: a feed that waits for the store delays nothing.
std::size_t DrainEvenly(Hub& hub, const DrainPlan& plan);

}  // namespace wardcast
