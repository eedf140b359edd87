#include "server/access/people/throttle.h"

#include <algorithm>

namespace wardcast {

std::chrono::milliseconds Throttle::DelayOf(const Entry& entry) const {
  const int paid = entry.failures - config_.free;
  if (paid <= 0) return {};
  constexpr int kMostDoublings = 20;
  return std::min(config_.longest, config_.first * (1 << std::min(paid - 1, kMostDoublings)));
}

std::chrono::milliseconds Throttle::WaitFor(const std::string& key, TimePoint now) const {
  const auto found = entries_.find(key);
  if (found == entries_.end() || now - found->second.last >= config_.forget) return {};
  const auto until = found->second.last + DelayOf(found->second);
  return std::max(std::chrono::milliseconds(0), until - now);
}

void Throttle::Begin(const std::string& key, TimePoint now) {
  if (!entries_.contains(key)) MakeRoom(now);
  Entry& entry = entries_[key];
  if (now - entry.last >= config_.forget) entry.failures = 0;
  ++entry.failures;
  entry.last = now;
}

void Throttle::TakeBack(const std::string& key) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return;
  if (--found->second.failures <= 0) entries_.erase(found);
}

// Rarely, and then a tenth at once, so that a flood of names costs little.
void Throttle::MakeRoom(TimePoint now) {
  if (entries_.size() < config_.capacity) return;
  std::erase_if(entries_,
                [&](const auto& entry) { return now - entry.second.last >= config_.forget; });
  if (entries_.size() < config_.capacity) return;
  std::vector<TimePoint> times;
  times.reserve(entries_.size());
  for (const auto& [key, entry] : entries_) times.push_back(entry.last);
  const auto tenth = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 10);
  std::ranges::nth_element(times, tenth);
  const TimePoint oldest = *tenth;
  std::erase_if(entries_, [&](const auto& entry) { return entry.second.last <= oldest; });
}

}  // namespace wardcast
