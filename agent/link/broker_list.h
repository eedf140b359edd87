// Which broker to try, and when. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/moment.h"
#include "base/backoff.h"
#include "base/result.h"

namespace wardcast::agent {

// Threads: one at a time.
class BrokerList {
 public:
  // `hosts`: at least one. The seed chooses the first one.
  BrokerList(std::vector<std::string> hosts, std::uint64_t seed);

  struct Try {
    std::size_t index = 0;
    Elapsed at{0};
  };
  // The broker that may be tried first, and the moment. Failed or Succeeded says what became of it.
  Try Next(Elapsed now);
  // That broker waits: full-jitter back-off 0.5 … 30 s, or `retry_after` and up to a quarter of it
  // more. The others may be tried at once, within half a second of jitter.
  void Failed(std::size_t index, Elapsed now, std::optional<std::chrono::milliseconds> retry_after);
  // Its back-off starts anew.
  void Succeeded(std::size_t index);

  const std::string& host(std::size_t index) const { return brokers_[index].host; }

 private:
  struct Broker {
    std::string host;
    Backoff backoff;
    Elapsed not_before{0};
  };
  Elapsed Jitter(std::chrono::milliseconds most);

  std::vector<Broker> brokers_;
  std::mt19937_64 random_;
  std::size_t first_;  // where the search begins: after the one tried last
};

// "a:7443,b:7443" → {"a:7443", "b:7443"}. kInvalidArgument: an entry without host or port (1 …
// 65535), with the entry.
Result<std::vector<std::string>> ParseBrokers(std::string_view text);

}  // namespace wardcast::agent
