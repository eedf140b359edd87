#include "server/api/timekeeper.h"

#include <utility>

#include "base/log.h"
#include "base/named_thread.h"

namespace wardcast {

Timekeeper::Timekeeper(Store& store, std::string broker_id, const Clock& clock,
                       TimekeeperConfig config)
    : store_(store),
      broker_id_(std::move(broker_id)),
      clock_(clock),
      config_(config),
      sweep_at_(Steady::now() + config_.first_sweep) {
  thread_ = StartThread("sweep", [this](std::stop_token) { Run(); });
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
    if (Steady::now() >= sweep_at_) SweepSome();
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
