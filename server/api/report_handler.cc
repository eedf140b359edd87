#include "server/api/report_handler.h"

#include <map>
#include <memory>
#include <utility>

#include "base/log.h"
#include "base/proto_time.h"
#include "base/ulid.h"

namespace wardcast {
namespace {

constexpr int kMostReports = 1'000;
constexpr std::size_t kLongestId = 80;
constexpr std::size_t kLongestNote = 800;  // bytes; 200 characters of any script
constexpr std::size_t kLongestInitials = 32;
constexpr std::size_t kLongestRole = 160;

v1::Refusal Refuse(const std::string& id, std::string reason, bool retry) {
  v1::Refusal refusal;
  refusal.set_id(id.substr(0, kLongestId));
  refusal.set_reason(std::move(reason));
  refusal.set_retry(retry);
  return refusal;
}

// What is malformed about an acknowledgement; empty: nothing.
std::string Malformed(const v1::Acknowledgement& ack) {
  if (!IsUlid(ack.id())) return "id must be a ULID";
  if (ack.response() == v1::Response::UNSPECIFIED || !v1::Response::Value_IsValid(ack.response())) {
    return "response must be PROCEDURE_STARTED, NOT_AFFECTED, NEED_HELP or BACK_ENTRY_DONE";
  }
  if (ack.response() == v1::Response::NEED_HELP && ack.help() == v1::HelpKind::UNSPECIFIED)
    return "help must say which help";
  if (ack.note().size() > kLongestNote) return "note is longer than 200 characters";
  if (ack.person().initials().size() > kLongestInitials)
    return "initials are longer than 8 characters";
  if (ack.person().role().size() > kLongestRole) return "role is longer than 40 characters";
  if (ack.ward_id().empty())
    return "ward_id is missing: an unplaced endpoint cannot answer for a ward";
  return {};
}

v1::WardAnswer ToAnswer(const v1::Acknowledgement& ack, const v1::Alert& alert,
                        const v1::Endpoint* endpoint, const std::string& endpoint_id,
                        TimePoint now) {
  v1::WardAnswer answer;
  answer.set_alert_id(ack.alert_id());
  answer.set_ward_id(ack.ward_id());
  answer.set_round(ack.round());
  answer.set_response(ack.response());
  answer.set_help(ack.help());
  answer.set_by(endpoint && !endpoint->name().empty() ? endpoint->name() : endpoint_id);
  *answer.mutable_person() = ack.person();
  *answer.mutable_at() = ToTimestamp(now);
  answer.set_late(alert.state() == v1::State::CLOSED &&
                  ack.response() != v1::Response::BACK_ENTRY_DONE);
  answer.set_from_outside(!endpoint || endpoint->ward_id() != ack.ward_id());
  answer.set_note(ack.note());
  return answer;
}

}  // namespace

Result<v1::Alert> ReportHandler::FindAlert(const std::string& alert_id) {
  if (const AlertFramePtr frame = hub_.FindCurrent(alert_id)) return frame->alert;
  auto stored = store_.LoadAlert(alert_id);
  if (!stored) return std::unexpected(stored.error());
  return std::move(stored->alert);
}

std::optional<v1::Refusal> ReportHandler::Check(const std::string& id, const std::string& alert_id,
                                                const std::string& log_id, int round,
                                                const Result<v1::Alert>& alert) const {
  if (!log_id.empty() && log_id != store_.identity().log_id) {
    return Refuse(id, "this alert is of another log; it is kept until that broker is back", true);
  }
  if (!alert) {
    if (alert.error().code != Code::kNotFound) return Refuse(id, alert.error().message, true);
    return Refuse(id, "there is no alert " + LogSafe(alert_id), false);
  }
  if (round < 1) return Refuse(id, "round must be 1 or more", false);
  // The endpoint is ahead of what this broker has applied: true in a moment.
  if (round > alert->round()) return Refuse(id, "this broker has not seen that round yet", true);
  return std::nullopt;
}

void ReportHandler::Report(const CallContext&, const v1::ReportRequest& request,
                           std::function<void(Result<v1::ReportResponse>)> done) {
  if (request.endpoint_id().empty() || request.endpoint_id().size() > kLongestId) {
    return done(Invalid({{"endpoint_id", "must be 1 to 80 characters"}}));
  }
  if (request.receipts_size() + request.acknowledgements_size() > kMostReports) {
    return done(Invalid({{"receipts", "at most 1,000 receipts and acknowledgements in one call"}}));
  }
  const TimePoint now = clock_.Now();
  const DirectoryPtr directory = hub_.directory();
  const v1::Endpoint* endpoint = directory->FindEndpoint(request.endpoint_id());
  std::map<std::string, Result<v1::Alert>> alerts;
  const auto find = [&](const std::string& id) -> const Result<v1::Alert>& {
    const auto found = alerts.find(id);
    return found != alerts.end() ? found->second : alerts.emplace(id, FindAlert(id)).first->second;
  };

  auto response = std::make_shared<v1::ReportResponse>();
  std::vector<ReceiptRow> receipts;
  std::vector<AnswerRow> answers;
  for (const v1::Receipt& receipt : request.receipts()) {
    if (receipt.kind() == v1::Receipt::Kind::UNSPECIFIED ||
        !v1::Receipt::Kind::Value_IsValid(receipt.kind())) {
      *response->add_refused() =
          Refuse(receipt.id(), "kind must be DELIVERED, DISPLAYED, SEEN or REJECTED", false);
      continue;
    }
    if (auto refusal = Check(receipt.id(), receipt.alert_id(), receipt.log_id(), receipt.round(),
                             find(receipt.alert_id()))) {
      *response->add_refused() = std::move(*refusal);
      continue;
    }
    if (receipt.kind() == v1::Receipt::Kind::REJECTED) {
      SPDLOG_ERROR(
          "endpoint {} rejected alert {}: its signature does not verify with the key that the "
          "endpoint has",
          LogSafe(request.endpoint_id()), receipt.alert_id());
    }
    response->add_recorded_ids(receipt.id());
    receipts.push_back({.alert_id = receipt.alert_id(),
                        .round = receipt.round(),
                        .endpoint_id = request.endpoint_id(),
                        .ward_id = endpoint ? endpoint->ward_id() : std::string(),
                        .kind = receipt.kind(),
                        .endpoint_time = FromTimestamp(receipt.at())});
  }
  for (const v1::Acknowledgement& ack : request.acknowledgements()) {
    if (std::string malformed = Malformed(ack); !malformed.empty()) {
      *response->add_refused() = Refuse(ack.id(), std::move(malformed), false);
      continue;
    }
    const Result<v1::Alert>& alert = find(ack.alert_id());
    if (auto refusal = Check(ack.id(), ack.alert_id(), ack.log_id(), ack.round(), alert)) {
      *response->add_refused() = std::move(*refusal);
      continue;
    }
    if (!directory->FindWard(ack.ward_id())) {
      *response->add_refused() =
          Refuse(ack.id(), "there is no ward " + LogSafe(ack.ward_id()), false);
      continue;
    }
    response->add_recorded_ids(ack.id());
    answers.push_back({.id = ack.id(),
                       .endpoint_id = request.endpoint_id(),
                       .answer = ToAnswer(ack, *alert, endpoint, request.endpoint_id(), now)});
  }
  if (receipts.empty() && answers.empty()) return done(std::move(*response));
  auto shared_done = std::make_shared<decltype(done)>(std::move(done));
  auto committed = [response, shared_done](Result<void> result) {
    if (!result) return (*shared_done)(std::unexpected(result.error()));
    (*shared_done)(std::move(*response));
  };
  if (auto added = journal_.Add(std::move(receipts), std::move(answers), std::move(committed));
      !added) {
    (*shared_done)(std::unexpected(added.error()));
  }
}

}  // namespace wardcast
