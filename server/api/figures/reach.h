// Whom an audience reaches at this moment: the directory's answer, with who is connected and what
// the wards had lately.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "server/alert/audience.h"
#include "server/api/figures/connections.h"
#include "server/api/figures/endpoint_states.h"
#include "server/api/figures/notice_counts.h"
#include "server/feed/hub.h"
#include "server/store/store.h"

namespace wardcast {

// Threads: any.
class ReachReader {
 public:
  // All must outlive the reader.
  ReachReader(Store& store, const Hub& hub, Connections& connections, EndpointStates& states,
              const Clock& clock)
      : hub_(hub),
        connections_(connections),
        states_(states),
        clock_(clock),
        notices_(store, clock) {}

  // `resolved`: what a validated audience and these services mean in the directory. Blocks on the
  // store for the notices of the last 7 days and for who is connected to other brokers, which are
  // up to 5 s old; errors of the store as they are.
  Result<v1::Reach> Read(const ResolvedAudience& resolved, const std::vector<std::string>& services,
                         const Directory& directory);
  // The same from memory, without the wards' notices.
  v1::Reach WithoutNotices(const ResolvedAudience& resolved,
                           const std::vector<std::string>& services,
                           const Directory& directory) const;
  // Only what the wards had in the last 7 days. A store that does not answer: nothing.
  v1::Reach NoticesOf(const ResolvedAudience& resolved);

 private:
  const Hub& hub_;
  Connections& connections_;
  EndpointStates& states_;
  const Clock& clock_;
  NoticeCounts notices_;
};

}  // namespace wardcast
