#include "server/api/timekeeper.h"

#include <utility>

#include "base/log.h"
#include "base/named_thread.h"
#include "base/proto_time.h"

namespace wardcast {
Timekeeper::Timekeeper(AlertHandler& alerts, const Hub& hub, Store& store, std::string broker_id,
                       const Clock& clock, TimekeeperConfig config)
    : alerts_(alerts),
      hub_(hub),
      store_(store),
      broker_id_(std::move(broker_id)),
      clock_(clock),
      config_(config),
      sweep_at_(Steady::now() + config_.first_sweep) {
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
      if (!stopping_) changed_.WaitFor(mu_, config_.look_every);
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
  const auto removed = store_.Sweep(broker_id_, config_.sweep_rows, clock_.Now());
  if (!removed) {
    SPDLOG_WARN("what was kept long enough is not removed: {}; tried again later",
                LogSafe(removed.error().message));
  } else if (*removed > 0) {
    SPDLOG_INFO("{} rows were kept long enough and are removed", *removed);
  }
  const bool more = removed && *removed >= config_.sweep_rows;
  sweep_at_ = more ? Steady::now() : Steady::now() + config_.sweep_every;
}

}  // namespace wardcast
