// Where an open notice stands, in one line: what is planned and when, what was not confirmed, what
// lasts longer than said, what works again. Pure; the same lines as on the ward's page in a browser
// (web/src/state/endpoint/standing.ts), held to one table of cases: tests/data/standing.json.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agent/core/site_time.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast::agent {

// Planned work that nobody has confirmed to have begun.
bool IsPlan(const v1::Alert& alert);

struct Standing {
  std::string text;                  // empty: nothing to say beside since when it lasts
  std::optional<TimePoint> changes;  // when the text changes by itself
};

// "Planned, starts 02:00 (in 15 min): save and sign out by 01:45"; "Planned 02:00, not confirmed";
// "Takes longer than planned: was to end 04:00". `occasion`: of the round that counts here.
Standing StandingOf(const v1::Alert& alert, v1::Occasion::Value occasion, const SiteTime& site,
                    TimePoint now);

// "15 min", "1 h 5 min", "7 h", "3 days": rounded up to the minute, from 2 hours on to the hour,
// from 48 hours on to the day.
std::string AheadText(TimePoint from, TimePoint until, Language language);

// What is in order again at one site while the notice is open.
struct Cleared {
  bool all_here = false;   // nothing of it is down at this site any more
  bool elsewhere = false;  // a part is in order again, at other sites only
  std::vector<std::string> works;
  std::vector<std::string> down;
  const v1::ClearedPart* last = nullptr;  // that concerns this site; null: none
};

// `site_id` empty: only what is in order again at all sites counts. Refers to `alert`.
Cleared ClearedAt(const v1::Alert& alert, const std::string& site_id);

// "Works again since 03:10: Orders and results (lab). Still down: Imaging."; empty: nothing is.
std::string ClearedText(const Cleared& cleared, const SiteTime& site, TimePoint now);

// True if `text` names everything that works again and everything that is still down, as the words
// of a partial all clear do: then the line above need not say it again.
bool NamesAll(const std::string& text, const Cleared& cleared);

}  // namespace wardcast::agent
