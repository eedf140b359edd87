// What one endpoint holds, as far as the broker knows: alert → version sent. Flat and ordered,
// because there are 18,000 of these and each has few entries.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "server/feed/current_alert.h"
#include "server/store/log_entry.h"

namespace wardcast {

struct Holding {
  CurrentAlert* alert = nullptr;
  Stamp held{};                // which version; if it holds it
  JournalVersion answers = 0;  // up to here its answers were sent
  bool holds = false;
  bool due = false;  // is in the session's set of what is to be looked at
};

// Threads: the hub's, under its mutex.
class Holdings {
 public:
  // nullptr: no entry. Pointers hold until the next Add or Erase.
  Holding* Find(const CurrentAlert* alert) {
    const auto at = Place(alert);
    return at != list_.end() && at->alert == alert ? &*at : nullptr;
  }
  // The entry, made if there was none.
  Holding& Add(CurrentAlert* alert) {
    const auto at = Place(alert);
    if (at != list_.end() && at->alert == alert) return *at;
    Holding& added = *list_.insert(at, Holding{});
    added.alert = alert;
    return added;
  }
  // Room for so many that are about to be added.
  void Reserve(std::size_t more) {
    if (more > 1 && list_.capacity() < list_.size() + more)
      list_.reserve(list_.size() + std::max(more, list_.size() / 2));
  }
  void Erase(const CurrentAlert* alert) {
    const auto at = Place(alert);
    if (at != list_.end() && at->alert == alert) list_.erase(at);
  }
  std::vector<Holding>& list() { return list_; }
  void Clear() { std::vector<Holding>().swap(list_); }

 private:
  std::vector<Holding>::iterator Place(const CurrentAlert* alert) {
    // Most often it is the newest.
    if (list_.empty() || list_.back().alert->number < alert->number) return list_.end();
    return std::ranges::lower_bound(list_, alert->number, {},
                                    [](const Holding& holding) { return holding.alert->number; });
  }

  std::vector<Holding> list_;  // by alert->number
};

}  // namespace wardcast
