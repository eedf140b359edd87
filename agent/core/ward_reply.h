// What a ward has answered to an alert, as its endpoint knows it: the broker's answers, and what
// was pressed here and may not have arrived yet.
#pragma once

#include <string>

#include "agent/core/holding.h"
#include "agent/core/reports/outbox.h"
#include "agent/core/site_time.h"

namespace wardcast::agent {

struct WardReply {
  std::string text;  // the latest answer of this round; else of an earlier one, and whose: "by the
                     // previous shift", "answered before the change"
  bool acknowledged =
      false;             // somebody answered for the ward in this round; a help request does not
  bool sending = false;  // something that was pressed here is not confirmed yet
  std::string refused;   // why the last thing that was pressed here was refused
};

// Who asks, and about which round.
struct Asking {
  const std::string& ward_id;  // empty: unplaced
  const std::string& ward_name;
  std::string endpoint_name;
  int round = 0;
  v1::Occasion::Value occasion = v1::Occasion::UNSPECIFIED;  // of that round
};

// `names`: whether initials may be shown.
WardReply ReplyOf(const Holding& holding, const Outbox& outbox, const Asking& asking, bool names,
                  const SiteTime& site, TimePoint now);

// The ward has pressed "Back-entry done", here or elsewhere.
bool BackEntryDone(const Holding& holding, const Outbox& outbox, const std::string& ward_id);

}  // namespace wardcast::agent
