// How many interrupting notices each ward had in the last 7 days. A hospital has ten thousands of
// such rows: who asks within a few seconds shares what was counted.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <unordered_map>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "server/store/store.h"

namespace wardcast {

// By ward id; wards that had none are missing.
using NoticesByWard = std::unordered_map<std::string, int>;

// Threads: any.
class NoticeCounts {
 public:
  NoticeCounts(Store& store, const Clock& clock,
               std::chrono::milliseconds fresh = std::chrono::seconds(5))
      : store_(store), clock_(clock), fresh_(fresh) {}

  // Blocks on the store if what is known is older than `fresh`: one caller asks, the others wait
  // for it. Errors of the store as they are; the next caller asks again.
  Result<std::shared_ptr<const NoticesByWard>> Read();

 private:
  Store& store_;
  const Clock& clock_;
  const std::chrono::milliseconds fresh_;
  Mutex mu_;  // held while the store is asked
  std::shared_ptr<const NoticesByWard> counted_ GUARDED_BY(mu_);
  std::chrono::steady_clock::time_point counted_at_ GUARDED_BY(mu_);
};

}  // namespace wardcast
