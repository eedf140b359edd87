#include "tests/scenario/model/world.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/ulid.h"

namespace wardcast::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::array kSomeWards = {"4w", "icu", "lab"};

}  // namespace

bool World::Closed(const v1::Alert& alert) { return alert.state() == v1::State::CLOSED; }

std::string World::Brief(const v1::Alert& alert) {
  return fmt::format("{} (version {}, round {})", alert.id().substr(20), alert.version(),
                     alert.round());
}

World::World(unsigned seed) : seed_(seed) {
  for (const char* id :
       {"4w-pc-01", "4w-pc-02", "icu-pc-01", "icu-pc-02", "lab-pc-01", "cart-01"}) {
    pcs_.push_back(std::make_unique<ReportingPc>(id, house_.clock));
  }
  Start();
}

void World::Start() {
  auto bus = std::make_unique<LossyBus>();
  bus_ = bus.get();
  broker_ = std::make_unique<BrokerPart>(house_, std::move(bus));
}

void World::Wrong(const std::string& what) {
  if (trouble_.empty()) trouble_ = what;
}

int World::Random(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

std::string World::AnyWard() { return kSomeWards[static_cast<std::size_t>(Random(3))]; }

ReportingPc& World::AnyPc() {
  return *pcs_[static_cast<std::size_t>(Random(static_cast<int>(pcs_.size())))];
}

v1::Alert* World::AnyOpen() {
  std::vector<v1::Alert*> open;
  for (auto& [id, alert] : alerts_) {
    if (!Closed(alert)) open.push_back(&alert);
  }
  if (open.empty()) return nullptr;
  return open[static_cast<std::size_t>(Random(static_cast<int>(open.size())))];
}

std::string World::WardOf(const std::string& endpoint_id) const {
  return std::ranges::find(house_.content.endpoints, endpoint_id, &v1::Endpoint::id)->ward_id();
}

bool World::Concerns(const v1::Alert& alert, const ReportingPc& pc) const {
  if (Closed(alert)) return false;
  if (alert.audience().everyone()) return true;
  const auto& wards = alert.audience().wards();
  return std::ranges::find(wards, WardOf(pc.pc.id())) != wards.end();
}

Held World::OpenFor(const ReportingPc& pc) const {
  Held open;
  for (const auto& [id, alert] : alerts_) {
    if (Concerns(alert, pc)) open[id] = alert.version();
  }
  return open;
}

template <class Response>
std::optional<Response> World::Ask(const char* method, const google::protobuf::Message& request) {
  auto response = broker_->Call<Response>(method, request);
  if (response) return std::move(*response);
  Wrong(fmt::format("{} was refused: {}", method, response.error().message));
  return std::nullopt;
}

// The publisher was answered: from here on it is the truth. Mostly the broker applies it before
// anything else happens.
void World::Accept(const v1::Alert& alert) {
  v1::Alert& known = alerts_[alert.id()];
  if (alert.version() < known.version())
    Wrong(Brief(alert) + " is older than what was answered before");
  known = alert;
  if (bus_->deaf || Random(4) == 0) return;
  if (!Becomes([&] { return broker_->hub.applied() >= alert.version(); }))
    Wrong(Brief(alert) + " is never applied");
}

void World::Publish() {
  std::vector<std::string> wards;
  if (Random(4) != 0) wards.push_back(AnyWard());
  v1::PublishAlertRequest request = BrokerPart::Outage("Lab down", wards);
  request.set_request_id(NewUlid(house_.clock.Now()));
  const auto response = Ask<v1::PublishAlertResponse>("AlertService/PublishAlert", request);
  if (!response) return;
  const v1::Alert& alert = response->alert();
  if (alerts_.contains(alert.id())) return Wrong("two alerts have the id " + alert.id());
  requests_[alert.id()] = {request, house_.clock.Now()};
  Accept(alert);
  Say("publish " + Brief(alert) + " for " + (wards.empty() ? "everyone" : wards[0]));
}

// The publisher believes that its call was lost, however much happened since.
void World::PublishAgain() {
  if (requests_.empty()) return;
  const auto at = std::next(requests_.begin(), Random(static_cast<int>(requests_.size())));
  if (house_.clock.Now() - at->second.at > hours(23)) return;  // ids are kept for a day
  const auto response =
      Ask<v1::PublishAlertResponse>("AlertService/PublishAlert", at->second.request);
  if (!response) return;
  Say("publish again " + Brief(response->alert()));
  if (response->alert().id() != at->first) Wrong("a repeated call made a second alert");
}

// A monitoring system: one open alert for each key.
void World::Signal() {
  const std::string key = "nagios/" + std::to_string(Random(2));
  const auto open = by_key_.find(key);
  if (open == by_key_.end() || Random(2) == 0) {
    v1::PublishAlertRequest request = BrokerPart::Outage("Disk of " + key, {AnyWard()});
    request.set_source_key(key);
    const auto response = Ask<v1::PublishAlertResponse>("AlertService/PublishAlert", request);
    if (!response) return;
    const std::string& id = response->alert().id();
    if (open != by_key_.end() && open->second != id) Wrong(key + " has two open alerts");
    if (open == by_key_.end() && alerts_.contains(id)) Wrong(key + " opened an old alert again");
    by_key_[key] = id;
    Accept(response->alert());
    Say(key + " is down: " + Brief(response->alert()));
    return;
  }
  v1::EndAlertRequest request;
  request.set_source_key(key);
  request.set_all_clear(true);
  const auto response = Ask<v1::EndAlertResponse>("AlertService/EndAlert", request);
  if (!response) return;
  by_key_.erase(open);
  Accept(response->alert());
  Say(key + " is up: " + Brief(response->alert()));
}

void World::Update() {
  const v1::Alert* alert = AnyOpen();
  if (!alert) return;
  v1::UpdateAlertRequest request;
  request.set_request_id(NewUlid(house_.clock.Now()));
  request.set_alert_id(alert->id());
  request.mutable_alert()->set_impact("Impact " + std::to_string(Random(1000)));
  if (Random(3) == 0 && !alert->audience().everyone())
    request.mutable_alert()->mutable_audience()->add_wards(AnyWard());
  request.set_re_alert(Random(3) == 0 ? v1::ReAlert::YES : v1::ReAlert::NO);
  const auto response = Ask<v1::UpdateAlertResponse>("AlertService/UpdateAlert", request);
  if (!response) return;
  Accept(response->alert());
  Say("update " + Brief(response->alert()));
}

void World::End() {
  const v1::Alert* alert = AnyOpen();
  if (!alert) return;
  const std::string id = alert->id();
  if (Random(3) == 0) {
    v1::RecallAlertRequest request;
    request.set_alert_id(id);
    const auto response = Ask<v1::RecallAlertResponse>("AlertService/RecallAlert", request);
    if (!response) return;
    Accept(response->alert());
    Say("recall " + Brief(response->alert()));
  } else {
    v1::EndAlertRequest request;
    request.set_request_id(NewUlid(house_.clock.Now()));
    request.set_alert_id(id);
    request.set_all_clear(Random(3) != 0);
    const auto response = Ask<v1::EndAlertResponse>("AlertService/EndAlert", request);
    if (!response) return;
    Accept(response->alert());
    Say("end " + Brief(response->alert()));
  }
  if (Closed(alerts_.at(id)))
    std::erase_if(by_key_, [&](const auto& entry) { return entry.second == id; });
}

void World::Connect() {
  ReportingPc& pc = AnyPc();
  if (pc.pc.connected()) return;
  // Refused if the broker is behind what this one has seen; then it reads, and accepts it.
  if (!Becomes([&] { return pc.pc.Connect(broker_->hub).has_value(); }))
    return Wrong(pc.pc.id() + " is never let in");
  Say(pc.pc.id() + " connects");
}

void World::Disconnect() {
  ReportingPc& pc = AnyPc();
  if (pc.pc.connected()) Say(pc.pc.id() + " is off");
  pc.pc.Disconnect();
}

void World::Take() {
  ReportingPc& pc = AnyPc();
  const auto message = pc.pc.Take();
  if (!message) return;
  for (const AlertFramePtr& frame : message->alerts) {
    const v1::Alert& alert = frame->alert;
    const auto known = alerts_.find(alert.id());
    if (known == alerts_.end()) return Wrong("an alert that nobody published: " + alert.id());
    if (alert.version() > known->second.version())
      return Wrong(Brief(alert) + " is newer than what was answered");
    if (!Closed(alert)) pc.Receive(alert, v1::Receipt::Kind::DISPLAYED);
  }
  Say(fmt::format("{} takes {} alerts, {} removed", pc.pc.id(), message->alerts.size(),
                  message->removed.size()));
}

void World::Press() {
  ReportingPc& pc = AnyPc();
  const Held open = pc.pc.open();
  const std::string ward = WardOf(pc.pc.id());
  if (open.empty() || ward.empty()) return;
  const auto at = std::next(open.begin(), Random(static_cast<int>(open.size())));
  const v1::Alert& alert = pc.pc.held().at(at->first);
  pc.Press(alert, ward);
  Say(pc.pc.id() + " answers " + Brief(alert));
}

void World::Report() {
  ReportingPc& pc = AnyPc();
  if (!pc.waits()) return;
  const bool lost = Random(4) == 0;
  const auto sent =
      pc.Send(*broker_, lost ? ReportingPc::Answer::kIsLost : ReportingPc::Answer::kArrives);
  if (!lost && !sent) Wrong("a report was refused: " + sent.error().message);
  Say(pc.pc.id() + (lost ? " reports, and hears nothing" : " reports"));
}

void World::Move() {
  ReportingPc& pc = AnyPc();
  const std::string ward = Random(5) == 0 ? "" : AnyWard();
  house_.Move(bus_, pc.pc.id(), ward);
  Say(pc.pc.id() + " moves to " + (ward.empty() ? "nowhere" : ward));
}

void World::Wait() {
  house_.clock.Advance(Random(20) == 0 ? std::chrono::milliseconds(hours(50)) : minutes(20));
  Say("time passes");
}

void World::Restart() {
  for (const auto& pc : pcs_) pc->pc.Disconnect();
  broker_.reset();
  house_.Reopen();
  Start();
  Say("the broker starts again");
}

void World::Lose() {
  bus_->deaf = !bus_->deaf;
  if (!bus_->deaf) bus_->Publish(Topic::kLog, kAskNow);  // as every bus does that is back
  Say(bus_->deaf ? "wake-ups are lost" : "wake-ups are heard");
}

bool World::Step() {
  std::seed_seq sequence{seed_, ++steps_};
  random_.seed(sequence);
  house_.clock.Advance(seconds(1));
  const int dice = Random(100);
  if (dice < 10)
    Publish();
  else if (dice < 13)
    PublishAgain();
  else if (dice < 18)
    Signal();
  else if (dice < 27)
    Update();
  else if (dice < 34)
    End();
  else if (dice < 46)
    Connect();
  else if (dice < 52)
    Disconnect();
  else if (dice < 72)
    Take();
  else if (dice < 80)
    Press();
  else if (dice < 90)
    Report();
  else if (dice < 94)
    Move();
  else if (dice < 97)
    Wait();
  else if (dice < 98)
    Restart();
  else
    Lose();
  CheckHoldings();
  return trouble_.empty();
}

}  // namespace wardcast::testing
