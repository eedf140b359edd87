#include "tests/scenario/attention/desk_pc.h"

#include <algorithm>
#include <stdexcept>

#include "agent/core/holding.h"

namespace wardcast::testing {
namespace {

v1::SubscribeResponse OnTheWire(const Delivery& delivery) {
  const GrpcMessage message = EncodeGrpc(delivery);
  std::string bytes;
  for (const auto& piece : message.shared) bytes += *piece;
  bytes += message.own;
  v1::SubscribeResponse response;
  if (!response.ParseFromString(bytes)) throw std::runtime_error("a message that does not parse");
  return response;
}

// It takes a place in the middle of the screen, by itself.
bool IsWindow(const agent::Notice& notice) {
  return notice.presentation >= agent::Presentation::kDialog &&
         (notice.phase == agent::Phase::kOpen || notice.phase == agent::Phase::kRecovering);
}

}  // namespace

DeskPc::DeskPc(std::string id, House& house) : id_(std::move(id)), house_(house) { SwitchOn(); }

DeskPc::~DeskPc() { CutPower(); }

agent::Moment DeskPc::Now() { return {elapsed_, house_.clock.Now()}; }

void DeskPc::SwitchOn() {
  clock_ = std::make_unique<agent::ServerClock>();
  auto cache = agent::Cache::Open(folder_.path(), house_.clock.Now());
  if (!cache) throw std::runtime_error(cache.error().message);
  auto key = VerifyingKey::FromPem(house_.key.public_key().ToPem());
  auto desk = agent::Desk::Open({.endpoint_id = id_, .info = {}}, std::move(*cache),
                                std::move(*key), agent::Ledger(), *clock_, Now());
  if (!desk) throw std::runtime_error(desk.error().message);
  desk_ = std::move(*desk);
  desk_->Attach(*this, *this);
  Run();
}

void DeskPc::CutPower() {
  Disconnect();
  desk_.reset();
  screen_.reset();
}

bool DeskPc::Connect(BrokerPart& broker) {
  Disconnect();
  v1::SubscribeRequest request = desk_->Greet();
  request.mutable_endpoint()->set_id(id_);
  auto session = broker.hub.Open(request, [] {});
  if (!session) return false;
  broker_ = &broker;
  session_ = std::move(*session);
  return true;
}

void DeskPc::Disconnect() {
  if (!session_) return;
  session_->Close();
  session_.reset();
  synced_ = false;
  calls_.clear();
}

void DeskPc::Step(const std::function<void()>& work) {
  desk_->Begin(Now());
  work();
  desk_->Finish();
}

void DeskPc::Run() {
  // What is gathered for company goes out meanwhile.
  for (int quiet = 0; quiet < 2;) {
    elapsed_ += std::chrono::milliseconds(200);
    ++quiet;
    while (session_) {
      const std::optional<Delivery> delivery = session_->Take();
      if (!delivery) break;
      synced_ = synced_ || delivery->synced;
      Step([&] { desk_->Received(OnTheWire(*delivery)); });
      quiet = 0;
    }
    Step([] {});
    while (!calls_.empty()) {
      const auto call = std::move(calls_.front());
      calls_.pop_front();
      call();
      quiet = 0;
    }
    if (!screen_) continue;
    const auto shown = screen_;
    for (const agent::Notice& notice : shown->notices)
      Step([&] { desk_->Displayed(notice.alert_id, notice.round); });
  }
}

void DeskPc::Report(v1::ReportRequest request) {
  request.set_endpoint_id(id_);
  calls_.emplace_back([this, request = std::move(request)] {
    auto response = broker_->Call<v1::ReportResponse>("EndpointService/Report", request);
    if (lose_answers_) response = Fail(Code::kUnavailable, "the answer was lost");
    elapsed_ += std::chrono::minutes(1);  // its back-off
    Step([&] { desk_->Reported(std::move(response)); });
  });
}

void DeskPc::FetchSettings() {
  calls_.emplace_back([this] {
    v1::GetSettingsRequest request;
    request.set_endpoint_id(id_);
    auto response = broker_->Call<v1::GetSettingsResponse>("EndpointService/GetSettings", request);
    Step([&] { desk_->SettingsCame(std::move(response)); });
  });
}

void DeskPc::FetchProcedures() {
  calls_.emplace_back([this] {
    v1::GetProceduresRequest request;
    request.set_endpoint_id(id_);
    auto response =
        broker_->Call<v1::GetProceduresResponse>("EndpointService/GetProcedures", request);
    Step([&] { desk_->ProceduresCame(std::move(response)); });
  });
}

void DeskPc::Show(std::shared_ptr<const agent::Screen> screen) {
  CountWindows(*screen);
  screen_ = std::move(screen);
}

// A window comes up if there was none for that round a moment ago.
void DeskPc::CountWindows(const agent::Screen& screen) {
  for (const agent::Notice& notice : screen.notices) {
    if (!IsWindow(notice)) continue;
    const agent::Notice* before = Find(notice.alert_id);
    if (before && IsWindow(*before) && before->round == notice.round) continue;
    ++windows_[{notice.alert_id, notice.round}];
  }
}

const agent::Notice* DeskPc::Find(const std::string& alert_id) const {
  if (!screen_) return nullptr;
  const auto at = std::ranges::find(screen_->notices, alert_id, &agent::Notice::alert_id);
  return at == screen_->notices.end() ? nullptr : &*at;
}

int DeskPc::Windows(const std::string& alert_id, int round) const {
  const auto at = windows_.find({alert_id, round});
  return at == windows_.end() ? 0 : at->second;
}

void DeskPc::Answer(const std::string& alert_id, agent::Response response) {
  const agent::Notice* notice = Find(alert_id);
  if (!notice) throw std::runtime_error("there is no notice to press on");
  const agent::PresenterEvents::Answer answer{.alert_id = alert_id,
                                              .round = notice->round,
                                              .ward_id = notice->ward_id,
                                              .response = response,
                                              .help = agent::HelpKind::kNone,
                                              .initials = "J.R.",
                                              .role = "charge nurse"};
  Step([&] { desk_->Answered(answer); });
  Run();
}

void DeskPc::Seen(const std::string& alert_id) {
  const agent::Notice* notice = Find(alert_id);
  if (!notice) throw std::runtime_error("there is no notice to press on");
  Step([&, round = notice->round] { desk_->Seen(alert_id, round); });
  Run();
}

}  // namespace wardcast::testing
