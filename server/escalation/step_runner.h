// What happens to open alerts by the clock alone: asks the rules (server/alert/steps.h) what is
// due, and has it applied. Every broker runs one; that each step happens once is the work of the
// store's unique rows (docs/store.md), not of a leader.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "base/subscription.h"
#include "server/alert/steps.h"
#include "server/feed/hub.h"
#include "server/store/store.h"

namespace wardcast {

struct StepRunnerConfig {
  // The longest sleep: by so much a step may be late that a changed directory brings. A new or
  // changed alert is looked at at once.
  std::chrono::milliseconds look_every{5'000};
  // The shortest one, also after a failure, and also while alerts come in a burst.
  std::chrono::milliseconds pause{100};
  // The store's clock and the monotonic one may differ by so much between two looks.
  std::chrono::milliseconds jump{5'000};
  // Longer than this lies between two looks only if nothing ran.
  std::chrono::milliseconds standstill{60'000};
};

// What a runner has done since it started.
struct StepRunnerCounts {
  std::uint64_t taken = 0;   // steps that were applied, here or by another broker at the same time
  std::uint64_t missed = 0;  // steps whose moment was over for too long, recorded by this runner
  std::uint64_t breaks = 0;  // jumps of a clock, and times in which nothing ran
};

// Threads: own thread `clock`; functions from any.
class StepRunner {
 public:
  // Commits these steps of an alert, due and missed, with their effect (AfterRows), and returns how
  // many it recorded as missed. A step that another broker has taken or recorded is no error. On
  // the runner's thread; may block on the store.
  using Apply = std::function<Result<int>(const std::string& alert_id, std::vector<StepRow> steps)>;
  // How much time has passed by a clock that nobody moves; a test gives its own.
  using Elapsed = std::function<std::chrono::milliseconds()>;

  // All must outlive this object. Starts at once.
  StepRunner(Store& store, Hub& hub, Apply apply, StepRunnerConfig config = {},
             Elapsed elapsed = {});
  StepRunner(const StepRunner&) = delete;
  StepRunner& operator=(const StepRunner&) = delete;
  // Waits for the call that is running.
  ~StepRunner();

  StepRunnerCounts Counts() const;

 private:
  struct Moment {
    TimePoint store;
    std::chrono::milliseconds elapsed;
  };
  // What of an alert's version needs no second try: done here, or found done.
  struct Settled {
    std::int64_t version = 0;
    std::set<StepKey> keys;
  };
  // What to do about steps whose moment was over for too long.
  enum class Missed { kRecord, kLeave };

  void Run();
  bool Stopping() const;
  // Sleeps, until an alert has changed or it is stopped.
  void Rest(std::chrono::milliseconds sleep);
  // One round over all alerts; how long to sleep after it.
  std::chrono::milliseconds Look();
  // True: a clock jumped, or nothing ran since the last look. Says so.
  bool NoticeBreak(const Moment& now);
  // Takes and records what the plan names. An error: something is left to be tried again.
  Result<void> Handle(const v1::Alert& alert, const Plan& plan, Missed missed);
  void NoteMissed(const std::string& alert_id, int count);
  // Forgets what was settled of alerts that are not open any more.
  void Forget(const std::vector<AlertFramePtr>& open);

  Store& store_;
  Hub& hub_;
  const Apply apply_;
  const StepRunnerConfig config_;
  const Elapsed elapsed_;

  // The thread's own.
  std::optional<Moment> last_;
  std::optional<TimePoint> handled_;        // the last look that left nothing
  std::map<std::string, Settled> settled_;  // by alert
  bool failing_ = false;

  mutable Mutex mu_;
  CondVar changed_;
  bool stopping_ GUARDED_BY(mu_) = false;
  bool woken_ GUARDED_BY(mu_) = false;  // an alert has changed since the last look began
  StepRunnerCounts counts_ GUARDED_BY(mu_);
  Subscription alerts_;
  std::jthread thread_;  // last: the first to go
};

}  // namespace wardcast
