// Whether one of the two connections to Redis stands, since when it does not, and why.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/mutex.h"

namespace wardcast {

// Threads: Up() and Down() from the connection's thread, text() from any.
class RedisLink {
 public:
  // `what`: what this connection is for, for example "heard". `place`: where Redis is.
  RedisLink(std::string what, std::string place);

  // Both log when something changes.
  void Up();
  void Down(const std::string& why);

  // Empty if it stands; else "Redis at 127.0.0.1:6379 cannot be heard since
  // 2026-03-01T14:07:00.000Z: connection refused".
  std::string text() const;

 private:
  const std::string what_;
  const std::string place_;
  const SystemClock clock_;
  mutable Mutex mu_;
  bool up_ GUARDED_BY(mu_) = false;
  bool told_ GUARDED_BY(mu_) = false;  // the present state was logged
  TimePoint since_ GUARDED_BY(mu_);
  std::string why_ GUARDED_BY(mu_) = "not connected yet";
};

}  // namespace wardcast
