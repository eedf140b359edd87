// Whether a hospital has named people who look at a notice before it goes out. Only where there are
// two does anything wait for approval: nobody approves their own.
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "server/alert/audience.h"
#include "server/directory/directory.h"
#include "server/store/people/people_store.h"
#include "wardcast/v1/alert.pb.h"
#include "wardcast/v1/role.pb.h"

namespace wardcast {

// Threads: any.
class Approvers {
 public:
  // `people` must outlive this object; nullptr: there are none.
  explicit Approvers(PeopleStore* people, std::chrono::milliseconds fresh = std::chrono::seconds(5))
      : people_(people), fresh_(fresh) {}

  // The grants of each enabled account that approves anything. Blocks on the store if what is known
  // is older than `fresh`, so that what another broker has changed counts as late as that; errors
  // of the store as they are.
  using Named = std::shared_ptr<const std::vector<std::vector<v1::Grant>>>;
  Result<Named> Read();
  // An account was changed at this broker: the next Read asks the store. Waits for a Read that is
  // asking, which may have missed the change.
  void Forget();

 private:
  PeopleStore* const people_;
  const std::chrono::milliseconds fresh_;
  Mutex mu_;  // held while the store is asked
  Named named_ GUARDED_BY(mu_);
  std::chrono::steady_clock::time_point asked_at_ GUARDED_BY(mu_){};
};

// Whether two of them may approve this notice. Pure.
bool TwoMayApprove(const Approvers::Named& named, const v1::Alert& alert,
                   const ResolvedAudience& audience, const Directory& directory);

}  // namespace wardcast
