#include "server/api/timekeeper.h"

#include <utility>

#include "base/log.h"
#include "base/named_thread.h"
#include "base/proto_time.h"

namespace wardcast {
namespace {

constexpr std::chrono::seconds kLookEvery{5};
// Rows of one transaction of the sweep; what waits for the store waits for one of these.
constexpr int kSweepRows = 500;
// Not at once after a start: there is more urgent work then.
constexpr std::chrono::minutes kFirstSweep{2};
constexpr std::chrono::minutes kSweepEvery{60};

}  // namespace

Timekeeper::Timekeeper(AlertHandler& alerts, const Hub& hub, Store& store, std::string broker_id,
                       const Clock& clock)
    : alerts_(alerts),
      hub_(hub),
      store_(store),
      broker_id_(std::move(broker_id)),
      clock_(clock),
      sweep_at_(Steady::now() + kFirstSweep) {
  thread_ = StartThread("clock", [this](std::stop_token) { Run(); });
}

Timekeeper::~Timekeeper() {
  {
    const MutexLock lock(mu_);
    stopping_ = true;
  }
  changed_.NotifyAll();
  thread_.join();
}

void Timekeeper::Run() {
  for (;;) {
    {
      const MutexLock lock(mu_);
      if (!stopping_) changed_.WaitFor(mu_, kLookEvery);
      if (stopping_) return;
    }
    CloseWhatIsOver();
    if (Steady::now() >= sweep_at_) SweepSome();
  }
}

void Timekeeper::CloseWhatIsOver() {
  for (const AlertFramePtr& frame : hub_.OpenAlerts()) {
    const v1::Alert& alert = frame->alert;
    if (alert.kind() != v1::Kind::INFORMATION) continue;
    if (FromTimestamp(alert.expires()) > clock_.Now()) continue;
    if (auto expired = alerts_.Expire(alert.id()); !expired) {
      SPDLOG_WARN("alert {} is over but could not be closed: {}", alert.id(),
                  LogSafe(expired.error().message));
    }
  }
}

void Timekeeper::SweepSome() {
  const auto removed = store_.Sweep(broker_id_, kSweepRows, clock_.Now());
  if (!removed) {
    SPDLOG_WARN("what was kept long enough is not removed: {}; tried again in an hour",
                LogSafe(removed.error().message));
  } else if (*removed > 0) {
    SPDLOG_INFO("{} rows were kept long enough and are removed", *removed);
  }
  const bool more = removed && *removed >= kSweepRows;
  sweep_at_ = more ? Steady::now() : Steady::now() + kSweepEvery;
}

}  // namespace wardcast
