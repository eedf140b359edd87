#include "server/api/expiry.h"

#include "base/log.h"
#include "base/named_thread.h"
#include "base/proto_time.h"

namespace wardcast {
namespace {

constexpr std::chrono::seconds kExpiryLookEvery{5};

}  // namespace

Expiry::Expiry(AlertHandler& alerts, const Hub& hub, const Clock& clock)
    : alerts_(alerts), hub_(hub), clock_(clock) {
  thread_ = StartThread("clock", [this](std::stop_token) { Run(); });
}

Expiry::~Expiry() {
  {
    const MutexLock lock(mu_);
    stopping_ = true;
  }
  changed_.NotifyAll();
  thread_.join();
}

void Expiry::Run() {
  for (;;) {
    {
      const MutexLock lock(mu_);
      if (!stopping_) changed_.WaitFor(mu_, kExpiryLookEvery);
      if (stopping_) return;
    }
    for (const AlertFramePtr& frame : hub_.CurrentAlerts()) {
      const v1::Alert& alert = frame->alert;
      if (alert.kind() != v1::Kind::INFORMATION || alert.state() == v1::State::CLOSED) continue;
      if (FromTimestamp(alert.expires()) > clock_.Now()) continue;
      if (auto expired = alerts_.Expire(alert.id()); !expired) {
        SPDLOG_WARN("alert {} is over but could not be closed: {}", alert.id(),
                    expired.error().message);
      }
    }
  }
}

}  // namespace wardcast
