// "Later": a notice goes to the strip for 5 minutes, three times per round. Pure: time is an
// argument. Threads: one.
#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "agent/core/screen.h"
#include "agent/desktop/view/key_guard.h"

namespace wardcast::agent {

class LaterBook {
 public:
  static constexpr std::chrono::minutes kPause{5};
  static constexpr int kTimes = 3;

  // How often "Later" may still be pressed in this round.
  int Left(const Notice& notice) const {
    const auto entry = entries_.find(KeyOf(notice));
    return entry == entries_.end() ? kTimes : kTimes - entry->second.times;
  }

  // False, and nothing changes, when none is left.
  bool Press(const Notice& notice, Moment now) {
    if (Left(notice) <= 0) return false;
    Entry& entry = entries_[KeyOf(notice)];
    ++entry.times;
    entry.until = now + kPause;
    return true;
  }

  bool Paused(const Notice& notice, Moment now) const {
    const auto entry = entries_.find(KeyOf(notice));
    return entry != entries_.end() && now < entry->second.until;
  }

  // The next moment at which a pause ends; nothing when none runs.
  std::optional<Moment> NextEnd(Moment now) const {
    std::optional<Moment> next;
    for (const auto& [key, entry] : entries_) {
      if (entry.until > now && (!next || entry.until < *next)) next = entry.until;
    }
    return next;
  }

  // Forgets notices that are gone, so that the book stays as small as the screen.
  void KeepOnly(const Screen& screen) {
    std::erase_if(entries_, [&](const auto& item) {
      return std::ranges::none_of(
          screen.notices, [&](const Notice& notice) { return KeyOf(notice) == item.first; });
    });
  }

 private:
  using AlertRound = std::pair<std::string, int>;
  struct Entry {
    int times = 0;
    Moment until{};
  };
  static AlertRound KeyOf(const Notice& notice) { return {notice.alert_id, notice.round}; }

  std::map<AlertRound, Entry> entries_;
};

}  // namespace wardcast::agent
