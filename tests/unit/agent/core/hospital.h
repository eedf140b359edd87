// Alerts and settings of a small hospital in Denver (UTC-7 in winter), and a clock that tests move.
#pragma once

#include <string>

#include "agent/core/inbox.h"
#include "base/proto_time.h"

namespace wardcast::agent {

inline TimePoint Utc(const std::string& text) {
  return FromRfc3339("2026-01-14T" + text + "Z").value();
}

inline v1::ZonedTime Denver(TimePoint at) {
  v1::ZonedTime time;
  *time.mutable_at() = ToTimestamp(at);
  time.set_zone("America/Denver");
  time.set_utc_offset_minutes(-420);
  time.set_abbreviation("MST");
  return time;
}

// 21:07 UTC is 14:07 in Denver.
inline v1::Alert Outage(const std::string& id) {
  v1::Alert alert;
  alert.set_id(id);
  alert.set_log_id("log-a");
  alert.set_generation(1);
  alert.set_version(5);
  alert.set_revision(1);
  alert.set_round(1);
  alert.set_state(v1::State::ACTIVE);
  alert.set_kind(v1::Kind::OUTAGE);
  alert.set_phase(v1::Phase::CONFIRMED);
  alert.set_severity(v1::Severity::SEVERE);
  alert.set_status(v1::Status::ACTUAL);
  alert.set_presentation(v1::Presentation::DIALOG);
  alert.set_headline("Lab results are not reaching the EHR");
  alert.add_services("lab-results");
  alert.add_service_names("Orders and results (lab)");
  alert.set_asks_answer(true);
  *alert.mutable_start() = Denver(Utc("20:52:00"));
  *alert.mutable_published_at() = Denver(Utc("21:07:00"));
  *alert.mutable_changed_at() = Denver(Utc("21:07:00"));
  return alert;
}

inline v1::GetSettingsResponse FourWest(
    v1::EndpointClass::Value endpoint_class = v1::EndpointClass::STANDARD) {
  v1::GetSettingsResponse settings;
  settings.set_version(3);
  settings.mutable_endpoint()->set_id("4w-pc-03");
  settings.mutable_endpoint()->set_name("4W-PC-03");
  settings.mutable_endpoint()->set_ward_id("4w");
  settings.mutable_endpoint()->set_class_(endpoint_class);
  settings.mutable_ward()->set_id("4w");
  settings.mutable_ward()->set_name("4 West");
  settings.mutable_ward()->set_binder("red binder, station B");
  settings.mutable_site()->set_name("Main campus");
  settings.mutable_site()->set_zone("America/Denver");
  settings.mutable_site()->set_phone("5555");
  v1::ZoneOffset* offset = settings.add_zone_offsets();
  *offset->mutable_from() = ToTimestamp(FromRfc3339("2025-11-02T08:00:00Z").value());
  offset->set_utc_offset_minutes(-420);
  offset->set_abbreviation("MST");
  offset = settings.add_zone_offsets();
  *offset->mutable_from() = ToTimestamp(FromRfc3339("2026-03-08T09:00:00Z").value());
  offset->set_utc_offset_minutes(-360);
  offset->set_abbreviation("MDT");
  return settings;
}

inline v1::WardAnswer AnswerOf(const std::string& alert_id, int round, v1::Response::Value response,
                               TimePoint at) {
  v1::WardAnswer answer;
  answer.set_alert_id(alert_id);
  answer.set_ward_id("4w");
  answer.set_round(round);
  answer.set_response(response);
  answer.set_by("4W-PC-01");
  answer.mutable_person()->set_initials("J.R.");
  *answer.mutable_at() = ToTimestamp(at);
  answer.set_answer_version(7);
  return answer;
}

// The facts of one endpoint, in contact unless a test says otherwise.
struct Ward {
  Holdings holdings;
  Attentions attentions;
  Outbox outbox;
  v1::GetSettingsResponse settings = FourWest();
  std::string endpoint_id = "4w-pc-03";
  Confirmation confirmation;
  ContactState contact;

  Ward() {
    contact.connected = true;
    confirmation.confirmed["log-a"] = Utc("21:10:00");
  }
  v1::Alert& Hold(v1::Alert alert) {
    const std::string id = alert.id();
    holdings[id].alert = std::move(alert);
    return holdings[id].alert;
  }
  Picture At(const std::string& time) const {
    const TimePoint at = Utc(time);
    return Compose({holdings, attentions, outbox, &settings, endpoint_id, confirmation, contact},
                   {at - Utc("00:00:00"), at});
  }
  // The only notice, or an empty one if nothing is shown.
  Notice Shown(const std::string& time) const {
    const Picture picture = At(time);
    return picture.screen.notices.empty() ? Notice() : picture.screen.notices.front();
  }
};

}  // namespace wardcast::agent
