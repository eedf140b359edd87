#include "server/api/figures/connections.h"

#include <utility>

#include "base/log.h"

namespace wardcast {

void Connections::Refresh() {
  const MutexLock asking(asking_);
  const auto now = std::chrono::steady_clock::now();
  if (asked_at_ != std::chrono::steady_clock::time_point{} && now - asked_at_ < fresh_) return;
  asked_at_ = now;
  auto ids = store_.LoadConnectedElsewhere(broker_id_, clock_.Now() - kBrokerDead);
  if (!ids) {
    SPDLOG_DEBUG("who is connected elsewhere is not known: {}", LogSafe(ids.error().message));
    if (now - known_at_ < kBrokerDead) return;
    ids = std::vector<std::string>{};
  } else {
    known_at_ = now;
  }
  auto elsewhere = std::make_shared<const Ids>(ids->begin(), ids->end());
  const MutexLock lock(mu_);
  elsewhere_ = std::move(elsewhere);
}

int Connections::Count(const Directory& directory,
                       std::span<const v1::Endpoint* const> endpoints) const {
  std::shared_ptr<const Ids> elsewhere;
  {
    const MutexLock lock(mu_);
    elsewhere = elsewhere_;
  }
  return hub_.CountConnected(directory, endpoints, *elsewhere);
}

}  // namespace wardcast
