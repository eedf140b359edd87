#include "server/bus/redis_link.h"

#include <utility>

#include "base/log.h"
#include "base/proto_time.h"

namespace wardcast {

RedisLink::RedisLink(std::string what, std::string place)
    : what_(std::move(what)), place_(std::move(place)), since_(clock_.Now()) {}

void RedisLink::Up() {
  const MutexLock lock(mu_);
  if (std::exchange(up_, true)) return;
  told_ = false;
  SPDLOG_INFO("Redis at {} can be {}", LogSafe(place_), what_);
}

void RedisLink::Down(const std::string& why) {
  const MutexLock lock(mu_);
  if (std::exchange(up_, false)) since_ = clock_.Now();
  why_ = why;
  if (std::exchange(told_, true)) return;
  SPDLOG_WARN("Redis at {} cannot be {}: {}", LogSafe(place_), what_, LogSafe(why_));
}

std::string RedisLink::text() const {
  const MutexLock lock(mu_);
  if (up_) return {};
  return fmt::format("Redis at {} cannot be {} since {}: {}", place_, what_, ToRfc3339(since_),
                     why_);
}

}  // namespace wardcast
