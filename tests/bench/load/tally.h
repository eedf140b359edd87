// Which endpoints have which alert versions: complete, once each.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/bench/load/link/loop.h"
#include "tests/bench/load/wire/arrival.h"

namespace wardcast::bench {

// Threads: one.
class Tally {
 public:
  explicit Tally(int endpoints) : endpoints_(endpoints) {}

  // From here on only what is new counts: what has been seen before is a repetition.
  void Begin();
  // `endpoint` has received `arrival`.
  void Add(int endpoint, const Arrival& arrival);

  // Versions that every endpoint has, since Begin().
  int open() const { return open_; }
  int closed() const { return closed_; }
  std::int64_t messages() const { return messages_; }
  std::int64_t repeated() const { return repeated_; }  // versions that came twice, since the start
  // Of alert versions, since Begin().
  Instant first() const { return first_; }
  Instant last() const { return last_; }

 private:
  struct Version {
    bool closed = false;
    int holders = 0;
    std::vector<bool> has;  // by endpoint
  };

  const int endpoints_;
  std::unordered_map<std::int64_t, Version> versions_;
  std::int64_t newest_ = 0;         // of all that were seen
  std::int64_t newest_before_ = 0;  // when Begin() was called
  int open_ = 0;
  int closed_ = 0;
  std::int64_t messages_ = 0;
  std::int64_t repeated_ = 0;
  Instant first_;
  Instant last_;
};

// The same for receivers of bare bytes, which know no messages.
class ByteTally {
 public:
  // From here on an endpoint is complete when it has got so many bytes.
  void Begin(std::uint64_t bytes);
  // `before`, `now`: bytes that one endpoint has got since Begin().
  void Add(std::uint64_t before, std::uint64_t now);
  // Tells an endpoint whether Begin() was called since it last asked.
  int round() const { return round_; }

  int complete() const { return complete_; }
  Instant first() const { return first_; }
  Instant last() const { return last_; }

 private:
  std::uint64_t bytes_ = 0;
  int round_ = 0;
  int complete_ = 0;
  Instant first_;
  Instant last_;
};

}  // namespace wardcast::bench
