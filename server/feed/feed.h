// Reads the log strictly in order and drives the hub. A lost wake-up costs seconds, never an alert:
// the feed asks the store by itself at least every `ask_every`.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "server/bus/bus.h"
#include "server/feed/hub.h"
#include "server/store/store.h"

namespace wardcast {

struct FeedConfig {
  std::chrono::milliseconds ask_every{5'000};
};

struct FeedHealth {
  bool ok = true;
  std::string detail;  // "the store has not answered since …"
};

// Threads: own thread `feed`; all functions from any.
class Feed {
 public:
  // All references must outlive the feed.
  Feed(FeedConfig config, Store& store, Bus& bus, Hub& hub, const Clock& clock);
  ~Feed();  // stops and joins

  // Loads the current state from the store (blocks), then starts the thread.
  Result<void> Start();
  FeedHealth Health() const;
};

}  // namespace wardcast
