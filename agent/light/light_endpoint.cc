#include "agent/light/light_endpoint.h"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

#include "agent/core/drill.h"
#include "agent/core/holding.h"
#include "base/clock.h"
#include "base/proto_time.h"
#include "base/ulid.h"

namespace wardcast::light {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::seconds kGiveUpAfter{45};
constexpr milliseconds kGather{100};
constexpr std::chrono::seconds kReportDeadline{10};
constexpr milliseconds kReportAgain{1'000};
constexpr std::chrono::seconds kGoodbyeDeadline{1};

TimePoint Now() { return SystemClock().Now(); }

// What a call needs until it is over.
struct Report {
  grpc::ClientContext context;
  v1::ReportRequest request;
  v1::ReportResponse response;
};

}  // namespace

LightEndpoint::LightEndpoint(EndpointPlan plan, std::size_t first_stub, Surroundings& surroundings)
    : plan_(std::move(plan)),
      around_(surroundings),
      stub_(first_stub),
      backoff_(std::hash<std::string>()(plan_.id),
               {.base = milliseconds(500), .cap = surroundings.longest_wait}) {}

void LightEndpoint::Connect() {
  v1::SubscribeRequest request;
  const MutexLock lock(mu_);
  if (stopped_ || reader_) return;
  request.mutable_endpoint()->set_id(plan_.id);
  request.mutable_endpoint()->set_host(plan_.id);
  request.mutable_endpoint()->set_agent_version("light");
  request.mutable_endpoint()->set_screen_state(plan_.behaviour.screen);
  for (const auto& [id, held] : held_) {
    v1::Known* known = request.add_known();
    known->set_alert_id(id);
    known->set_log_id(held.log_id);
    known->set_generation(held.generation);
    known->set_version(held.version);
    known->set_answer_version(held.answer_version);
  }
  request.set_max_seen_sequence(sequence_);
  request.set_max_seen_log_id(log_id_);
  request.set_max_seen_generation(generation_);
  heard_ = Timers::Clock::now();
  reader_ = agent::SubscriptionReader::Start(
      *around_.stubs[stub_ % around_.stubs.size()], std::move(request),
      {.received = [this](v1::SubscribeResponse message) { Received(message); },
       .closed = [this](const grpc::Status&) { Closed(); }},
      around_.calls);
}

void LightEndpoint::Received(const v1::SubscribeResponse& message) {
  const auto arrived = Timers::Clock::now();
  const std::int64_t steady_ns = std::chrono::nanoseconds(arrived.time_since_epoch()).count();
  std::shared_ptr<agent::SubscriptionReader> reader;
  {
    const MutexLock lock(mu_);
    heard_ = arrived;
    reader = reader_;
    if (message.synced()) {
      backoff_.Reset();
      if (!connected_) ++around_.tally.connected;
      connected_ = true;
    }
    MeetLog(message);
    sequence_ = std::max(sequence_, message.sequence());
    for (const v1::SignedAlert& signed_alert : message.alerts()) {
      v1::Alert alert;
      if (alert.ParseFromString(signed_alert.payload())) Take(alert, steady_ns);
    }
    for (const v1::RemovedAlert& removed : message.removed()) {
      if (held_.erase(removed.alert_id()) == 0) continue;
      around_.ledger.Write({steady_ns, Now().time_since_epoch().count(), plan_.id,
                            removed.alert_id(), removed.version(), 0, "REMOVED"});
    }
    for (const v1::WardAnswer& answer : message.answers()) {
      const auto held = held_.find(answer.alert_id());
      if (held == held_.end()) continue;
      held->second.answer_version = std::max(held->second.answer_version, answer.answer_version());
    }
    if (waiting_.receipts_size() + waiting_.acknowledgements_size() > 0) Gather();
  }
  if (reader) reader->Continue();
}

// The first message names the log, and so does the one after it has taken a new generation.
void LightEndpoint::MeetLog(const v1::SubscribeResponse& message) {
  if (message.log_id().empty() ||
      (message.log_id() == log_id_ && message.generation() == generation_))
    return;
  log_id_ = message.log_id();
  generation_ = message.generation();
  sequence_ = 0;
}

void LightEndpoint::Take(const v1::Alert& alert, std::int64_t steady_ns) {
  Held& held = held_[alert.id()];
  const bool newer =
      std::tuple(alert.generation(), alert.version()) > std::tuple(held.generation, held.version);
  const int round = agent::RoundAt(alert, plan_.ward_id).round;
  around_.ledger.Write({steady_ns, Now().time_since_epoch().count(), plan_.id, alert.id(),
                        alert.version(), round,
                        newer ? v1::State::Value_Name(alert.state()) : "AGAIN"});
  ++(newer ? around_.tally.deliveries : around_.tally.again);
  if (!newer) return;
  held.log_id = alert.log_id();
  held.generation = alert.generation();
  held.version = alert.version();
  if (alert.state() == v1::State::CLOSED || round <= held.round) return;
  held.round = round;
  if (plan_.reports) Behave(alert, round);
}

// Delivered now; the rest when its time has come.
void LightEndpoint::Behave(const v1::Alert& alert, int round) {
  AddReceipt(alert, round, v1::Receipt::Kind::DELIVERED);
  v1::Alert brief;  // what receipts need; the timers need not hold the whole alert
  brief.set_id(alert.id());
  brief.set_log_id(alert.log_id());
  brief.set_generation(alert.generation());
  AddReceiptLater(brief, round, plan_.behaviour.displayed_after, v1::Receipt::Kind::DISPLAYED);
  AddReceiptLater(brief, round, plan_.behaviour.seen_after, v1::Receipt::Kind::SEEN);
  const bool answers = plan_.behaviour.response == v1::Response::REAL_PROBLEM
                           ? agent::IsDrill(alert)
                           : alert.asks_answer();
  if (!plan_.behaviour.answer_after || plan_.ward_id.empty() || !answers) return;
  around_.timers.After(*plan_.behaviour.answer_after, [this, brief, round] {
    const MutexLock lock(mu_);
    Answer(brief, round);
  });
}

void LightEndpoint::AddReceiptLater(const v1::Alert& brief, int round,
                                    std::optional<milliseconds> wait,
                                    v1::Receipt::Kind::Value kind) {
  if (!wait) return;
  if (wait->count() == 0) return AddReceipt(brief, round, kind);
  around_.timers.After(*wait, [this, brief, round, kind] {
    const MutexLock lock(mu_);
    AddReceipt(brief, round, kind);
  });
}

void LightEndpoint::AddReceipt(const v1::Alert& alert, int round, v1::Receipt::Kind::Value kind) {
  v1::Receipt* receipt = waiting_.add_receipts();
  receipt->set_id(NewUlid(Now()));
  receipt->set_alert_id(alert.id());
  receipt->set_log_id(alert.log_id());
  receipt->set_generation(alert.generation());
  receipt->set_round(round);
  receipt->set_kind(kind);
  *receipt->mutable_at() = ToTimestamp(Now());
  Gather();
}

void LightEndpoint::Answer(const v1::Alert& alert, int round) {
  v1::Acknowledgement* answer = waiting_.add_acknowledgements();
  answer->set_id(NewUlid(Now()));
  answer->set_alert_id(alert.id());
  answer->set_log_id(alert.log_id());
  answer->set_generation(alert.generation());
  answer->set_round(round);
  answer->set_ward_id(plan_.ward_id);
  answer->set_response(plan_.behaviour.response);
  answer->set_help(plan_.behaviour.help);
  *answer->mutable_pressed_at() = ToTimestamp(Now());
  Gather();
}

void LightEndpoint::Gather() {
  if (gathering_ || reporting_ || stopped_) return;
  gathering_ = true;
  around_.timers.After(kGather, [this] { Flush(); });
}

void LightEndpoint::Flush() {
  const MutexLock lock(mu_);
  gathering_ = false;
  if (reporting_ || stopped_ || !connected_) return;  // asked again when connected
  if (waiting_.receipts_size() + waiting_.acknowledgements_size() == 0) return;
  auto call = std::make_shared<Report>();
  call->request.Swap(&waiting_);
  call->request.set_endpoint_id(plan_.id);
  call->context.set_deadline(std::chrono::system_clock::now() + kReportDeadline);
  reporting_ = true;
  report_ = std::shared_ptr<grpc::ClientContext>(call, &call->context);
  around_.calls->Add();
  around_.stubs[stub_ % around_.stubs.size()]->async()->Report(
      &call->context, &call->request, &call->response,
      [this, call, calls = around_.calls](const grpc::Status& status) mutable {
        Reported(call->request, status.ok() ? &call->response : nullptr);
        call.reset();  // it holds the channel, which must not go on this thread
        calls->Remove();
      });
}

// `response` is null if the call failed. What is neither recorded nor refused for good waits again.
void LightEndpoint::Reported(const v1::ReportRequest& request, const v1::ReportResponse* response) {
  std::set<std::string> settled;
  if (response != nullptr) {
    settled.insert(response->recorded_ids().begin(), response->recorded_ids().end());
    for (const v1::Refusal& refusal : response->refused()) {
      if (refusal.retry()) continue;
      settled.insert(refusal.id());
      ++around_.tally.refused;
    }
    const std::set<std::string> recorded(response->recorded_ids().begin(),
                                         response->recorded_ids().end());
    for (const v1::Receipt& receipt : request.receipts()) {
      if (!recorded.contains(receipt.id())) continue;
      if (receipt.kind() == v1::Receipt::Kind::DISPLAYED) ++around_.tally.displayed;
      if (receipt.kind() == v1::Receipt::Kind::SEEN) ++around_.tally.seen;
    }
    for (const v1::Acknowledgement& answer : request.acknowledgements()) {
      if (recorded.contains(answer.id())) ++around_.tally.answers;
    }
  }
  const MutexLock lock(mu_);
  reporting_ = false;
  for (const v1::Receipt& receipt : request.receipts()) {
    if (!settled.contains(receipt.id())) *waiting_.add_receipts() = receipt;
  }
  for (const v1::Acknowledgement& answer : request.acknowledgements()) {
    if (!settled.contains(answer.id())) *waiting_.add_acknowledgements() = answer;
  }
  if (waiting_.receipts_size() + waiting_.acknowledgements_size() == 0 || gathering_ || stopped_)
    return;
  gathering_ = true;
  around_.timers.After(kReportAgain, [this] { Flush(); });
}

void LightEndpoint::Closed() {
  const MutexLock lock(mu_);
  reader_.reset();
  if (connected_) --around_.tally.connected;
  connected_ = false;
  if (stopped_) return;
  ++stub_;  // another broker, if there is one
  around_.timers.After(backoff_.Next(), [this] { Connect(); });
}

void LightEndpoint::CheckSilence(Timers::Clock::time_point now) {
  std::shared_ptr<agent::SubscriptionReader> reader;
  {
    const MutexLock lock(mu_);
    if (reader_ && now - heard_ > kGiveUpAfter) reader = reader_;
  }
  if (reader) reader->Cancel();
}

void LightEndpoint::SayGoodbye(const std::shared_ptr<agent::CallCount>& goodbyes) {
  const MutexLock lock(mu_);
  if (stopped_ || !connected_) return;
  auto call = std::make_shared<Report>();
  call->request.set_endpoint_id(plan_.id);
  call->request.set_goodbye(true);
  call->context.set_deadline(std::chrono::system_clock::now() + kGoodbyeDeadline);
  goodbyes->Add();
  around_.stubs[stub_ % around_.stubs.size()]->async()->Report(
      &call->context, &call->request, &call->response,
      [call, goodbyes](const grpc::Status&) mutable {
        call.reset();
        goodbyes->Remove();
      });
}

void LightEndpoint::Stop() {
  std::shared_ptr<agent::SubscriptionReader> reader;
  std::shared_ptr<grpc::ClientContext> report;
  {
    const MutexLock lock(mu_);
    stopped_ = true;
    reader = reader_;
    report = report_.lock();
  }
  if (reader) reader->Cancel();
  if (report) report->TryCancel();
}

}  // namespace wardcast::light
