// Remembers a few things that were made from something that never changes, for whoever asks for the
// same again soon.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/mutex.h"

namespace wardcast {

// Threads: any.
class Memo {
 public:
  explicit Memo(std::size_t most) : most_(most) {}

  // What `make` made for this key, now or earlier; of more than `most` keys the one that was not
  // asked for longest is forgotten. `make` runs without a lock: of two that ask at the same time
  // both may make it, and both get the same. T must be the same for the same key.
  template <class T, class Make>
  std::shared_ptr<const T> Get(const std::string& key, Make make) {
    if (auto kept = Find(key)) return std::static_pointer_cast<const T>(kept);
    return std::static_pointer_cast<const T>(Keep(key, std::make_shared<const T>(make())));
  }

 private:
  using Kept = std::shared_ptr<const void>;

  Kept Find(const std::string& key) {
    const MutexLock lock(mu_);
    return FindAndMoveToFront(key);
  }
  Kept Keep(const std::string& key, Kept made) {
    const MutexLock lock(mu_);
    if (auto earlier = FindAndMoveToFront(key)) return earlier;
    if (entries_.size() >= most_) entries_.pop_back();
    entries_.insert(entries_.begin(), {key, made});
    return made;
  }
  Kept FindAndMoveToFront(const std::string& key) REQUIRES(mu_) {
    const auto found = std::ranges::find(entries_, key, &std::pair<std::string, Kept>::first);
    if (found == entries_.end()) return nullptr;
    std::rotate(entries_.begin(), found, found + 1);
    return entries_.front().second;
  }

  const std::size_t most_;
  Mutex mu_;
  std::vector<std::pair<std::string, Kept>> entries_ GUARDED_BY(mu_);  // the newest first
};

}  // namespace wardcast
