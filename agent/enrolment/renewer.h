// The place of this machine while the agent runs: what the link shows, renewed in time.
#pragma once

#include <chrono>
#include <string>
#include <thread>

#include "agent/enrolment/enroller.h"
#include "agent/enrolment/place.h"
#include "base/clock.h"
#include "base/mutex.h"

namespace wardcast::agent {

struct RenewerConfig {
  std::chrono::milliseconds look_every = std::chrono::minutes(10);
};

// Threads: own thread `renewal` from the constructor to the destructor, which may wait for a call
// that is under way; Tls from any.
class Renewer {
 public:
  Renewer(RenewerConfig config, Place place, PlaceFolder folder, EnrolCalls calls);
  ~Renewer();
  Renewer(const Renewer&) = delete;
  Renewer& operator=(const Renewer&) = delete;

  // What to connect with now.
  ClientTls Tls() const;

 private:
  void Run();
  void RenewIfDue();

  const RenewerConfig config_;
  PlaceFolder folder_;  // the thread's
  const EnrolCalls calls_;
  std::string said_;  // the thread's: the failure that is in the log
  mutable Mutex mu_;
  CondVar wake_;
  bool stopping_ GUARDED_BY(mu_) = false;
  Place place_ GUARDED_BY(mu_);
  std::jthread thread_;  // last: the first to go
};

}  // namespace wardcast::agent
