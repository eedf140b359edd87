// Where endpoints were, and when: the directory's membership history, read when something is about
// an earlier time.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "server/directory/directory.h"
#include "server/store/store.h"

namespace wardcast {

// Threads: any; blocks on the store for what was not asked lately.
class PlaceHistory {
 public:
  using Rows = std::shared_ptr<const std::vector<MembershipRow>>;

  // Both must outlive this object.
  PlaceHistory(Store& store, const Clock& clock) : store_(store), clock_(clock) {}

  // At least the rows that overlap [from, now), by endpoint id and time. `directory` as it is now:
  // with a new one the history has changed.
  Result<Rows> Since(TimePoint from, const Directory& directory);

  // Whether the endpoint was in that ward at any time since `from`.
  Result<bool> WasInWard(const std::string& endpoint_id, const std::string& ward_id, TimePoint from,
                         const Directory& directory);

 private:
  Store& store_;
  const Clock& clock_;
  Mutex mu_;
  // The rows that were read last, if they are about the last days.
  Rows kept_ GUARDED_BY(mu_);
  TimePoint kept_from_ GUARDED_BY(mu_);
  std::int64_t kept_version_ GUARDED_BY(mu_) = 0;
};

}  // namespace wardcast
