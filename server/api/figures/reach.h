// Whom an audience reaches at this moment: the directory's answer, with who is connected and what
// the wards had lately.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "server/feed/hub.h"
#include "server/store/store.h"
#include "wardcast/v1/audience.pb.h"

namespace wardcast {

// Threads: any; blocks on the store for the notices of the last 7 days.
class ReachReader {
 public:
  ReachReader(Store& store, const Hub& hub, const Clock& clock)
      : store_(store), hub_(hub), clock_(clock) {}

  // The audience must have been validated.
  Result<v1::Reach> Read(const v1::Audience& audience,
                         const std::vector<std::string>& services) const;

 private:
  Store& store_;
  const Hub& hub_;
  const Clock& clock_;
};

}  // namespace wardcast
