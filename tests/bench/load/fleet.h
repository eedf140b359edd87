// All subscribers of one server.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/bench/load/endpoint.h"

namespace wardcast::bench {

// Threads: the loop's.
class Fleet {
 public:
  Fleet(Loop& loop, std::vector<std::unique_ptr<Endpoint>> endpoints)
      : loop_(loop), endpoints_(std::move(endpoints)) {}

  // Connects all and waits until each is synced; says on standard error how far it is.
  // kUnavailable: which one could not, and why.
  Result<void> Connect();

  int size() const { return static_cast<int>(endpoints_.size()); }
  Endpoint& at(int number) { return *endpoints_[static_cast<std::size_t>(number)]; }
  // Who is lost, how many and why; empty: all are well. Looks at each.
  std::string Problem() const;

 private:
  Loop& loop_;
  std::vector<std::unique_ptr<Endpoint>> endpoints_;
};

}  // namespace wardcast::bench
