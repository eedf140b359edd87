// Whether there is contact with a broker, and when a person must be told that there is none.
// Silence decides, never the state of a socket: a broker that restarts within seconds is no event.
#pragma once

#include <optional>

#include "agent/core/moment.h"
#include "wardcast/v1/audience.pb.h"

namespace wardcast::agent {

// Silence that counts as lost: the heartbeat comes every 20 s.
inline constexpr std::chrono::seconds kLostAfter{45};

struct ContactState {
  bool connected = false;
  TimePoint since;        // connected since, or lost since
  bool announce = false;  // the strip says so
  bool back = false;      // with announce: contact is back, but not yet for a minute
  TimePoint lost_since;   // with announce
  // Notices on the screen may be out of date.
  bool unconfirmed = false;
  // When this changes by itself.
  std::optional<Elapsed> ask_again;
};

// Threads: one at a time.
class ContactRule {
 public:
  // `start`: when the agent started. `last_confirmed`: when an earlier run last heard from a
  // broker, if it did.
  ContactRule(Moment start, std::optional<TimePoint> last_confirmed);

  // A message came on a stream that is synced.
  void Heard(Moment now, v1::EndpointClass::Value endpoint_class);
  // The broker closes and wants nobody back before `retry_after`: quiet for so long plus 2 minutes.
  void Draining(Moment now, std::chrono::milliseconds retry_after);

  // The strip comes after 5 min without contact, on DOWNTIME endpoints after 60 s, on CLINICAL and
  // BOARD never; it goes after one minute of steady contact.
  ContactState At(Moment now, v1::EndpointClass::Value endpoint_class) const;

 private:
  struct Gap {
    Elapsed from{0};
    TimePoint since;
  };
  Gap CurrentGap() const;
  bool Steady(Elapsed until) const;

  Gap start_;
  std::optional<Moment> heard_;   // last
  Moment contact_since_;          // begin of the last stretch of contact; valid with heard_
  std::optional<Gap> announced_;  // the gap before that stretch, if the strip said so
  Elapsed quiet_until_{0};
};

}  // namespace wardcast::agent
