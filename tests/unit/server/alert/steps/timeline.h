// One alert through time, as the runner of a broker takes it: asks, makes what is fresh, asks again
// when it was told to. For tests.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "server/alert/lifecycle.h"
#include "server/alert/steps.h"
#include "tests/unit/server/alert/notice.h"

namespace wardcast {

class Timeline {
 public:
  Timeline(v1::Alert alert, TimePoint now) : alert_(std::move(alert)), now_(now) {}

  const v1::Alert& alert() const { return alert_; }
  // Steps that were made, in order.
  const std::vector<StepKey>& made() const { return made_; }
  // "reminder-60m 08:00Z round 4 TOAST REMINDER", one for each version that the clock made.
  const std::vector<std::string>& told() const { return told_; }

  // Looks once, at `now`.
  void LookAt(TimePoint now) {
    now_ = now;
    const Plan plan = NextSteps(alert_, Hospital(), now);
    std::vector<StepKey> fresh;
    for (const Step& step : plan.due) {
      EXPECT_LE(step.due, now);
      if (known_.insert(step.key).second) fresh.push_back(step.key);
    }
    EXPECT_TRUE(!plan.ask_again || *plan.ask_again > now);
    ask_again_ = plan.ask_again;
    if (fresh.empty()) return;
    made_.insert(made_.end(), fresh.begin(), fresh.end());
    auto after = AfterSteps(alert_, fresh, Hospital(), now);
    if (!after) return;
    alert_ = std::move(*after);
    std::string names;
    for (const StepKey& key : fresh)
      names += (names.empty() ? "" : "+") + key.step.substr(0, key.step.find('@'));
    told_.push_back(names + " " + ToRfc3339(now).substr(11, 5) + "Z " + Standing());
    // The version that came of it may have something else to say at this moment.
    ask_again_ = NextSteps(alert_, Hospital(), now).ask_again;
  }

  // Looks exactly when it was told to, until `to`.
  void RunTo(TimePoint to) {
    LookAt(now_);
    while (ask_again_ && *ask_again_ <= to) LookAt(*ask_again_);
    LookAt(to);
  }

  // Looks every `every` until `to`.
  void RunTo(TimePoint to, std::chrono::milliseconds every) {
    for (TimePoint now = now_ + every; now <= to; now += every) LookAt(now);
  }

  // What a person does at `at`; the clock looks right before it.
  template <class Act>
  void Do(TimePoint at, Act act) {
    RunTo(at);
    auto after = act(alert_, at);
    ASSERT_TRUE(after) << after.error().message;
    ASSERT_TRUE(after->has_value());
    alert_ = **after;
  }

 private:
  std::string Standing() const {
    const auto shown = alert_.round_presentation() == v1::Presentation::UNSPECIFIED
                           ? alert_.presentation()
                           : alert_.round_presentation();
    std::string text = "round " + std::to_string(alert_.round()) + " " +
                       v1::Presentation::Value_Name(shown) + " " +
                       v1::Occasion::Value_Name(alert_.occasion());
    for (const v1::WardOverride& ward : alert_.ward_overrides()) {
      text += " " + ward.ward_id() + ":" + std::to_string(ward.round()) + " " +
              v1::Presentation::Value_Name(ward.presentation());
    }
    if (alert_.missed_updates() > 0) text += " missed " + std::to_string(alert_.missed_updates());
    if (alert_.state() == v1::State::CLOSED) text += " CLOSED";
    return text;
  }

  v1::Alert alert_;
  TimePoint now_;
  std::optional<TimePoint> ask_again_;
  std::set<StepKey> known_;
  std::vector<StepKey> made_;
  std::vector<std::string> told_;
};

}  // namespace wardcast
