#include "server/api/report_handler.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "base/endpoint_id.h"
#include "base/log.h"
#include "base/proto_time.h"
#include "base/ulid.h"
#include "server/alert/answer_limits.h"
#include "server/alert/drills/drill.h"
#include "server/alert/ward_round.h"

namespace wardcast {
namespace {

constexpr int kMostReports = 1'000;
// Answers of one endpoint for one ward in one round. Nobody presses so often; a page that does
// would fill every other's memory.
constexpr int kMostAnswers = 50;

v1::Refusal Refuse(const std::string& id, std::string reason, bool retry) {
  v1::Refusal refusal;
  refusal.set_id(id.size() <= kLongestId ? id : LogSafe(id.substr(0, kLongestId)));
  refusal.set_reason(std::move(reason));
  refusal.set_retry(retry);
  return refusal;
}

// Printable ASCII without a space, as every id of ours is.
bool IsPlainId(const std::string& id) {
  return !id.empty() && id.size() <= kLongestId &&
         std::ranges::all_of(id, [](char c) { return c > ' ' && c < '\x7f'; });
}

// An endpoint's clock may be anything; what is kept stays a time that every reader can print.
TimePoint TimeOf(const google::protobuf::Timestamp& said) {
  return std::clamp(FromTimestamp(said), TimePoint{}, kYear2200);
}

// What is malformed about a report; empty: nothing.
std::string Malformed(const v1::Receipt& receipt) {
  if (!IsPlainId(receipt.id())) return "id must be a ULID";
  if (receipt.kind() == v1::Receipt::Kind::UNSPECIFIED ||
      !v1::Receipt::Kind::Value_IsValid(receipt.kind())) {
    return "kind must be DELIVERED, DISPLAYED, SEEN or REJECTED";
  }
  return {};
}

std::string Malformed(const v1::Acknowledgement& ack) {
  if (!IsUlid(ack.id())) return "id must be a ULID";
  if (ack.response() == v1::Response::UNSPECIFIED || !v1::Response::Value_IsValid(ack.response())) {
    return "response must be PROCEDURE_STARTED, NOT_AFFECTED, NEED_HELP, BACK_ENTRY_DONE or "
           "REAL_PROBLEM";
  }
  if (ack.response() == v1::Response::NEED_HELP && ack.help() == v1::HelpKind::UNSPECIFIED)
    return "help must say which help";
  if (!v1::HelpKind::Value_IsValid(ack.help())) return "help is none of the kinds of help";
  if (ack.note().size() > kLongestNote) return "note is longer than 200 characters";
  if (ack.person().initials().size() > kLongestInitials)
    return "initials are longer than 8 characters";
  if (ack.person().role().size() > kLongestPersonRole) return "role is longer than 40 characters";
  if (ack.ward_id().empty())
    return "ward_id is missing: an unplaced endpoint cannot answer for a ward";
  if (!IsPlainId(ack.ward_id())) return "ward_id is not the id of a ward";
  return {};
}

// What the alert has no place for; empty: nothing.
std::string Misplaced(const v1::Receipt&, const v1::Alert&) { return {}; }

std::string Misplaced(const v1::Acknowledgement& ack, const v1::Alert& alert) {
  if (ack.response() != v1::Response::REAL_PROBLEM || IsDrill(alert)) return {};
  return "REAL_PROBLEM is for drills only: this notice is real";
}

v1::WardAnswer ToAnswer(const v1::Acknowledgement& ack, const v1::Alert& alert, std::string by,
                        bool from_outside, TimePoint now) {
  v1::WardAnswer answer;
  answer.set_alert_id(ack.alert_id());
  answer.set_ward_id(ack.ward_id());
  answer.set_round(ack.round());
  answer.set_response(ack.response());
  answer.set_help(ack.help());
  answer.set_by(std::move(by));
  *answer.mutable_person() = ack.person();
  *answer.mutable_at() = ToTimestamp(now);
  answer.set_late(alert.state() == v1::State::CLOSED &&
                  ack.response() != v1::Response::BACK_ENTRY_DONE);
  answer.set_from_outside(from_outside);
  answer.set_note(ack.note());
  return answer;
}

}  // namespace

ReportHandler::Alerts ReportHandler::FindAlerts(const v1::ReportRequest& request) {
  Alerts alerts;
  std::set<std::string> others;
  const auto look = [&](const std::string& id) {
    if (!IsPlainId(id) || alerts.found.contains(id) || others.contains(id)) return;
    if (const AlertFramePtr frame = hub_.FindCurrent(id)) {
      alerts.found.emplace(id, std::shared_ptr<const v1::Alert>(frame, &frame->alert));
    } else {
      others.insert(id);
    }
  };
  for (const v1::Receipt& receipt : request.receipts()) look(receipt.alert_id());
  for (const v1::Acknowledgement& ack : request.acknowledgements()) look(ack.alert_id());
  if (others.empty()) return alerts;
  auto stored = store_.LoadAlerts({others.begin(), others.end()});
  if (!stored) {
    alerts.failed = stored.error();
    return alerts;
  }
  for (StoredAlert& one : *stored) {
    auto alert = std::make_shared<const v1::Alert>(std::move(one.alert));
    alerts.found.emplace(alert->id(), alert);
  }
  return alerts;
}

template <class Message>
std::optional<v1::Refusal> ReportHandler::Check(const Message& report,
                                                const Reporter& reporter) const {
  const LogIdentity& log = reporter.log;
  const std::string& id = report.id();
  if (std::string malformed = Malformed(report); !malformed.empty())
    return Refuse(id, std::move(malformed), false);
  if (!report.log_id().empty() && report.log_id() != log.log_id) {
    return Refuse(id, "this alert is of another log; it is kept until that broker is back", true);
  }
  const auto found = reporter.alerts.found.find(report.alert_id());
  if (found == reporter.alerts.found.end()) {
    if (reporter.alerts.failed) return Refuse(id, reporter.alerts.failed->message, true);
    // An alert that this life of the log has lost, or one that this broker has not heard of: both
    // may come back, so what was pressed is kept.
    if (report.generation() != 0 && report.generation() != log.generation) {
      return Refuse(id, "this alert is of another generation of the log; it is kept", true);
    }
    return Refuse(id, "there is no alert " + LogSafe(report.alert_id()), false);
  }
  const v1::Alert& alert = *found->second;
  if (std::string misplaced = Misplaced(report, alert); !misplaced.empty())
    return Refuse(id, std::move(misplaced), false);
  if (report.round() < 1) return Refuse(id, "round must be 1 or more", false);
  // The endpoint is ahead of what this broker has applied: true in a moment.
  if (report.round() > HighestRound(alert))
    return Refuse(id, "this broker has not seen that round yet", true);
  return std::nullopt;
}

Result<bool> ReportHandler::WasInWard(const Reporter& reporter, const v1::Alert& alert,
                                      const std::string& ward_id) {
  if (reporter.endpoint && reporter.endpoint->ward_id() == ward_id) return true;
  auto was_in = places_.WasInWard(reporter.endpoint_id, ward_id,
                                  FromTimestamp(alert.published_at().at()), *reporter.directory);
  if (!was_in || *was_in || reporter.directory->FindWard(ward_id)) return was_in;
  // The ward left the directory; what concerned it can still be answered.
  auto expected = store_.LoadExpected(alert.id());
  if (!expected) return std::unexpected(expected.error());
  if (std::ranges::find(*expected, ward_id, &ExpectedWard::ward_id) != expected->end())
    return false;
  return Fail(Code::kNotFound, "there is no ward " + LogSafe(ward_id));
}

Result<void> ReportHandler::CheckCount(const v1::Acknowledgement& ack, const v1::WardAnswer& answer,
                                       Reporter& reporter) {
  const std::string about =
      ack.alert_id() + " " + ack.ward_id() + " " + std::to_string(ack.round());
  if (hub_.CountAnswers(answer) + ++reporter.answered[about] <= kMostAnswers) return {};
  // One that is recorded already is only confirmed again.
  auto recorded = store_.FindAnswer(ack.id());
  if (!recorded) return std::unexpected(recorded.error());
  if (*recorded) return {};
  return Fail(Code::kResourceExhausted,
              "this endpoint has answered " + std::to_string(kMostAnswers) +
                  " times for this ward already; the answers before count");
}

std::expected<AnswerRow, v1::Refusal> ReportHandler::ToRow(const v1::Acknowledgement& ack,
                                                           Reporter& reporter, TimePoint now) {
  const v1::Alert& alert = *reporter.alerts.found.at(ack.alert_id());
  const auto inside = WasInWard(reporter, alert, ack.ward_id());
  if (!inside) {
    return std::unexpected(
        Refuse(ack.id(), inside.error().message, inside.error().code != Code::kNotFound));
  }
  const bool named = reporter.endpoint && !reporter.endpoint->name().empty();
  v1::WardAnswer answer =
      ToAnswer(ack, alert, named ? reporter.endpoint->name() : reporter.endpoint_id, !*inside, now);
  if (const auto counted = CheckCount(ack, answer, reporter); !counted) {
    return std::unexpected(Refuse(ack.id(), counted.error().message,
                                  counted.error().code != Code::kResourceExhausted));
  }
  return AnswerRow{.id = ack.id(),
                   .endpoint_id = reporter.endpoint_id,
                   .answer = std::move(answer),
                   .pressed_at = TimeOf(ack.pressed_at())};
}

void ReportHandler::Report(const CallContext&, const v1::ReportRequest& request,
                           std::function<void(Result<v1::ReportResponse>)> done) {
  if (!IsEndpointId(request.endpoint_id())) {
    return done(Invalid({{"endpoint_id", "must be 1 … 80 of a-z 0-9 . _ -, as in Subscribe"}}));
  }
  if (request.receipts_size() > kMostReports || request.acknowledgements_size() > kMostReports ||
      request.receipts_size() + request.acknowledgements_size() > kMostReports) {
    return done(Invalid({{"receipts", "at most 1,000 receipts and acknowledgements in one call"}}));
  }
  if (request.goodbye()) hub_.HearGoodbye(request.endpoint_id());
  if (request.screen_state() != v1::ScreenState::UNSPECIFIED)
    hub_.HearScreen(request.endpoint_id(), request.screen_state());
  const TimePoint now = clock_.Now();
  Reporter reporter{.endpoint_id = request.endpoint_id(),
                    .log = store_.identity(),
                    .directory = hub_.directory(),
                    .endpoint = nullptr,
                    .alerts = FindAlerts(request),
                    .answered = {}};
  reporter.endpoint = reporter.directory->FindEndpoint(request.endpoint_id());

  auto response = std::make_shared<v1::ReportResponse>();
  std::vector<ReceiptRow> receipts;
  std::vector<AnswerRow> answers;
  bool rejected = false;
  for (const v1::Receipt& receipt : request.receipts()) {
    if (auto refusal = Check(receipt, reporter)) {
      *response->add_refused() = std::move(*refusal);
      continue;
    }
    if (receipt.kind() == v1::Receipt::Kind::REJECTED && !std::exchange(rejected, true)) {
      SPDLOG_ERROR(
          "endpoint {} rejected alert {}: its signature does not verify with the key that the "
          "endpoint has",
          request.endpoint_id(), receipt.alert_id());
    }
    response->add_recorded_ids(receipt.id());
    receipts.push_back({.alert_id = receipt.alert_id(),
                        .round = receipt.round(),
                        .endpoint_id = request.endpoint_id(),
                        .ward_id = reporter.endpoint ? reporter.endpoint->ward_id() : std::string(),
                        .kind = receipt.kind(),
                        .endpoint_time = TimeOf(receipt.at())});
  }
  for (const v1::Acknowledgement& ack : request.acknowledgements()) {
    if (auto refusal = Check(ack, reporter)) {
      *response->add_refused() = std::move(*refusal);
      continue;
    }
    auto row = ToRow(ack, reporter, now);
    if (!row) {
      *response->add_refused() = std::move(row.error());
      continue;
    }
    response->add_recorded_ids(ack.id());
    answers.push_back(std::move(*row));
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
