// Committing a change of an alert: the rules have decided, the store commits, the bus wakes. Here
// and nowhere else texts get what stands in their blanks (server/alert/texts/filled.h): rules are
// given alerts as they were written, and what they decide is stored as wards shall read it.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/signature.h"
#include "server/alert/audience.h"
#include "server/bus/bus.h"
#include "server/feed/hub.h"
#include "server/store/store.h"

namespace wardcast {

// Threads: any; blocks on the store.
class AlertCommit {
 public:
  // All must outlive the object.
  AlertCommit(Store& store, Bus& bus, const Hub& hub, const SigningKey& key)
      : store_(store), bus_(bus), hub_(hub), key_(key) {}

  // Commits `change`, wakes the brokers, and logs what was done and by whom (`by`: no name of a
  // person). `decide` and `take_steps` get and return unfilled alerts; the answer is filled. Errors
  // of the store and of the decision as they are.
  Result<AlertChanged> Commit(const AlertChange& change, const char* action, const std::string& by);

  // What the clock has made due, or has missed (server/alert/steps.h): `rows` and their effect in
  // one transaction. Rows that are there already have had their effect, whichever broker brought
  // it; if all are, nothing changes, which is no error. How many were recorded as missed. The time
  // is the store's.
  Result<int> ApplySteps(const std::string& alert_id, std::vector<StepRow> rows);

 private:
  Store& store_;
  Bus& bus_;
  const Hub& hub_;
  const SigningKey& key_;
};

// The decision to store `alert`, with the wards that it concerns from now on.
AlertDecision DecisionFor(v1::Alert alert, const ResolvedAudience& audience);
// The same; as long as it is on no ward nobody is expected to show it.
AlertDecision DecisionFor(v1::Alert alert, const Directory& directory);

}  // namespace wardcast
