#include "tests/programs/keen_pc.h"

#include <algorithm>
#include <tuple>

#include "base/clock.h"
#include "base/proto_time.h"
#include "base/ulid.h"
#include "tests/programs/own_channel.h"

namespace wardcast::testing {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kAgain{100};

bool IsOpen(const v1::Alert& alert) { return alert.state() != v1::State::CLOSED; }

}  // namespace

KeenPc::KeenPc(std::string id, std::string ward, const std::string& broker)
    : id_(std::move(id)),
      ward_(std::move(ward)),
      stub_(v1::EndpointService::NewStub(OwnChannel(broker))),
      listener_([this](const std::stop_token& stop) { Listen(stop); }),
      reporter_([this](const std::stop_token& stop) { Report(stop); }) {}

KeenPc::~KeenPc() {
  listener_.request_stop();
  reporter_.request_stop();
  const MutexLock lock(mu_);
  if (listening_) listening_->TryCancel();
  changed_.NotifyAll();
}

KeenPc::Ledger KeenPc::ledger() {
  const MutexLock lock(mu_);
  return ledger_;
}

bool KeenPc::settled() {
  const MutexLock lock(mu_);
  return synced_ && ledger_.pressed.size() == ledger_.confirmed.size() + ledger_.refused.size();
}

v1::SubscribeRequest KeenPc::Greeting() {
  v1::SubscribeRequest request;
  request.mutable_endpoint()->set_id(id_);
  for (const auto& [id, alert] : ledger_.held) {
    v1::Known& known = *request.add_known();
    known.set_alert_id(id);
    known.set_log_id(alert.log_id());
    known.set_generation(alert.generation());
    known.set_version(alert.version());
  }
  request.set_max_seen_sequence(sequence_);
  request.set_max_seen_log_id(log_id_);
  request.set_max_seen_generation(generation_);
  return request;
}

void KeenPc::Listen(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    grpc::ClientContext context;
    context.set_wait_for_ready(true);
    v1::SubscribeRequest request;
    {
      const MutexLock lock(mu_);
      request = Greeting();
      listening_ = &context;
    }
    const auto reader = stub_->Subscribe(&context, request);
    v1::SubscribeResponse message;
    while (!stop.stop_requested() && reader->Read(&message)) {
      const MutexLock lock(mu_);
      Take(message);
    }
    context.TryCancel();
    reader->Finish();
    const MutexLock lock(mu_);
    listening_ = nullptr;
    synced_ = false;
    if (!stop.stop_requested()) changed_.WaitFor(mu_, kAgain);
  }
}

void KeenPc::Take(const v1::SubscribeResponse& message) {
  if (message.synced()) {
    synced_ = true;
    ++ledger_.contacts;
  }
  if (!message.log_id().empty()) {
    if (message.log_id() != log_id_ || message.generation() != generation_) sequence_ = 0;
    log_id_ = message.log_id();
    generation_ = message.generation();
  }
  sequence_ = std::max(sequence_, message.sequence());
  for (const v1::SignedAlert& one : message.alerts()) {
    v1::Alert alert;
    if (!alert.ParseFromString(one.payload())) continue;
    v1::Alert& held = ledger_.held[alert.id()];
    ++ledger_.versions[{alert.id(), alert.version()}];
    const auto stamp = [](const v1::Alert& a) { return std::tuple(a.generation(), a.version()); };
    if (stamp(alert) <= stamp(held)) {
      if (stamp(alert) < stamp(held)) ++ledger_.older;
      continue;
    }
    if (!held.id().empty() && !IsOpen(held) && IsOpen(alert)) ++ledger_.reopened;
    const bool calls = IsOpen(alert) && alert.round() > held.round();
    held = alert;
    if (calls) Press(alert);
  }
  for (const v1::RemovedAlert& removed : message.removed()) ledger_.held.erase(removed.alert_id());
}

void KeenPc::Press(const v1::Alert& alert) {
  const TimePoint now = SystemClock().Now();
  v1::Acknowledgement& ack = *waiting_.add_acknowledgements();
  ack.set_id(NewUlid(now));
  ack.set_alert_id(alert.id());
  ack.set_log_id(alert.log_id());
  ack.set_round(alert.round());
  ack.set_ward_id(ward_);
  ack.set_response(v1::Response::PROCEDURE_STARTED);
  ack.set_note(ack.id());  // by it the answer is found again
  *ack.mutable_pressed_at() = ToTimestamp(now);
  v1::Receipt& receipt = *waiting_.add_receipts();
  receipt.set_id(NewUlid(now));
  receipt.set_alert_id(alert.id());
  receipt.set_log_id(alert.log_id());
  receipt.set_round(alert.round());
  receipt.set_kind(v1::Receipt::Kind::DISPLAYED);
  *receipt.mutable_at() = ToTimestamp(now);
  ledger_.pressed[ack.id()] = alert.id();
  changed_.NotifyAll();
}

void KeenPc::Report(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    v1::ReportRequest request;
    {
      const MutexLock lock(mu_);
      if (waiting_.acknowledgements_size() == 0) {
        changed_.WaitFor(mu_, kAgain);
        continue;
      }
      request = waiting_;
    }
    request.set_endpoint_id(id_);
    grpc::ClientContext context;
    context.set_wait_for_ready(true);
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(5));
    v1::ReportResponse response;
    const grpc::Status status = stub_->Report(&context, request, &response);
    const MutexLock lock(mu_);
    if (status.ok()) Settle(request, response);
    if (!status.ok() || waiting_.acknowledgements_size() > 0) changed_.WaitFor(mu_, kAgain);
  }
}

void KeenPc::Settle(const v1::ReportRequest& request, const v1::ReportResponse& response) {
  std::set<std::string> settled(response.recorded_ids().begin(), response.recorded_ids().end());
  for (const v1::Acknowledgement& ack : request.acknowledgements()) {
    if (settled.contains(ack.id())) ledger_.confirmed[ack.id()] = ack.alert_id();
  }
  for (const v1::Refusal& refusal : response.refused()) {
    if (refusal.retry()) continue;
    if (ledger_.pressed.contains(refusal.id())) ledger_.refused[refusal.id()] = refusal.reason();
    settled.insert(refusal.id());
  }
  v1::ReportRequest left;
  for (const v1::Acknowledgement& ack : waiting_.acknowledgements()) {
    if (!settled.contains(ack.id())) *left.add_acknowledgements() = ack;
  }
  for (const v1::Receipt& receipt : waiting_.receipts()) {
    if (!settled.contains(receipt.id())) *left.add_receipts() = receipt;
  }
  waiting_ = left;
}

}  // namespace wardcast::testing
