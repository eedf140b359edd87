// The wake-up between brokers: "log entry n is committed", "the journal is at version n". At most
// once, may be lost, may come twice or out of order: nobody trusts it for delivery; who hears a
// number reads the store.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/subscription.h"

namespace wardcast {

enum class Topic { kLog, kJournal };

struct BusHealth {
  bool ok = true;
  std::string detail;  // what is wrong, since when, what it means; empty if ok
};

// Threads: all functions from any.
class Bus {
 public:
  virtual ~Bus() = default;
  // Never blocks and never fails: what cannot be sent now is dropped and healed by the receivers'
  // own asking.
  virtual void Publish(Topic topic, std::int64_t number) noexcept = 0;
  // `heard` runs on a thread of the bus (or of the publisher) and must not block; also for one's
  // own publications.
  virtual Subscription Subscribe(std::function<void(Topic, std::int64_t)> heard) = 0;
  virtual BusHealth Health() const = 0;
};

// One broker: hands over in the caller's thread.
std::unique_ptr<Bus> MakeInProcessBus();

struct RedisBusConfig {
  std::string host = "127.0.0.1";
  int port = 6379;
  std::string unix_socket;  // used instead of host and port if not empty
  std::string username;
  std::string password;
  std::string
      log_id;  // prefix of the channels: brokers of different logs do not disturb each other
};

// Several brokers. Starts its threads and returns at once, also when Redis is not there yet: it
// keeps trying and says so in Health().
std::unique_ptr<Bus> MakeRedisBus(RedisBusConfig config);

}  // namespace wardcast
