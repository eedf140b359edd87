// Whom an audience reaches at this moment: the directory's answer, with who is connected and what
// the wards had lately.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "server/alert/audience.h"
#include "server/feed/hub.h"
#include "server/store/store.h"

namespace wardcast {

// Threads: any; blocks on the store for the notices of the last 7 days.
class ReachReader {
 public:
  ReachReader(Store& store, const Hub& hub, const Clock& clock)
      : store_(store), hub_(hub), clock_(clock) {}

  // `resolved`: what a validated audience and these services mean in the directory.
  Result<v1::Reach> Read(const ResolvedAudience& resolved, const std::vector<std::string>& services,
                         const Directory& directory) const;

 private:
  Store& store_;
  const Hub& hub_;
  const Clock& clock_;
};

}  // namespace wardcast
