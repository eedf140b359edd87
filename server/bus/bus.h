// The wake-up between brokers: "log entry n is committed", "the journal is at version n". At most
// once, may be lost, may come twice or out of order: nobody trusts it for delivery; who hears a
// number reads the store.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/subscription.h"

namespace wardcast {

enum class Topic { kLog, kJournal };

// Heard instead of a number after a time in which numbers may have been missed: read the store now,
// whatever it holds.
inline constexpr std::int64_t kAskNow = 0;

struct BusHealth {
  bool ok = true;
  std::string detail;  // what is wrong, since when, what it means; empty if ok
};

// Threads: all functions from any.
class Bus {
 public:
  // All subscriptions are gone.
  virtual ~Bus() = default;
  // Never blocks and never fails: what cannot be sent now is dropped and healed by the receivers'
  // own asking. Numbers of a topic grow; while one waits to be sent a higher one takes its place.
  virtual void Publish(Topic topic, std::int64_t number) noexcept = 0;
  // `heard` runs on a thread of the bus (or of the publisher), perhaps on both at once, and must
  // not block, throw, or end its own subscription; also for one's own publications, perhaps twice.
  // kAskNow: see there.
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
  // A connection is asked for a sign of life this often …
  std::chrono::milliseconds ping_every{5'000};
  // … and given up and made anew when Redis has been silent for so long.
  std::chrono::milliseconds dead_after{10'000};
  // Connecting, and an answer that is waited for. No longer than `dead_after`.
  std::chrono::milliseconds timeout{2'000};
  // Largest wait between two attempts to connect.
  std::chrono::milliseconds retry_cap{5'000};
};

// Several brokers. Starts its threads (`bus`, which hears, and `bus-send`) and returns at once,
// also when Redis is not there yet: it keeps trying and says so in Health(). One's own publications
// are heard at once, with or without Redis.
std::unique_ptr<Bus> MakeRedisBus(RedisBusConfig config);

}  // namespace wardcast
