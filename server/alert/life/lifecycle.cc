#include "server/alert/lifecycle.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "base/proto_time.h"
#include "server/alert/closing_words.h"
#include "server/alert/defaults.h"
#include "server/alert/edit.h"
#include "server/alert/text_check.h"
#include "server/alert/validation.h"
#include "server/alert/zoned_time.h"

namespace wardcast {
namespace {

constexpr std::size_t kMostClosingText = 300;

// How long endpoints keep a closing version.
constexpr std::chrono::days kClosingKept{7};

std::unexpected<Error> RefuseTakeover() {
  return Fail(Code::kFailedPrecondition,
              "alert.presentation: TAKEOVER is off until two approvers are named: take DIALOG");
}

// What only ending an alert may say.
bool IsEndingPhase(v1::Phase::Value phase) {
  return phase == v1::Phase::RESTORED_VERIFYING || phase == v1::Phase::ALL_CLEAR ||
         phase == v1::Phase::BACK_ENTRY;
}

FieldViolation EndingPhase() {
  return {"alert.phase", "is reached by ending the alert: EndAlert, restored or all clear"};
}

const char* ClosedWord(v1::Closing::Value closing) {
  if (closing == v1::Closing::RECALLED) return "recalled";
  return closing == v1::Closing::EXPIRED ? "expired" : "ended";
}

std::unexpected<Error> RefuseClosed(const v1::Alert& current) {
  return Fail(Code::kFailedPrecondition, std::string("the alert was ") +
                                             ClosedWord(current.closing()) + " at " +
                                             ToRfc3339(FromTimestamp(current.changed_at().at())) +
                                             " and cannot change any more: publish a new one");
}

// What was only a default, and is not edited, follows what it came from.
void ReleaseDefaults(const v1::Alert& current, const FieldNames& edited, const Directory& directory,
                     v1::Alert& alert) {
  if (!edited.contains("presentation") &&
      current.presentation() == DefaultPresentation(current.severity())) {
    alert.clear_presentation();
  }
  if (!edited.contains("audience")) return;
  const v1::Site* home = HomeSite(current, directory);
  if (!home) return;
  if (!edited.contains("phone") && current.phone() == home->phone()) alert.clear_phone();
  if (!edited.contains("phone_fallback") && current.phone_fallback() == home->phone_fallback())
    alert.clear_phone_fallback();
  if (!edited.contains("zone") && current.zone() == home->zone()) alert.clear_zone();
}

// One more revision, changed now.
void Touch(v1::Alert& alert, TimePoint now) {
  alert.set_revision(alert.revision() + 1);
  *alert.mutable_changed_at() = ToZoned(now, alert.zone());
}

v1::Alert Closed(const v1::Alert& current, v1::Closing::Value closing, std::string text,
                 TimePoint now) {
  v1::Alert alert = current;
  alert.set_state(v1::State::CLOSED);
  alert.set_closing(closing);
  alert.set_closing_text(std::move(text));
  alert.clear_next_update();
  alert.clear_what_changed();
  *alert.mutable_expires() = ToTimestamp(now + kClosingKept);
  Touch(alert, now);
  return alert;
}

}  // namespace

Result<v1::Alert> NewAlert(const v1::Alert& written, const Directory& directory,
                           const std::string& published_by, TimePoint now) {
  v1::Alert alert = written;
  alert.DiscardUnknownFields();
  ClearOutputOnly(alert);
  // The start that it would get, so that an end before it is noticed.
  if (!alert.has_start()) *alert.mutable_start() = ToZoned(now, {});
  std::vector<FieldViolation> violations = CheckAlert(alert, directory);
  if (IsEndingPhase(alert.phase())) violations.push_back(EndingPhase());
  if (!violations.empty()) return Invalid(std::move(violations));
  if (alert.presentation() == v1::Presentation::TAKEOVER) return RefuseTakeover();

  FillDefaults(alert, directory, now);
  if (auto size = CheckSize(alert)) return Invalid({std::move(*size)});
  alert.set_state(v1::State::ACTIVE);
  alert.set_revision(1);
  alert.set_round(1);
  alert.set_published_by(published_by);
  *alert.mutable_published_at() = ToZoned(now, alert.zone());
  *alert.mutable_changed_at() = alert.published_at();
  *alert.mutable_expires() = ToTimestamp(ExpiresAt(alert, now));
  return alert;
}

Result<std::optional<v1::Alert>> UpdatedAlert(const v1::Alert& current,
                                              const v1::UpdateAlertRequest& request,
                                              const Directory& directory, TimePoint now) {
  if (current.state() == v1::State::CLOSED) return RefuseClosed(current);
  if (request.expected_revision() != 0 && request.expected_revision() != current.revision()) {
    return Fail(Code::kAborted,
                "you edited revision " + std::to_string(request.expected_revision()) +
                    ", the alert is at revision " + std::to_string(current.revision()) +
                    " by now: read it again and repeat your change");
  }
  const auto fields = EditedFields(current, request);
  if (!fields) return std::unexpected(fields.error());

  v1::Alert alert = current;
  CopyFields(request.alert(), *fields, alert);
  ReleaseDefaults(current, *fields, directory, alert);
  const bool phase_given = fields->contains("phase");
  if (phase_given && alert.phase() != current.phase() && IsEndingPhase(alert.phase()))
    return Invalid({EndingPhase()});
  // Restored, and down again after all.
  if (phase_given && !IsEndingPhase(alert.phase())) alert.set_state(v1::State::ACTIVE);
  if (!alert.has_start()) *alert.mutable_start() = current.published_at();

  auto violations = CheckAlert(alert, directory);
  if (!violations.empty()) return Invalid(std::move(violations));
  if (alert.presentation() == v1::Presentation::TAKEOVER) return RefuseTakeover();
  FillDefaults(alert, directory, now);
  if (auto size = CheckSize(alert)) return Invalid({std::move(*size)});

  const bool asked = request.re_alert() == v1::ReAlert::YES;
  if (!asked && alert.SerializeAsString() == current.SerializeAsString()) return std::nullopt;
  const bool again =
      asked || (request.re_alert() != v1::ReAlert::NO && CallsAttention(current, alert, directory));
  if (again) {
    int round = current.round();
    for (const v1::WardOverride& ward : current.ward_overrides())
      round = std::max(round, ward.round());
    alert.set_round(round + 1);
    alert.clear_ward_overrides();
  }
  alert.set_what_changed(WhatChanged(current, alert));
  *alert.mutable_expires() = ToTimestamp(ExpiresAt(alert, now));
  Touch(alert, now);
  return alert;
}

Result<std::optional<v1::Alert>> EndedAlert(const v1::Alert& current,
                                            const v1::EndAlertRequest& request, TimePoint now) {
  std::vector<FieldViolation> violations;
  CheckText("text", request.text(), kMostClosingText, violations);
  CheckLines("back_entry", request.back_entry(), 20, 200, violations);
  if (!violations.empty()) return Invalid(std::move(violations));
  if (current.state() == v1::State::CLOSED) {
    if (current.closing() == v1::Closing::ENDED) return std::nullopt;
    return RefuseClosed(current);
  }
  if (!request.all_clear() && current.state() == v1::State::RECOVERING) return std::nullopt;

  v1::Alert alert = current;
  if (request.all_clear()) {
    alert = Closed(current, v1::Closing::ENDED,
                   request.text().empty() ? AllClearWords(current, now) : request.text(), now);
    if (alert.kind() != v1::Kind::INFORMATION) alert.set_phase(v1::Phase::ALL_CLEAR);
  } else {
    alert.set_state(v1::State::RECOVERING);
    alert.set_phase(v1::Phase::RESTORED_VERIFYING);
    alert.set_what_changed(request.text().empty() ? std::string(kRestoredWords) : request.text());
    *alert.mutable_expires() = ToTimestamp(ExpiresAt(alert, now));
    Touch(alert, now);
  }
  if (request.back_entry_size() > 0) *alert.mutable_back_entry() = request.back_entry();
  return alert;
}

Result<std::optional<v1::Alert>> RecalledAlert(const v1::Alert& current,
                                               const v1::RecallAlertRequest& request,
                                               TimePoint now) {
  std::vector<FieldViolation> violations;
  CheckText("reason", request.reason(), kMostClosingText, violations);
  if (!violations.empty()) return Invalid(std::move(violations));
  if (current.state() == v1::State::CLOSED) {
    if (current.closing() == v1::Closing::RECALLED) return std::nullopt;
    return RefuseClosed(current);
  }
  return Closed(current, v1::Closing::RECALLED, RecallWords(current, request.reason(), now), now);
}

std::optional<v1::Alert> ExpiredAlert(const v1::Alert& current, TimePoint now) {
  const bool never_started =
      current.kind() == v1::Kind::PLANNED_DOWNTIME &&
      (current.phase() == v1::Phase::ANNOUNCED || current.phase() == v1::Phase::POSTPONED);
  if (current.kind() != v1::Kind::INFORMATION && !never_started) return std::nullopt;
  if (current.state() == v1::State::CLOSED || !current.has_expires()) return std::nullopt;
  if (now < FromTimestamp(current.expires())) return std::nullopt;
  return Closed(current, v1::Closing::EXPIRED, ExpiryWords(current, now), now);
}

}  // namespace wardcast
