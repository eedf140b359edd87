#include "server/access/enrolment/token_brake.h"

namespace wardcast {

Result<void> TokenBrake::Begin(const std::string& address) {
  const TimePoint now = clock_.Now();
  const MutexLock lock(mu_);
  if (const auto wait = throttle_.WaitFor(address, now); wait.count() > 0) {
    return FailFor(Code::kResourceExhausted,
                   "too many wrong enrolment tokens came from this address: wait, and use the line "
                   "that `wardcast admin enroll-token` prints",
                   wait);
  }
  throttle_.Begin(address, now);
  return {};
}

void TokenBrake::TakeBack(const std::string& address) {
  const MutexLock lock(mu_);
  throttle_.TakeBack(address);
}

}  // namespace wardcast
