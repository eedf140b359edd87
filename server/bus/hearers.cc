#include "server/bus/hearers.h"

#include <utility>
#include <vector>

namespace wardcast {

Subscription Hearers::Add(std::function<void(Topic, std::int64_t)> heard) {
  const auto hearer = std::make_shared<Hearer>();
  hearer->heard = std::move(heard);
  const MutexLock lock(mu_);
  const auto at = hearers_.insert(hearers_.end(), hearer);
  return Subscription([this, at, hearer] {
    {
      const MutexLock relock(mu_);
      hearers_.erase(at);
    }
    hearer->gate.Shut();
  });
}

void Hearers::Tell(Topic topic, std::int64_t number) {
  std::vector<std::shared_ptr<Hearer>> hearers;
  {
    const MutexLock lock(mu_);
    hearers.assign(hearers_.begin(), hearers_.end());
  }
  for (const std::shared_ptr<Hearer>& hearer : hearers) {
    if (!hearer->gate.Enter()) continue;
    hearer->heard(topic, number);
    hearer->gate.Leave();
  }
}

}  // namespace wardcast
