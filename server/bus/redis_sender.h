// Publishes for this broker. Holds one number per topic, the highest, so that it is bounded by
// construction: a broker that hears a number reads everything up to the newest anyway.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "base/backoff.h"
#include "base/mutex.h"
#include "base/result.h"
#include "server/bus/bus.h"
#include "server/bus/redis_connection.h"
#include "server/bus/redis_link.h"

namespace wardcast {

// Threads: own thread `bus-send`, which waits for Redis. Publish() and text() from any.
class RedisSender {
 public:
  explicit RedisSender(RedisBusConfig config);
  ~RedisSender();  // stops and joins; what waits is dropped

  // Never waits for Redis. What cannot be sent now is sent, if still the newest, once Redis is
  // back.
  void Publish(Topic topic, std::int64_t number) noexcept;

  std::string text() const { return link_.text(); }

 private:
  using Numbers = std::array<std::int64_t, 2>;  // by topic; 0: nothing

  void Run(const std::stop_token& stop);
  // What waits; nothing if there is no connection yet, or after `ping_every`. nullopt: stop.
  std::optional<Numbers> Next(const std::stop_token& stop);
  // Sends what there is, or a PING. Opens the connection if there is none.
  Result<void> Send(const Numbers& numbers);
  void Pause(const std::stop_token& stop, std::chrono::milliseconds time);

  const RedisBusConfig config_;
  const std::array<std::string, 2> channels_;
  RedisLink link_;
  // The thread's own.
  Backoff backoff_;
  std::optional<RedisConnection> connection_;

  Mutex mu_;
  CondVar changed_;
  Numbers waiting_ GUARDED_BY(mu_){};
  std::jthread thread_;
};

}  // namespace wardcast
