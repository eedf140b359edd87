#include "server/escalation/step_runner.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "base/named_thread.h"
#include "base/proto_time.h"
#include "server/alert/steps/real_notice.h"
#include "server/escalation/step_rows.h"

namespace wardcast {
namespace {

using std::chrono::milliseconds;

milliseconds SteadyElapsed() {
  return std::chrono::duration_cast<milliseconds>(
      std::chrono::steady_clock::now().time_since_epoch());
}

// Nothing of an alert was due before.
TimePoint BeginningOf(const v1::Alert& alert) {
  return FromTimestamp(alert.has_published_at() ? alert.published_at().at()
                                                : alert.changed_at().at());
}

// Adds `steps` without what is settled.
void AddRows(const std::vector<Step>& steps, StepOutcome outcome, const std::set<StepKey>& settled,
             std::vector<StepRow>& rows) {
  for (const Step& step : steps) {
    if (!settled.contains(step.key)) rows.push_back(RowOf(step, outcome));
  }
}

void Settle(const std::vector<Step>& steps, std::set<StepKey>& settled) {
  for (const Step& step : steps) settled.insert(step.key);
}

}  // namespace

StepRunner::StepRunner(Store& store, Hub& hub, Apply apply, StepRunnerConfig config,
                       Elapsed elapsed)
    : store_(store),
      hub_(hub),
      apply_(std::move(apply)),
      config_(config),
      elapsed_(elapsed ? std::move(elapsed) : &SteadyElapsed) {
  alerts_ = hub_.OnAlerts([this] {
    {
      const MutexLock lock(mu_);
      woken_ = true;
    }
    changed_.NotifyAll();
  });
  thread_ = StartThread("clock", [this](std::stop_token) { Run(); });
}

StepRunner::~StepRunner() {
  alerts_.Cancel();
  {
    const MutexLock lock(mu_);
    stopping_ = true;
  }
  changed_.NotifyAll();
  thread_.join();
}

StepRunnerCounts StepRunner::Counts() const {
  const MutexLock lock(mu_);
  return counts_;
}

bool StepRunner::Stopping() const {
  const MutexLock lock(mu_);
  return stopping_;
}

void StepRunner::Run() {
  while (!Stopping()) Rest(Look());
}

void StepRunner::Rest(milliseconds sleep) {
  const milliseconds began = SteadyElapsed();
  const MutexLock lock(mu_);
  while (!stopping_) {
    // A burst of notices is one look, not twenty.
    const milliseconds wait = woken_ ? std::min(config_.pause, sleep) : sleep;
    const milliseconds rested = SteadyElapsed() - began;
    if (rested >= wait) break;
    changed_.WaitFor(mu_, wait - rested);
  }
  woken_ = false;
}

milliseconds StepRunner::Look() {
  const auto time = store_.Now();
  if (!time) {
    // The feed's health says for everybody that the store does not answer.
    if (!std::exchange(failing_, true))
      SPDLOG_WARN("the clock stands still: {}", LogSafe(time.error().message));
    return config_.look_every;
  }
  if (std::exchange(failing_, false)) SPDLOG_INFO("the clock goes on");
  const Moment now{.store = *time, .elapsed = elapsed_()};
  const bool broke = NoticeBreak(now);
  last_ = now;
  const bool late = !handled_ || now.store - *handled_ > config_.standstill;
  const Missed missed = broke || late ? Missed::kRecord : Missed::kLeave;

  const std::vector<AlertFramePtr> open = hub_.OpenAndScheduledAlerts();
  Forget(open);
  const DirectoryPtr directory = hub_.directory();
  std::vector<const v1::Alert*> alerts;
  alerts.reserve(open.size());
  for (const AlertFramePtr& frame : open) alerts.push_back(&frame->alert);
  std::optional<TimePoint> ask_again;
  bool left = false;
  for (const AlertFramePtr& frame : open) {
    const v1::Alert& alert = frame->alert;
    TimePoint since = now.store;
    if (missed == Missed::kRecord)
      since = handled_ ? std::min(*handled_, now.store) : BeginningOf(alert);
    Plan plan = NextSteps(alert, *directory, now.store, since);
    if (auto stop = RealNoticeStep(alert, plan.due, alerts, *directory, now.store))
      plan.due = {std::move(*stop)};
    if (plan.ask_again && (!ask_again || *plan.ask_again < *ask_again)) ask_again = plan.ask_again;
    const auto handled = Handle(alert, plan, missed);
    if (handled) continue;
    left = true;
    SPDLOG_WARN("what the clock made due for alert {} is not done yet: {}", alert.id(),
                LogSafe(handled.error().message));
    // With the others it would be the same, a time-out each.
    if (IsOutage(handled.error().code)) break;
    if (Stopping()) break;
  }
  if (!left) handled_ = now.store;
  if (left || !ask_again) return config_.look_every;
  return std::clamp(*ask_again - now.store, config_.pause, config_.look_every);
}

bool StepRunner::NoticeBreak(const Moment& now) {
  if (!last_) return false;
  const milliseconds by_store = now.store - last_->store;
  const milliseconds by_elapsed = now.elapsed - last_->elapsed;
  const milliseconds apart = std::chrono::abs(by_store - by_elapsed);
  if (apart <= config_.jump && by_elapsed <= config_.standstill) return false;
  SPDLOG_WARN(
      "the store's time moved by {} ms while {} ms passed here: what was due more than 10 minutes "
      "ago is recorded as missed, and its publisher is asked",
      by_store.count(), by_elapsed.count());
  const MutexLock lock(mu_);
  ++counts_.breaks;
  return true;
}

Result<void> StepRunner::Handle(const v1::Alert& alert, const Plan& plan, Missed missed) {
  Settled& settled = settled_[alert.id()];
  // Of another version, a step may have an effect that it did not have before.
  if (settled.version != alert.version()) settled = {.version = alert.version(), .keys = {}};
  std::vector<StepRow> rows;
  if (missed == Missed::kRecord) AddRows(plan.missed, StepOutcome::kMissed, settled.keys, rows);
  const std::size_t too_old = rows.size();
  AddRows(plan.due, StepOutcome::kFired, settled.keys, rows);
  if (rows.empty()) return {};
  const std::size_t due = rows.size() - too_old;
  const auto recorded = apply_(alert.id(), std::move(rows));
  if (!recorded) return std::unexpected(recorded.error());
  if (missed == Missed::kRecord) Settle(plan.missed, settled.keys);
  Settle(plan.due, settled.keys);
  NoteMissed(alert.id(), *recorded);
  const MutexLock lock(mu_);
  counts_.taken += due;
  return {};
}

void StepRunner::NoteMissed(const std::string& alert_id, int count) {
  if (count == 0) return;  // after a restart: what was done is named again
  SPDLOG_WARN("alert {}: {} steps of the clock were missed", alert_id, count);
  const MutexLock lock(mu_);
  counts_.missed += static_cast<std::uint64_t>(count);
}

void StepRunner::Forget(const std::vector<AlertFramePtr>& open) {
  std::set<std::string> ids;
  for (const AlertFramePtr& frame : open) ids.insert(frame->alert.id());
  std::erase_if(settled_, [&](const auto& entry) { return !ids.contains(entry.first); });
}

}  // namespace wardcast
