// Remembers which (alert, round) was painted, so that each is reported once. Threads: one.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "agent/core/screen.h"

namespace wardcast::agent {

class DisplayedOnce {
 public:
  // True for the first call with this alert and round.
  bool First(const Notice& notice) {
    return reported_.emplace(notice.alert_id, notice.round).second;
  }

  bool Contains(const Notice& notice) const {
    return reported_.contains({notice.alert_id, notice.round});
  }

  // Forgets alerts that are gone.
  void KeepOnly(const Screen& screen) {
    std::erase_if(reported_, [&](const auto& item) {
      return std::ranges::none_of(
          screen.notices, [&](const Notice& notice) { return notice.alert_id == item.first; });
    });
  }

 private:
  std::set<std::pair<std::string, int>> reported_;
};

}  // namespace wardcast::agent
