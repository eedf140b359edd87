// Hears what other brokers publish: a connection of its own, because a subscribed one can do
// nothing else.
#pragma once

#include <array>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>

#include "base/backoff.h"
#include "base/result.h"
#include "server/bus/bus.h"
#include "server/bus/redis_connection.h"
#include "server/bus/redis_link.h"
#include "server/bus/wake_event.h"

namespace wardcast {

// The channel of a topic: "wardcast:<log id>:log" and "…:journal".
std::string RedisChannel(const RedisBusConfig& config, Topic topic);

// Threads: own thread `bus`, which waits in poll() on the connection and on an event. text() from
// any.
class RedisHearer {
 public:
  // `heard` gets every number, and kAskNow for each topic when hearing begins (again): who was deaf
  // asks the store.
  RedisHearer(RedisBusConfig config, std::function<void(Topic, std::int64_t)> heard);
  ~RedisHearer();  // stops and joins

  std::string text() const { return link_.text(); }

 private:
  void Run(const std::stop_token& stop);
  // Until the connection breaks (why) or the thread shall stop.
  Result<void> Hear(RedisConnection& connection, const std::stop_token& stop);
  void Handle(const RedisReply& reply);

  const RedisBusConfig config_;
  const std::array<std::string, 2> channels_;  // by topic
  const std::function<void(Topic, std::int64_t)> heard_;
  RedisLink link_;
  Backoff backoff_;
  std::size_t confirmed_ = 0;  // channels that Redis said we hear
  WakeEvent stopped_;
  std::jthread thread_;
};

}  // namespace wardcast
