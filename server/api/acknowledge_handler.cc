#include "server/api/acknowledge_handler.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/log.h"
#include "base/proto_time.h"
#include "base/ulid.h"
#include "server/access/roles/scope_check.h"
#include "server/alert/answer_limits.h"
#include "server/alert/drills/drill.h"
#include "server/alert/ward_round.h"
#include "server/alert/warnings.h"
#include "server/api/alerts/call.h"
#include "server/api/alerts/sending.h"

namespace wardcast {
namespace {

std::vector<FieldViolation> CheckAcknowledgement(const v1::AcknowledgeAlertRequest& request,
                                                 const v1::Alert& alert,
                                                 const std::vector<ExpectedWard>& expected) {
  std::vector<FieldViolation> violations;
  if (!request.request_id().empty() && !IsUlid(request.request_id())) {
    violations.push_back({"request_id", "must be a ULID, or empty"});
  }
  if (std::ranges::find(expected, request.ward_id(), &ExpectedWard::ward_id) == expected.end() ||
      request.ward_id().empty()) {
    violations.push_back(
        {"ward_id", "this alert never concerned a ward \"" + LogSafe(request.ward_id()) + "\""});
  }
  if (request.response() != v1::Response::PROCEDURE_STARTED &&
      request.response() != v1::Response::NOT_AFFECTED &&
      request.response() != v1::Response::BACK_ENTRY_DONE &&
      !(request.response() == v1::Response::REAL_PROBLEM && IsDrill(alert))) {
    violations.push_back({"response",
                          "must be PROCEDURE_STARTED, NOT_AFFECTED or BACK_ENTRY_DONE; "
                          "REAL_PROBLEM only for a drill"});
  }
  const int round = RoundOf(alert, request.ward_id());
  if (request.round() < 0 || request.round() > round) {
    violations.push_back({"round", "must be 0 (the current one) to " + std::to_string(round)});
  }
  if (request.note().size() > kLongestNote)
    violations.push_back({"note", "must be at most 200 characters"});
  if (request.person().initials().size() > kLongestInitials) {
    violations.push_back({"person.initials", "must be at most 8 characters"});
  }
  if (request.person().role().size() > kLongestPersonRole) {
    violations.push_back({"person.role", "must be at most 40 characters"});
  }
  return violations;
}

// What names the answer: two callers may choose the same request_id.
std::string AnswerId(const std::string& caller, const std::string& request_id, TimePoint now) {
  if (request_id.empty()) return NewUlid(now);
  return request_id + "-" + Sha256Hex(caller + "\n" + request_id).substr(0, 16);
}

v1::WardAnswer ToOutsideAnswer(const v1::AcknowledgeAlertRequest& request, const v1::Alert& alert,
                               TimePoint now) {
  v1::WardAnswer answer;
  answer.set_alert_id(alert.id());
  answer.set_ward_id(request.ward_id());
  answer.set_round(request.round() == 0 ? RoundOf(alert, request.ward_id()) : request.round());
  answer.set_response(request.response());
  answer.set_by("command centre");
  *answer.mutable_person() = request.person();
  *answer.mutable_at() = ToTimestamp(now);
  answer.set_late(alert.state() == v1::State::CLOSED &&
                  request.response() != v1::Response::BACK_ENTRY_DONE);
  answer.set_from_outside(true);
  answer.set_note(request.note());
  return answer;
}

// Whether `request` asks for what is recorded as `answer`. Round 0 was the current one then.
bool IsSame(const v1::AcknowledgeAlertRequest& request, const v1::WardAnswer& answer) {
  return request.alert_id() == answer.alert_id() && request.ward_id() == answer.ward_id() &&
         (request.round() == 0 || request.round() == answer.round()) &&
         request.response() == answer.response() && request.note() == answer.note() &&
         request.person().SerializeAsString() == answer.person().SerializeAsString();
}

v1::AcknowledgeAlertResponse Answered(const v1::Alert& alert, v1::WardAnswer answer) {
  v1::AcknowledgeAlertResponse response;
  *response.mutable_alert() = alert;
  *response.mutable_answer() = std::move(answer);
  return response;
}

}  // namespace

void AcknowledgeHandler::AcknowledgeAlert(
    const CallContext& context, const v1::AcknowledgeAlertRequest& request,
    std::function<void(Result<v1::AcknowledgeAlertResponse>)> done) {
  const TimePoint now = clock_.Now();
  if (auto allowed = CheckWard(*context.identity, request.ward_id(), *hub_.directory()); !allowed)
    return done(std::unexpected(allowed.error()));
  const auto stored = store_.LoadAlert(request.alert_id());
  if (!stored) return done(std::unexpected(stored.error()));
  const auto expected = store_.LoadExpected(request.alert_id());
  if (!expected) return done(std::unexpected(expected.error()));
  const v1::Alert& alert = stored->alert;
  if (auto violations = CheckAcknowledgement(request, alert, *expected); !violations.empty())
    return done(Invalid(std::move(violations)));
  if (auto checked = CheckPatientDataReason(request.patient_data_reason()); !checked)
    return done(std::unexpected(checked.error()));
  const std::vector<v1::Warning> warnings = WarningsOf("note", request.note());
  if (auto clean = CheckPatientData(warnings, request.patient_data_reason()); !clean)
    return done(std::unexpected(clean.error()));

  const std::string id = AnswerId(context.caller, request.request_id(), now);
  {
    const MutexLock lock(mu_);
    if (!under_way_.insert(id).second) {
      return done(FailFor(Code::kUnavailable, "the same request is being recorded; try again",
                          std::chrono::seconds(1)));
    }
  }
  const auto finish = [this, id, shared = std::make_shared<decltype(done)>(std::move(done))](
                          Result<v1::AcknowledgeAlertResponse> result) {
    {
      const MutexLock lock(mu_);
      under_way_.erase(id);
    }
    (*shared)(std::move(result));
  };
  if (!request.request_id().empty()) {
    auto recorded = store_.FindAnswer(id);
    if (!recorded) return finish(std::unexpected(recorded.error()));
    if (*recorded && !IsSame(request, **recorded)) {
      return finish(
          Fail(Code::kAlreadyExists, "request_id " + request.request_id() +
                                         " was used for another acknowledgement; use a new one"));
    }
    if (*recorded) return finish(Answered(alert, std::move(**recorded)));
  }
  v1::WardAnswer answer = ToOutsideAnswer(request, alert, now);
  SPDLOG_INFO("alert {} acknowledged for ward {} by {}", alert.id(), LogSafe(request.ward_id()),
              LogSafe(context.identity->LogName()));
  auto response = std::make_shared<v1::AcknowledgeAlertResponse>(Answered(alert, answer));
  std::vector<AnswerRow> rows;
  rows.push_back(
      {.id = id, .endpoint_id = {}, .answer = std::move(answer), .pressed_at = TimePoint{}});
  const auto answered = [finish, response] { finish(std::move(*response)); };
  std::function<void()> committed = answered;
  if (TakesPatientDataReason(warnings)) {
    committed = [this, answered,
                 entry =
                     PatientDataReasonEntry(context, alert.id(), request.patient_data_reason())] {
      audit_.RecordThen(entry, answered);
    };
  }
  const auto added = journal_.Add({}, std::move(rows),
                                  [finish, committed = std::move(committed)](Result<void> result) {
                                    if (!result) return finish(std::unexpected(result.error()));
                                    committed();
                                  });
  if (!added) finish(std::unexpected(added.error()));
}

}  // namespace wardcast
