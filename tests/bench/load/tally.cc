#include "tests/bench/load/tally.h"

#include <algorithm>

namespace wardcast::bench {

void Tally::Begin() {
  versions_.clear();
  newest_before_ = newest_;
  open_ = closed_ = 0;
  messages_ = 0;
  first_ = last_ = {};
}

void Tally::Add(int endpoint, const Arrival& arrival) {
  ++messages_;
  if (arrival.alerts.empty()) return;
  last_ = Now();
  if (first_ == Instant{}) first_ = last_;
  for (const ArrivedAlert& alert : arrival.alerts) {
    if (alert.version <= newest_before_) {
      ++repeated_;
      continue;
    }
    newest_ = std::max(newest_, alert.version);
    Version& version = versions_[alert.version];
    version.closed = alert.closed;
    if (version.has.empty()) version.has.resize(static_cast<std::size_t>(endpoints_));
    if (version.has[static_cast<std::size_t>(endpoint)]) {
      ++repeated_;
      continue;
    }
    version.has[static_cast<std::size_t>(endpoint)] = true;
    if (++version.holders == endpoints_) ++(version.closed ? closed_ : open_);
  }
}

void ByteTally::Begin(std::uint64_t bytes) {
  bytes_ = bytes;
  ++round_;
  complete_ = 0;
  first_ = last_ = {};
}

void ByteTally::Add(std::uint64_t before, std::uint64_t now) {
  if (before >= bytes_ || now < bytes_) return;
  ++complete_;
  last_ = Now();
  if (first_ == Instant{}) first_ = last_;
}

}  // namespace wardcast::bench
