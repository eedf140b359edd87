#include "server/feed/drain.h"

#include <algorithm>

namespace wardcast {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kDrainStep{50};

milliseconds Since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::floor<milliseconds>(std::chrono::steady_clock::now() - begin);
}

}  // namespace

std::size_t ReleasedBy(std::size_t total, milliseconds elapsed, milliseconds over) {
  if (total == 0 || elapsed >= over) return total;
  const auto share = static_cast<double>(elapsed.count()) / static_cast<double>(over.count());
  const auto released = static_cast<std::size_t>(share * static_cast<double>(total));
  return std::min(total, released + 1);
}

std::size_t DrainEvenly(Hub& hub, const DrainPlan& plan) {
  const auto begin = std::chrono::steady_clock::now();
  const std::size_t total = hub.BeginDrain(plan.retry_after);
  std::size_t released = 0;
  while (!hub.WaitUntilEmpty(milliseconds(0))) {
    const milliseconds elapsed = Since(begin);
    if (elapsed >= plan.over + plan.last_writes) break;
    const std::size_t due = ReleasedBy(total, elapsed, plan.over);
    if (due > released) {
      hub.Release(due - released);
      released = due;
    }
    hub.WaitUntilEmpty(kDrainStep);
  }
  return hub.session_count();
}

}  // namespace wardcast
