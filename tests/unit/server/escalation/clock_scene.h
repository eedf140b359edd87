// A real store with a small hospital, a hub that shows what is in it, and a clock that a test
// moves.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/mutex.h"
#include "base/proto_time.h"
#include "server/escalation/step_rows.h"
#include "server/escalation/step_runner.h"
#include "server/store/open_store.h"
#include "tests/fixtures/hospital.h"
#include "tests/servers/temp_folder.h"

namespace wardcast::testing {

// 07:01 at the hospital: the morning shift has begun, the next one begins in 12 h less a minute.
inline constexpr TimePoint kAfterShiftStart = kMorning + std::chrono::minutes(1);

class ClockScene : public ::testing::Test {
 protected:
  ClockScene()
      : store_(OpenStore({.data_dir = folder_.path(), .clock = &clock_}, clock_.Now()).value()) {
    const auto imported =
        store_->ReplaceDirectory(SmallHospital(), std::nullopt, clock_.Now()).value();
    hub_.Replace({.log = store_->identity(),
                  .directory = MakeDirectory(SmallHospital(), imported),
                  .directory_sequence = imported,
                  .alerts = {},
                  .answers = {},
                  .applied = imported});
  }

  // An outage for 4 West, as it was published now.
  v1::Alert Outage() const {
    v1::Alert alert = MakeAlert("", 0, {"4w"});
    *alert.mutable_published_at()->mutable_at() = ToTimestamp(clock_.Now());
    *alert.mutable_changed_at()->mutable_at() = ToTimestamp(clock_.Now());
    return alert;
  }
  // The same, waiting for its time.
  v1::Alert SendAt(TimePoint time) const {
    v1::Alert alert = Outage();
    alert.set_state(v1::State::SCHEDULED);
    alert.set_severity(v1::Severity::MINOR);  // shift starts do not show it
    alert.set_round(0);
    alert.clear_published_at();
    *alert.mutable_send_at()->mutable_at() = ToTimestamp(time);
    return alert;
  }

  // Stores `alert` (a new one if it has no id), shows it to the hub, and returns its id.
  std::string Put(const v1::Alert& alert) {
    AlertChange change;
    change.caller = "admin";
    change.alert_id = alert.id();
    change.now = clock_.Now();
    change.decide = [&](const v1::Alert*) -> Result<std::optional<AlertDecision>> {
      return AlertDecision{.alert = alert, .expected = {}};
    };
    const auto changed = Commit(change);
    EXPECT_TRUE(changed) << changed.error().message;
    return changed ? changed->stored.alert.id() : "";
  }

  // What the broker gives the runner.
  Result<int> Apply(const std::string& alert_id, std::vector<StepRow> steps) {
    if (failures_.fetch_sub(1) > 0) return Fail(Code::kUnavailable, "the store is away");
    AlertChange change;
    change.caller = "clock";
    change.alert_id = alert_id;
    change.now = clock_.Now();
    change.steps = std::move(steps);
    int missed = 0;
    change.take_steps =
        [&](const v1::Alert& current,
            const std::vector<StepRow>& fresh) -> Result<std::optional<AlertDecision>> {
      missed = static_cast<int>(std::ranges::count(fresh, StepOutcome::kMissed, &StepRow::outcome));
      auto after = AfterRows(current, fresh, *hub_.directory(), change.now);
      if (!after) return std::nullopt;
      return AlertDecision{.alert = std::move(*after), .expected = {}};
    };
    const auto changed = Commit(change);
    if (!changed) return std::unexpected(changed.error());
    return changed->changed ? missed : 0;
  }

  std::unique_ptr<StepRunner> Start(
      std::chrono::milliseconds look_every = std::chrono::milliseconds(2)) {
    return std::make_unique<StepRunner>(
        *store_, hub_,
        [this](const std::string& alert_id, std::vector<StepRow> steps) {
          return Apply(alert_id, std::move(steps));
        },
        StepRunnerConfig{.look_every = look_every, .pause = std::chrono::milliseconds(1)},
        [this] {
          ++looks_;
          return std::chrono::milliseconds(elapsed_);
        });
  }

  // Time passes, as it should.
  void Pass(std::chrono::milliseconds time) {
    clock_.Advance(time);
    elapsed_ += time.count();
  }
  // At most 20 s.
  static bool Becomes(const std::function<bool()>& holds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!holds()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
  }
  // The runner has looked at everything as it is now.
  bool HasLooked() {
    // One that had asked for the time already, one with the new time, and the end of that one.
    const int before = looks_;
    return Becomes([&] { return looks_ >= before + 3; });
  }

  v1::Alert Stored(const std::string& id) { return store_->LoadAlert(id).value().alert; }
  v1::State::Value StateOf(const std::string& id) { return Stored(id).state(); }
  std::size_t Versions(const std::string& id) { return store_->LoadVersions(id).value().size(); }
  std::vector<StepOutcome> Outcomes(const std::string& id) {
    std::vector<StepOutcome> outcomes;
    const auto steps = store_->LoadSteps(id).value();
    outcomes.reserve(steps.size());
    for (const RecordedStep& step : steps) outcomes.push_back(step.step.outcome);
    return outcomes;
  }

  TempFolder folder_;
  ManualClock clock_{kAfterShiftStart};
  std::atomic<std::int64_t> elapsed_{0};  // ms
  std::atomic<int> looks_{0};
  std::atomic<int> failures_{0};  // so many calls of Apply fail
  std::unique_ptr<Store> store_;
  Hub hub_{HubConfig{}, clock_};

 private:
  // Also shows it to the hub, as the feed would.
  Result<AlertChanged> Commit(const AlertChange& change) {
    auto changed = store_->Change(
        change, [](const v1::Alert& alert) { return wardcast::testing::Stored(alert).sealed; });
    if (changed && changed->changed) {
      const MutexLock lock(mu_);
      hub_.SetAlert(changed->stored);
      hub_.Advance(changed->stored.alert.version());
    }
    return changed;
  }

  Mutex mu_;  // one feed
};

}  // namespace wardcast::testing
