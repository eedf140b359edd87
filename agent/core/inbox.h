// What this endpoint shows now: every rule about notices, as a function of facts and a moment.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "agent/core/contact_rule.h"
#include "agent/core/holding.h"
#include "agent/core/moment.h"
#include "agent/core/reports/outbox.h"
#include "agent/core/screen.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast::agent {

// Which of the held alerts a broker has vouched for since this process started.
struct Confirmation {
  // After a start, what is only in the cache waits this long for a broker, then appears as a strip,
  // never as a window.
  static constexpr std::chrono::seconds kWaitForSynced{10};
  // By log id: when a broker of that log was last heard. Empty log id: a broker that did not say,
  // which counts for all.
  std::map<std::string, TimePoint> confirmed;
  // When an earlier run last heard from a broker; for "as of 14:07".
  std::optional<TimePoint> last_run;
  // When this process started.
  Elapsed started{0};

  std::optional<TimePoint> For(const std::string& log_id) const;
};

struct Facts {
  const Holdings& holdings;
  const Attentions& attentions;
  const Outbox& outbox;
  // Null until the first settings ever came; then the last ones, also from the cache.
  const v1::GetSettingsResponse* settings;
  const std::string& endpoint_id;
  const Confirmation& confirmation;
  const ContactState& contact;
  // Null until they ever came; then the last ones, also from the cache.
  const v1::GetProceduresResponse* procedures = nullptr;
};

struct Picture {
  Screen screen;
  // When it would look different although no fact changed (overdue, a strip that goes, a time that
  // gets its weekday).
  std::optional<Elapsed> ask_again;
};

Picture Compose(const Facts& facts, Moment now);

// The endpoint's class and ward; unplaced (also without settings): CLINICAL, "".
v1::EndpointClass::Value ClassOf(const v1::GetSettingsResponse* settings);
std::string WardOf(const v1::GetSettingsResponse* settings);

}  // namespace wardcast::agent
