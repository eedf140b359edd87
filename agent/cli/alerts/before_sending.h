// What a person at a terminal is asked before a notice goes out. Who sits at none answers by flags,
// and the broker refuses what they left open.
#pragma once

#include <optional>
#include <string>

#include "agent/cli/notice/written.h"
#include "agent/cli/session.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast::cli {

// What was answered, by flag or at the terminal.
struct Answers {
  // The number of PCs that the publisher knows it reaches.
  std::optional<int> reach;
  // Another matter than the open notice on the same service.
  bool separate = false;
  // Instead: update the open notice.
  bool update_open = false;
  // The open notice to update; empty: send a new one.
  std::string open_alert_id;
};

// Previews `alert`, prints its warnings, and asks what `answers` leaves open: whether an open
// notice on the same service shall be updated instead, and how many PCs a wide notice reaches. Away
// from a terminal it asks nothing, and looks at the broker only for `update_open`. Sets
// open_alert_id. kOk: the person wants nothing to be sent.
OrExit<void> BeforeSending(Session& session, const v1::Alert& alert, Answers& answers);

}  // namespace wardcast::cli
