#include "server/api/acknowledge_handler.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/log.h"
#include "base/proto_time.h"
#include "base/ulid.h"

namespace wardcast {
namespace {

constexpr std::size_t kLongestNote = 800;        // bytes; 200 characters of any script
constexpr std::size_t kLongestInitials = 32;     // bytes; 8 characters
constexpr std::size_t kLongestPersonRole = 160;  // bytes; 40 characters

std::vector<FieldViolation> Check(const v1::AcknowledgeAlertRequest& request,
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
      request.response() != v1::Response::BACK_ENTRY_DONE) {
    violations.push_back(
        {"response", "must be PROCEDURE_STARTED, NOT_AFFECTED or BACK_ENTRY_DONE"});
  }
  if (request.round() < 0 || request.round() > alert.round()) {
    violations.push_back(
        {"round", "must be 0 (the current one) to " + std::to_string(alert.round())});
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

}  // namespace

void AcknowledgeHandler::AcknowledgeAlert(
    const CallContext& context, const v1::AcknowledgeAlertRequest& request,
    std::function<void(Result<v1::AcknowledgeAlertResponse>)> done) {
  auto stored = store_.LoadAlert(request.alert_id());
  if (!stored) return done(std::unexpected(stored.error()));
  auto expected = store_.LoadExpected(request.alert_id());
  if (!expected) return done(std::unexpected(expected.error()));
  const v1::Alert& alert = stored->alert;
  if (auto violations = Check(request, alert, *expected); !violations.empty())
    return done(Invalid(std::move(violations)));

  const TimePoint now = clock_.Now();
  AnswerRow row{.id = request.request_id().empty() ? NewUlid(now) : request.request_id(),
                .endpoint_id = {},
                .answer = {}};
  v1::WardAnswer& answer = row.answer;
  answer.set_alert_id(alert.id());
  answer.set_ward_id(request.ward_id());
  answer.set_round(request.round() == 0 ? alert.round() : request.round());
  answer.set_response(request.response());
  answer.set_by("command centre");
  *answer.mutable_person() = request.person();
  *answer.mutable_at() = ToTimestamp(now);
  answer.set_late(alert.state() == v1::State::CLOSED &&
                  request.response() != v1::Response::BACK_ENTRY_DONE);
  answer.set_from_outside(true);
  answer.set_note(request.note());

  auto response = std::make_shared<v1::AcknowledgeAlertResponse>();
  *response->mutable_answer() = answer;
  *response->mutable_alert() = alert;
  SPDLOG_INFO("alert {} acknowledged for ward {} by {}", alert.id(), LogSafe(request.ward_id()),
              LogSafe(context.caller));
  auto shared_done = std::make_shared<decltype(done)>(std::move(done));
  std::vector<AnswerRow> rows;
  rows.push_back(std::move(row));
  auto added = journal_.Add({}, std::move(rows), [response, shared_done](Result<void> result) {
    if (!result) return (*shared_done)(std::unexpected(result.error()));
    (*shared_done)(std::move(*response));
  });
  if (!added) (*shared_done)(std::unexpected(added.error()));
}

}  // namespace wardcast
