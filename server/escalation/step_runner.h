// What happens to open alerts by the clock alone: asks the rules (server/alert/steps.h) what is
// due, and has it applied. Every broker runs one; that each step happens once is the work of the
// store's unique rows (docs/store.md), not of a leader.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "server/alert/steps.h"
#include "server/feed/hub.h"
#include "server/store/store.h"

namespace wardcast {

struct StepRunnerConfig {
  // The longest sleep: by so much a step may be late that came up meanwhile.
  std::chrono::milliseconds look_every{5'000};
  // The shortest one, also after a failure.
  std::chrono::milliseconds pause{100};
  // The store's clock and the monotonic one may differ by so much between two looks.
  std::chrono::milliseconds jump{5'000};
  // Between two looks lies more than this only if nothing ran.
  std::chrono::milliseconds standstill{60'000};
};

// What a runner has done since it started.
struct StepRunnerCounts {
  std::uint64_t taken = 0;   // steps that were applied, here or by another broker at the same time
  std::uint64_t missed = 0;  // steps whose moment was over for too long
  std::uint64_t breaks = 0;  // jumps of a clock, and times in which nothing ran
};

// Threads: own thread `clock`; functions from any.
class StepRunner {
 public:
  // Commits these steps of an alert with their effect. A step that another broker has taken is no
  // error. On the runner's thread; may block on the store.
  using Apply =
      std::function<Result<void>(const std::string& alert_id, std::vector<StepRow> steps)>;
  // How much time has passed by a clock that nobody moves; a test gives its own.
  using Elapsed = std::function<std::chrono::milliseconds()>;

  // All must outlive this object. Starts at once.
  StepRunner(Store& store, const Hub& hub, Apply apply, StepRunnerConfig config = {},
             Elapsed elapsed = {});
  StepRunner(const StepRunner&) = delete;
  StepRunner& operator=(const StepRunner&) = delete;
  // Waits for the call that is running.
  ~StepRunner();

  StepRunnerCounts Counts() const;

 private:
  using Key = std::tuple<std::string, std::string, int>;  // step, target, round
  struct Moment {
    TimePoint store;
    std::chrono::milliseconds elapsed;
  };

  void Run();
  // One round over all alerts; how long to sleep after it.
  std::chrono::milliseconds Look();
  // Says so if a clock jumped or nothing ran since the last look. Steps whose moment is over for
  // more than 10 minutes are recorded as missed, then as always: the rules say which.
  void NoticeBreak(const Moment& now);
  // False: something is left to be tried again.
  bool Handle(const std::string& alert_id, const Plan& plan, TimePoint now);
  // Those that this runner has not settled yet.
  std::vector<StepRow> Unsettled(const std::string& alert_id, const std::vector<Step>& steps) const;
  void Settle(const std::string& alert_id, const std::vector<StepRow>& steps);

  Store& store_;
  const Hub& hub_;
  const Apply apply_;
  const StepRunnerConfig config_;
  const Elapsed elapsed_;

  // The thread's own. What is settled is not offered to the store at every look; of each alert only
  // what the rules still name.
  std::optional<Moment> last_;
  std::map<std::string, std::set<Key>> settled_;
  bool failing_ = false;

  mutable Mutex mu_;
  CondVar changed_;
  bool stopping_ GUARDED_BY(mu_) = false;
  StepRunnerCounts counts_ GUARDED_BY(mu_);
  std::jthread thread_;  // last: the first to go
};

}  // namespace wardcast
