// Which endpoints are connected, to whichever broker: those of this one from memory, those of the
// others as they have written it down.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <unordered_set>

#include "base/clock.h"
#include "base/mutex.h"
#include "server/directory/directory.h"
#include "server/feed/hub.h"
#include "server/store/store.h"

namespace wardcast {

// Threads: any.
class Connections {
 public:
  // `broker_id`: of this broker. What the others wrote is believed for `fresh`. All must outlive
  // this object.
  Connections(Store& store, const Hub& hub, std::string broker_id, const Clock& clock,
              std::chrono::milliseconds fresh = std::chrono::seconds(5))
      : store_(store), hub_(hub), broker_id_(std::move(broker_id)), clock_(clock), fresh_(fresh) {}

  // Asks the store for what other brokers wrote, unless that is fresh. A store that does not answer
  // leaves what was known, for as long as a broker may be silent.
  void Refresh();
  // How many of these endpoints, which are the directory's, are connected. From memory.
  int Count(const Directory& directory, std::span<const v1::Endpoint* const> endpoints) const;

 private:
  using Ids = std::unordered_set<std::string>;

  Store& store_;
  const Hub& hub_;
  const std::string broker_id_;
  const Clock& clock_;
  const std::chrono::milliseconds fresh_;
  Mutex asking_;  // held while the store is asked
  std::chrono::steady_clock::time_point asked_at_ GUARDED_BY(asking_){};
  std::chrono::steady_clock::time_point known_at_ GUARDED_BY(asking_){};
  mutable Mutex mu_;
  std::shared_ptr<const Ids> elsewhere_ GUARDED_BY(mu_) = std::make_shared<const Ids>();
};

}  // namespace wardcast
