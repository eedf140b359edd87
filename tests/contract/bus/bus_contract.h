// The contract of Bus, held by every implementation: each test runs in one process and through a
// real Redis.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "base/mutex.h"
#include "server/bus/bus.h"
#include "tests/servers/temp_redis.h"

namespace wardcast {

// Collects what a subscription hears.
class Ear {
 public:
  using Heard = std::pair<Topic, std::int64_t>;

  explicit Ear(Bus& bus)
      : subscription_(bus.Subscribe([this](Topic topic, std::int64_t number) {
          const MutexLock lock(mu_);
          heard_.emplace_back(topic, number);
          changed_.NotifyAll();
        })) {}

  // False: not heard within 10 s.
  bool Hears(Topic topic, std::int64_t number);
  // How often it was heard so far.
  int Count(Topic topic, std::int64_t number);
  void Clear();
  void Cancel() { subscription_.Cancel(); }

 private:
  Mutex mu_;
  CondVar changed_;
  std::vector<Heard> heard_ GUARDED_BY(mu_);
  Subscription subscription_;  // last: ends before what it writes to
};

// Polls for up to 10 s.
bool Becomes(const std::function<bool()>& condition);

enum class Kind { kInProcess, kRedis };

class BusContract : public ::testing::TestWithParam<Kind> {
 protected:
  // Skips, with the reason, where there is no Redis. The bus is up.
  void SetUp() override;

  std::unique_ptr<testing::TempRedis> redis_;
  std::unique_ptr<Bus> bus_;
};

// A configuration with short times, over the unix socket.
RedisBusConfig Quick(const testing::TempRedis& redis);

}  // namespace wardcast
