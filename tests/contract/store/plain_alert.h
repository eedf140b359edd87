// Alerts without a key, where only the store matters.
#pragma once

#include <optional>

#include "server/store/store.h"
#include "tests/contract/store/store_contract.h"

namespace wardcast {

inline v1::SignedAlert Unsigned(const v1::Alert& alert) {
  v1::SignedAlert sealed;
  sealed.set_payload(alert.SerializeAsString());
  return sealed;
}

// A new alert of the administrator, each time it is called.
inline Result<AlertChanged> PublishOn(Store& store, const SealAlert& seal = &Unsigned) {
  AlertChange change;
  change.caller = "admin";
  change.now = kStart;
  change.decide = [](const v1::Alert*) -> Result<std::optional<AlertDecision>> {
    AlertDecision decision;
    decision.alert.set_state(v1::State::ACTIVE);
    return decision;
  };
  return store.Change(change, seal);
}

}  // namespace wardcast
