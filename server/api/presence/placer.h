// Places by rule the endpoints that nobody has listed (directory/placement), soon after they came,
// and again when the rules have changed. Every broker may do it, the first one wins.
#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "base/subscription.h"
#include "server/bus/bus.h"
#include "server/directory/placement/placement.h"
#include "server/feed/hub.h"
#include "server/store/enrolment/enrolment_store.h"
#include "server/store/store.h"

namespace wardcast {

struct PlacerConfig {
  // How late an endpoint is placed, if no other was placed lately.
  std::chrono::milliseconds look_every{2'000};
  // After it has changed the directory, which every broker then reads: of thousands of PCs that
  // enrol one after the other, those of so long are placed together.
  std::chrono::milliseconds rest{5'000};
  // Without being asked: time alone ends the place of a browser.
  std::chrono::milliseconds look_anew_every{3'600'000};
  // No more endpoints than this are placed by rule: of those that have enrolled, and where there is
  // no enrolment, so that whoever reaches the port can make up ids.
  std::size_t most = 50'000;
  std::size_t most_proposed = 10'000;
};

// Asks the store only if an unknown endpoint has connected to this broker, the directory has
// changed, or a key was revoked; and never if there is no rule, and nothing was placed by one.
//
// Threads: own thread `placer`; Stop from any.
class Placer {
 public:
  // With `enrolment` it places who has enrolled, connected or not; nullptr: who is connected to
  // this broker, and no rule that names a site fits. All must outlive this object.
  Placer(PlacerConfig config, Store& store, EnrolmentStore* enrolment, Bus& bus, Hub& hub,
         const Clock& clock);
  ~Placer() { Stop(); }
  Placer(const Placer&) = delete;
  Placer& operator=(const Placer&) = delete;

  // Ends the thread; a change that is being made is made. Idempotent.
  void Stop();

 private:
  using Steady = std::chrono::steady_clock;

  void Run();
  // True: it has changed the directory.
  bool Look();
  // What can be placed; `unknown`: who is connected here.
  Result<Machines> ReadMachines(const std::vector<std::string>& unknown);
  // In one change, made from the directory as the store has it. False: there was nothing to do.
  // kAborted: somebody else changed the directory at that moment.
  Result<bool> Place(const std::vector<std::string>& unknown);
  void SayFailed(const Result<bool>& placed);
  void SayLeftOut(int left_out);

  const PlacerConfig config_;
  const std::size_t most_;
  Store& store_;
  EnrolmentStore* const enrolment_;
  Bus& bus_;
  Hub& hub_;
  const Clock& clock_;

  // The thread's own.
  DirectoryPtr directory_;           // as it was at the last look
  bool has_rules_ = false;           // it has, or something that a rule has placed
  bool anew_ = true;                 // not all of it was looked at without finding anything to do
  std::vector<std::string> looked_;  // unknown endpoints that were connected then, in order
  Steady::time_point look_anew_at_{};
  bool said_failed_ = false;
  bool said_left_out_ = false;

  std::atomic<bool> asked_ = false;
  Mutex mu_;
  CondVar changed_;
  bool stopping_ GUARDED_BY(mu_) = false;
  Subscription access_;
  std::jthread thread_;
};

}  // namespace wardcast
