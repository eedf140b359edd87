#include "tests/house/reporting_pc.h"

#include <algorithm>

#include "base/proto_time.h"
#include "base/ulid.h"

namespace wardcast::testing {

void ReportingPc::Receive(const v1::Alert& alert, v1::Receipt::Kind::Value kind) {
  v1::Receipt& receipt = *waiting_.add_receipts();
  receipt.set_id(NewUlid(clock_.Now()));
  receipt.set_alert_id(alert.id());
  receipt.set_log_id(alert.log_id());
  receipt.set_round(alert.round());
  receipt.set_kind(kind);
  *receipt.mutable_at() = ToTimestamp(Now());
  using Kind = v1::Receipt::Kind;
  if (kind == Kind::DISPLAYED || kind == Kind::SEEN) displayed.insert({alert.id(), alert.round()});
}

std::string ReportingPc::Press(const v1::Alert& alert, const std::string& ward_id,
                               v1::Response::Value response) {
  v1::Acknowledgement& ack = *waiting_.add_acknowledgements();
  ack.set_id(NewUlid(clock_.Now()));
  ack.set_alert_id(alert.id());
  ack.set_log_id(alert.log_id());
  ack.set_round(alert.round());
  ack.set_ward_id(ward_id);
  ack.set_response(response);
  ack.set_note(ack.id());
  *ack.mutable_pressed_at() = ToTimestamp(Now());
  answered[ack.id()] = alert.id();
  return ack.id();
}

Result<v1::ReportResponse> ReportingPc::Send(BrokerPart& broker, Answer answer) {
  waiting_.set_endpoint_id(pc.id());
  auto response = broker.Call<v1::ReportResponse>("EndpointService/Report", waiting_);
  if (!response) return response;
  if (answer == Answer::kIsLost) return Fail(Code::kUnavailable, "the answer was lost");
  std::set<std::string> settled(response->recorded_ids().begin(), response->recorded_ids().end());
  confirmed.insert(settled.begin(), settled.end());
  for (const v1::Refusal& refusal : response->refused()) {
    if (refusal.retry()) continue;
    refused[refusal.id()] = refusal.reason();
    settled.insert(refusal.id());
  }
  v1::ReportRequest left;
  for (const v1::Receipt& receipt : waiting_.receipts()) {
    if (!settled.contains(receipt.id())) *left.add_receipts() = receipt;
  }
  for (const v1::Acknowledgement& ack : waiting_.acknowledgements()) {
    if (!settled.contains(ack.id())) *left.add_acknowledgements() = ack;
  }
  waiting_ = left;
  return response;
}

void ReportingPc::RenameAll() {
  for (v1::Receipt& receipt : *waiting_.mutable_receipts()) receipt.set_id(NewUlid(Now()));
  for (v1::Acknowledgement& ack : *waiting_.mutable_acknowledgements()) ack.set_id(NewUlid(Now()));
}

}  // namespace wardcast::testing
