#include "agent/enrolment/renewer.h"

#include <utility>

#include "base/log.h"
#include "base/named_thread.h"
#include "base/proto_time.h"

namespace wardcast::agent {

Renewer::Renewer(RenewerConfig config, Place place, PlaceFolder folder, EnrolCalls calls)
    : config_(config),
      folder_(std::move(folder)),
      calls_(std::move(calls)),
      place_(std::move(place)) {
  thread_ = StartThread("renewal", [this](std::stop_token) { Run(); });
}

Renewer::~Renewer() {
  {
    const MutexLock lock(mu_);
    stopping_ = true;
  }
  wake_.NotifyAll();
  thread_.join();
}

ClientTls Renewer::Tls() const {
  const MutexLock lock(mu_);
  return place_.tls;
}

void Renewer::Run() {
  for (;;) {
    RenewIfDue();
    const MutexLock lock(mu_);
    if (!stopping_) wake_.WaitFor(mu_, config_.look_every);
    if (stopping_) return;
  }
}

void Renewer::RenewIfDue() {
  Place place;
  {
    const MutexLock lock(mu_);
    if (stopping_) return;
    place = place_;
  }
  if (!IsRenewalDue(place, SystemClock().Now())) return;
  auto renewed = Renew(place, folder_, calls_);
  if (!renewed) {
    if (said_ != renewed.error().message) {
      said_ = renewed.error().message;
      SPDLOG_WARN("the certificate, valid until {}, was not renewed: {}; it is tried again",
                  ToRfc3339(place.valid_until), LogSafe(renewed.error().message));
    }
    return;
  }
  said_.clear();
  SPDLOG_INFO("the certificate was renewed, valid until {}", ToRfc3339(renewed->valid_until));
  const MutexLock lock(mu_);
  place_ = std::move(*renewed);
}

}  // namespace wardcast::agent
