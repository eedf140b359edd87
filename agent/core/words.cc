#include "agent/core/words.h"

#include <optional>

#include "agent/core/standing.h"
#include "agent/core/words/say.h"
#include "base/proto_time.h"

namespace wardcast::agent {
namespace {

// Protobuf's enums are open (a newer broker may send a value that this agent does not know), so
// these switches have a default that says less, never nothing.

Phrase KindPhrase(v1::Kind::Value kind) {
  switch (kind) {
    case v1::Kind::PLANNED_DOWNTIME:
      return Phrase::kPlannedDowntime;
    case v1::Kind::OUTAGE:
      return Phrase::kOutage;
    case v1::Kind::DEGRADED:
      return Phrase::kDegraded;
    case v1::Kind::SECURITY:
      return Phrase::kSecurity;
    case v1::Kind::EMERGENCY:
      return Phrase::kEmergency;
    case v1::Kind::INFORMATION:
      return Phrase::kInformation;
    default:
      return Phrase::kAnyKind;
  }
}

// Phases that say more than the kind does.
std::optional<Phrase> PhasePhrase(v1::Phase::Value phase) {
  switch (phase) {
    case v1::Phase::LOOKING_INTO_IT:
      return Phrase::kLookingIntoIt;
    case v1::Phase::EXTENDED:
      return Phrase::kTakesLonger;
    case v1::Phase::POSTPONED:
      return Phrase::kPostponed;
    case v1::Phase::RESTORED_VERIFYING:
      return Phrase::kRestoredVerifying;
    case v1::Phase::ALL_CLEAR:
      return Phrase::kPhaseAllClear;
    case v1::Phase::BACK_ENTRY:
      return Phrase::kPhaseBackEntry;
    default:
      return std::nullopt;
  }
}

std::optional<Phrase> HelpPhrase(v1::HelpKind::Value help) {
  switch (help) {
    case v1::HelpKind::FORMS_OR_PRINTER:
      return Phrase::kSaidForms;
    case v1::HelpKind::DOWNTIME_PC:
      return Phrase::kSaidDowntimePc;
    case v1::HelpKind::STAFF:
      return Phrase::kSaidStaff;
    case v1::HelpKind::CALL_ME:
      return Phrase::kSaidCallMe;
    default:
      return std::nullopt;
  }
}

}  // namespace

std::string KindWords(const v1::Alert& alert, Language language) {
  const std::string kind = Say(language, KindPhrase(alert.kind()));
  const auto phase = PhasePhrase(alert.phase());
  return phase ? kind + " · " + Say(language, *phase) : kind;
}

std::string ResponseWords(v1::Response::Value response, v1::HelpKind::Value help,
                          Language language) {
  switch (response) {
    case v1::Response::PROCEDURE_STARTED:
      return Say(language, Phrase::kSaidProcedureStarted);
    case v1::Response::NOT_AFFECTED:
      return Say(language, Phrase::kSaidNotAffected);
    case v1::Response::NEED_HELP: {
      const std::string need = Say(language, Phrase::kSaidNeedHelp);
      const auto which = HelpPhrase(help);
      return which ? need + " (" + Say(language, *which) + ")" : need;
    }
    case v1::Response::BACK_ENTRY_DONE:
      return Say(language, Phrase::kSaidBackEntryDone);
    case v1::Response::REAL_PROBLEM:
      return Say(language, Phrase::kSaidRealProblem);
    default:
      return Say(language, Phrase::kSaidSomething);
  }
}

Severity SeverityOf(v1::Severity::Value severity) {
  switch (severity) {
    case v1::Severity::MINOR:
      return Severity::kNotice;
    case v1::Severity::SEVERE:
      return Severity::kWarning;
    case v1::Severity::EXTREME:
      return Severity::kDanger;
    default:
      return Severity::kCaution;
  }
}

Presentation PresentationOf(v1::Presentation::Value presentation, Severity severity) {
  switch (presentation) {
    case v1::Presentation::TICKER:
      return Presentation::kTicker;
    case v1::Presentation::TOAST:
      return Presentation::kToast;
    case v1::Presentation::DIALOG:
      return Presentation::kDialog;
    case v1::Presentation::TAKEOVER:
      return Presentation::kTakeover;
    default:
      return severity >= Severity::kWarning ? Presentation::kDialog : Presentation::kToast;
  }
}

v1::Response::Value ToWire(Response response) {
  switch (response) {
    case Response::kProcedureStarted:
      return v1::Response::PROCEDURE_STARTED;
    case Response::kNotAffected:
      return v1::Response::NOT_AFFECTED;
    case Response::kNeedHelp:
      return v1::Response::NEED_HELP;
    case Response::kBackEntryDone:
      return v1::Response::BACK_ENTRY_DONE;
    case Response::kRealProblem:
      return v1::Response::REAL_PROBLEM;
  }
  return v1::Response::UNSPECIFIED;
}

v1::HelpKind::Value ToWire(HelpKind help) {
  switch (help) {
    case HelpKind::kNone:
      return v1::HelpKind::UNSPECIFIED;
    case HelpKind::kFormsOrPrinter:
      return v1::HelpKind::FORMS_OR_PRINTER;
    case HelpKind::kDowntimePc:
      return v1::HelpKind::DOWNTIME_PC;
    case HelpKind::kStaff:
      return v1::HelpKind::STAFF;
    case HelpKind::kCallMe:
      return v1::HelpKind::CALL_ME;
  }
  return v1::HelpKind::UNSPECIFIED;
}

std::string SinceText(const v1::Alert& alert, const SiteTime& site, TimePoint now) {
  if (IsPlan(alert)) return "";
  if (alert.has_started_at()) return site.Text(alert.started_at(), now);
  if (!alert.has_start())
    return alert.has_published_at() ? site.Text(alert.published_at(), now) : "";
  return FromTimestamp(alert.start().at()) > now ? "" : site.Text(alert.start(), now);
}

std::string ExpectedBackText(const v1::Alert& alert, const SiteTime& site, TimePoint now,
                             bool unconfirmed) {
  if (!alert.has_expected_end()) return Say(site.language(), Phrase::kUnknown);
  const std::string time = site.Text(alert.expected_end(), now);
  const bool past = FromTimestamp(alert.expected_end().at()) <= now;
  return Say(site.language(),
             !past         ? Phrase::kAbout
             : unconfirmed ? Phrase::kShouldBeOver
                           : Phrase::kTakesLongerThan,
             {{"time", time}});
}

std::string NextUpdateText(const v1::Alert& alert, const SiteTime& site, TimePoint now) {
  if (!alert.has_next_update()) return "";
  const std::string time = site.Text(alert.next_update(), now);
  if (FromTimestamp(alert.next_update().at()) <= now)
    return Say(site.language(), Phrase::kOverdue, {{"time", time}});
  return alert.missed_updates() > 0
             ? time + " (" + Say(site.language(), Phrase::kUpdateOverdue) + ")"
             : time;
}

std::string ChangedText(const v1::Alert& alert, const SiteTime& site, TimePoint now) {
  if (alert.what_changed().empty()) return "";
  return Say(site.language(), Phrase::kChanged,
             {{"time", site.Text(alert.changed_at(), now)}, {"what", alert.what_changed()}});
}

std::string ClosingText(const v1::Alert& alert, const SiteTime& site, TimePoint now) {
  if (alert.state() != v1::State::CLOSED) return "";
  if (!alert.closing_text().empty()) return alert.closing_text();
  const std::string at = site.Text(alert.changed_at(), now);
  if (alert.closing() == v1::Closing::RECALLED) {
    return Say(site.language(), Phrase::kRecalledAt,
               {{"time", at}, {"published", site.Text(alert.published_at(), now)}});
  }
  return Say(site.language(), Phrase::kAllClearAt, {{"time", at}});
}

std::string AnswerText(const v1::WardAnswer& answer, const std::string& ward_name, bool names,
                       const SiteTime& site, TimePoint now) {
  std::string text =
      Say(site.language(), Phrase::kLabelled,
          {{"label", ward_name},
           {"text", ResponseWords(answer.response(), answer.help(), site.language())}});
  if (names && !answer.person().initials().empty()) {
    text += ", " + answer.person().initials();
    if (!answer.person().role().empty()) text += ", " + answer.person().role();
  } else if (!answer.by().empty()) {
    text += ", " + answer.by();
  }
  if (answer.from_outside()) text += " (" + Say(site.language(), Phrase::kFromOutside) + ")";
  return text + ", " + site.Text(FromTimestamp(answer.at()), now);
}

}  // namespace wardcast::agent
