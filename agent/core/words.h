// Words for the contract's values, and lines that are put together from facts, in the language of
// the `site` that is given. Plain text for people.
#pragma once

#include <string>

#include "agent/core/screen.h"
#include "agent/core/site_time.h"
#include "wardcast/v1/alert.pb.h"
#include "wardcast/v1/answer.pb.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast::agent {

// "System outage", with where it stands if that says more: "System outage · takes longer".
std::string KindWords(const v1::Alert& alert, Language language);
// "procedure started", "needs downtime help (forms or printer)".
std::string ResponseWords(v1::Response::Value response, v1::HelpKind::Value help,
                          Language language);

Severity SeverityOf(v1::Severity::Value severity);
// UNSPECIFIED: the default of the severity.
Presentation PresentationOf(v1::Presentation::Value presentation, Severity severity);

v1::Response::Value ToWire(Response response);
v1::HelpKind::Value ToWire(HelpKind help);

// "13:52": since the confirmed start, else the stated one, else publishing. Empty while it lies
// ahead or is not confirmed: the standing says so (standing.h).
std::string SinceText(const v1::Alert& alert, const SiteTime& site, TimePoint now);
// "about 16:00", "unknown"; past it: "about 16:00, takes longer", out of contact "16:00, should be
// over, not confirmed".
std::string ExpectedBackText(const v1::Alert& alert, const SiteTime& site, TimePoint now,
                             bool unconfirmed);
// "14:30"; "14:30, overdue"; "15:00 (update overdue)" after misses; empty if none was promised.
std::string NextUpdateText(const v1::Alert& alert, const SiteTime& site, TimePoint now);
// "Changed 14:20: expected back about 16:00"; empty for the first revision.
std::string ChangedText(const v1::Alert& alert, const SiteTime& site, TimePoint now);
// The broker's words for the all clear or the recall; if it sent none: "RECALLED 14:08. The notice
// of 14:07 was sent by mistake. No action needed.", "ALL CLEAR 15:10."; empty while open.
std::string ClosingText(const v1::Alert& alert, const SiteTime& site, TimePoint now);
// "4 West: procedure started, J.R., charge nurse, 14:09". `names`: whether initials may be shown.
std::string AnswerText(const v1::WardAnswer& answer, const std::string& ward_name, bool names,
                       const SiteTime& site, TimePoint now);

}  // namespace wardcast::agent
