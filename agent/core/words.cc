#include "agent/core/words.h"

#include <fmt/format.h>

#include "base/proto_time.h"

namespace wardcast::agent {
namespace {

// Protobuf's enums are open (a newer broker may send a value that this agent does not know), so
// these switches have a default that says less, never nothing.

const char* KindWord(v1::Kind::Value kind) {
  switch (kind) {
    case v1::Kind::PLANNED_DOWNTIME:
      return "Planned downtime";
    case v1::Kind::OUTAGE:
      return "System outage";
    case v1::Kind::DEGRADED:
      return "System slow or partly down";
    case v1::Kind::SECURITY:
      return "Security notice";
    case v1::Kind::EMERGENCY:
      return "Emergency";
    case v1::Kind::INFORMATION:
      return "Information";
    default:
      return "Notice";
  }
}

const char* PhaseWord(v1::Phase::Value phase) {
  switch (phase) {
    case v1::Phase::LOOKING_INTO_IT:
      return "IT is looking into it";
    case v1::Phase::EXTENDED:
      return "takes longer";
    case v1::Phase::POSTPONED:
      return "postponed";
    case v1::Phase::RESTORED_VERIFYING:
      return "restored, verifying";
    case v1::Phase::ALL_CLEAR:
      return "all clear";
    case v1::Phase::BACK_ENTRY:
      return "back-entry";
    default:
      return "";
  }
}

const char* HelpWord(v1::HelpKind::Value help) {
  switch (help) {
    case v1::HelpKind::FORMS_OR_PRINTER:
      return "forms or printer";
    case v1::HelpKind::DOWNTIME_PC:
      return "downtime PC";
    case v1::HelpKind::STAFF:
      return "staff";
    case v1::HelpKind::CALL_ME:
      return "call back";
    default:
      return "";
  }
}

}  // namespace

std::string KindWords(const v1::Alert& alert) {
  const std::string_view phase = PhaseWord(alert.phase());
  if (phase.empty()) return KindWord(alert.kind());
  return fmt::format("{} · {}", KindWord(alert.kind()), phase);
}

std::string ResponseWords(v1::Response::Value response, v1::HelpKind::Value help) {
  switch (response) {
    case v1::Response::PROCEDURE_STARTED:
      return "procedure started";
    case v1::Response::NOT_AFFECTED:
      return "not affected";
    case v1::Response::NEED_HELP: {
      const std::string_view word = HelpWord(help);
      return word.empty() ? "needs downtime help" : fmt::format("needs downtime help ({})", word);
    }
    case v1::Response::BACK_ENTRY_DONE:
      return "back-entry done";
    default:
      return "answered";
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
  if (!alert.has_start())
    return alert.has_published_at() ? site.Text(alert.published_at(), now) : "";
  const std::string text = site.Text(alert.start(), now);
  const bool announced =
      alert.phase() == v1::Phase::ANNOUNCED || alert.phase() == v1::Phase::POSTPONED;
  return announced && FromTimestamp(alert.start().at()) <= now ? text + ", not confirmed" : text;
}

std::string ExpectedBackText(const v1::Alert& alert, const SiteTime& site, TimePoint now,
                             bool unconfirmed) {
  if (!alert.has_expected_end()) return "unknown";
  const std::string text = site.Text(alert.expected_end(), now);
  if (FromTimestamp(alert.expected_end().at()) > now) return "about " + text;
  return unconfirmed ? text + ", should be over, not confirmed"
                     : "about " + text + ", takes longer";
}

std::string NextUpdateText(const v1::Alert& alert, const SiteTime& site, TimePoint now) {
  if (!alert.has_next_update()) return "";
  const std::string text = site.Text(alert.next_update(), now);
  return FromTimestamp(alert.next_update().at()) <= now ? text + ", overdue" : text;
}

std::string ChangedText(const v1::Alert& alert, const SiteTime& site, TimePoint now) {
  if (alert.what_changed().empty()) return "";
  return fmt::format("Changed {}: {}", site.Text(alert.changed_at(), now), alert.what_changed());
}

std::string ClosingText(const v1::Alert& alert, const SiteTime& site, TimePoint now) {
  if (alert.state() != v1::State::CLOSED) return "";
  if (!alert.closing_text().empty()) return alert.closing_text();
  const std::string at = site.Text(alert.changed_at(), now);
  if (alert.closing() == v1::Closing::RECALLED) {
    return fmt::format("RECALLED {}. The notice of {} was sent by mistake. No action needed.", at,
                       site.Text(alert.published_at(), now));
  }
  return fmt::format("ALL CLEAR {}.", at);
}

std::string AnswerText(const v1::WardAnswer& answer, const std::string& ward_name, bool names,
                       const SiteTime& site, TimePoint now) {
  std::string text =
      fmt::format("{}: {}", ward_name, ResponseWords(answer.response(), answer.help()));
  if (names && !answer.person().initials().empty()) {
    text += ", " + answer.person().initials();
    if (!answer.person().role().empty()) text += ", " + answer.person().role();
  } else if (!answer.by().empty()) {
    text += ", " + answer.by();
  }
  if (answer.from_outside()) text += " (from outside the ward)";
  return text + ", " + site.Text(FromTimestamp(answer.at()), now);
}

}  // namespace wardcast::agent
