// What the handlers of alerts work with.
#pragma once

#include "base/clock.h"
#include "server/access/audit/audit_log.h"
#include "server/api/alerts/approvers.h"
#include "server/api/alerts/commit.h"
#include "server/api/figures/reach.h"
#include "server/feed/hub.h"
#include "server/store/store.h"

namespace wardcast {

// All must outlive the handlers.
struct AlertParts {
  Store& store;
  const Hub& hub;
  ReachReader& reach;
  AlertCommit& commit;
  Approvers& approvers;
  AuditLog& audit;
  const Clock& clock;
};

}  // namespace wardcast
