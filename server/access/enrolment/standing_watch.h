// Keeps the gate as the store says: which endpoints' keys are revoked.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <thread>

#include "base/clock.h"
#include "base/mutex.h"
#include "server/access/enrolment/endpoint_gate.h"
#include "server/store/enrolment/enrolment_store.h"

namespace wardcast {

struct StandingWatchConfig {
  // Without being asked: what a log entry did not tell is noticed all the same.
  std::chrono::milliseconds look_every{60'000};
  // After the store did not answer.
  std::chrono::milliseconds retry_every{1'000};
};

// Threads: own thread `standings`; Load before Start, Stop (which joins) from one thread, Ask from
// any.
class StandingWatch {
 public:
  // All must outlive it. `revoked` is called, on its thread and by Load, for each endpoint whose
  // key is revoked from now on.
  StandingWatch(StandingWatchConfig config, EnrolmentStore& store, EndpointGate& gate,
                const Clock& clock, std::function<void(const CertifiedEndpoint&)> revoked)
      : config_(config), store_(store), gate_(gate), clock_(clock), revoked_(std::move(revoked)) {}
  ~StandingWatch() { Stop(); }
  StandingWatch(const StandingWatch&) = delete;
  StandingWatch& operator=(const StandingWatch&) = delete;

  // Blocks: nobody is let in before it is known who is not.
  Result<void> Load();
  void Start();
  // Looks again, soon. Does not block.
  void Ask();
  void Stop();

 private:
  void Run();

  const StandingWatchConfig config_;
  EnrolmentStore& store_;
  EndpointGate& gate_;
  const Clock& clock_;
  const std::function<void(const CertifiedEndpoint&)> revoked_;
  Mutex mu_;
  CondVar wake_;
  bool asked_ GUARDED_BY(mu_) = false;
  bool stopping_ GUARDED_BY(mu_) = false;
  std::jthread thread_;  // last: the first to go
};

}  // namespace wardcast
