// The station step by step: a broker that is a script, a presenter that remembers, a clock that is
// an argument.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "agent/station/desk.h"
#include "base/proto_time.h"
#include "base/ulid.h"

namespace wardcast::agent {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

inline const TimePoint kStart = FromRfc3339("2026-01-14T21:07:00Z").value();

class ScriptedLink final : public Link {
 public:
  Elapsed Tick(Elapsed now) override { return now + 1h; }
  bool connected() const override { return is_connected; }
  void Report(v1::ReportRequest request) override { reports.push_back(std::move(request)); }
  Result<v1::ReportResponse> Leave(v1::ReportRequest request, std::chrono::milliseconds) override {
    goodbyes.push_back(std::move(request));
    if (!takes_goodbye) return Fail(Code::kUnavailable, "the broker is gone");
    v1::ReportResponse response;
    for (const auto& receipt : goodbyes.back().receipts()) response.add_recorded_ids(receipt.id());
    return response;
  }
  void FetchSettings() override { ++settings_asked; }
  void FetchProcedures() override { ++procedures_asked; }

  bool is_connected = false;
  bool takes_goodbye = true;
  std::vector<v1::ReportRequest> goodbyes;
  std::vector<v1::ReportRequest> reports;
  int settings_asked = 0;
  int procedures_asked = 0;
};

class Remembering final : public Presenter {
 public:
  void Show(std::shared_ptr<const Screen> screen) override { screens.push_back(std::move(screen)); }
  std::vector<std::shared_ptr<const Screen>> screens;
};

class DeskTest : public ::testing::Test {
 protected:
  DeskTest() {
    std::string pattern = (fs::temp_directory_path() / "wardcast-desk-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    Start();
  }
  ~DeskTest() override {
    desk_.reset();
    fs::remove_all(folder_);
  }

  // Starts the agent, or kills it and starts it again on the same disk.
  void Start() {
    desk_.reset();
    link_ = ScriptedLink();
    presenter_ = Remembering();
    clock_ = ServerClock();
    auto cache = Cache::Open(folder_, kStart);
    auto ledger = Ledger::Open(folder_ / "ledger.jsonl");
    desk_ = std::move(Desk::Open({.endpoint_id = "4w-pc-03", .info = {}}, std::move(*cache),
                                 VerifyingKey::FromPem(key_.public_key().ToPem()).value(),
                                 std::move(*ledger), clock_, Now())
                          .value());
    desk_->Attach(link_, presenter_);
    Step([] {});
  }

  Moment Now() const { return {elapsed_, kStart + elapsed_}; }

  // One turn of the station's loop.
  template <class Work>
  void Step(Work work) {
    desk_->Begin(Now());
    work();
    desk_->Finish();
  }
  void Pass(std::chrono::milliseconds time) {
    elapsed_ += time;
    Step([] {});
  }

  v1::Alert Outage(std::int64_t version, int round = 1) const {
    v1::Alert alert;
    alert.set_id(alert_id_);
    alert.set_log_id("log-a");
    alert.set_generation(1);
    alert.set_version(version);
    alert.set_round(round);
    alert.set_state(v1::State::ACTIVE);
    alert.set_severity(v1::Severity::SEVERE);
    alert.set_presentation(v1::Presentation::DIALOG);
    alert.set_headline("Lab results are not reaching the EHR");
    alert.set_asks_answer(true);
    *alert.mutable_published_at()->mutable_at() = ToTimestamp(kStart);
    *alert.mutable_changed_at()->mutable_at() = ToTimestamp(kStart);
    return alert;
  }

  v1::SubscribeResponse Synced(const std::vector<v1::Alert>& alerts, std::int64_t generation = 1) {
    v1::SubscribeResponse message = Message(alerts);
    message.set_synced(true);
    message.set_log_id("log-a");
    message.set_generation(generation);
    message.set_settings_version(3);
    message.set_procedures_version(3);
    return message;
  }
  v1::SubscribeResponse Message(const std::vector<v1::Alert>& alerts) {
    v1::SubscribeResponse message;
    *message.mutable_server_time() = ToTimestamp(Now().time);
    for (const v1::Alert& alert : alerts) {
      message.set_sequence(std::max(message.sequence(), alert.version()));
      *message.add_alerts() = key_.Seal(alert);
    }
    return message;
  }
  void Receive(const v1::SubscribeResponse& message) {
    link_.is_connected = true;
    Step([&] { desk_->Received(message); });
  }
  // Contact, settings of 4 West, and the outage on the screen.
  void MeetOutage() {
    Receive(Synced({Outage(5)}));
    Step([&] { desk_->SettingsCame(FourWest()); });
  }
  static v1::GetSettingsResponse FourWest() {
    v1::GetSettingsResponse settings;
    settings.set_version(3);
    settings.mutable_endpoint()->set_ward_id("4w");
    settings.mutable_endpoint()->set_class_(v1::EndpointClass::STANDARD);
    settings.mutable_ward()->set_name("4 West");
    return settings;
  }
  void Press(Response response) {
    Step([&] {
      desk_->Answered({.alert_id = alert_id_,
                       .round = 1,
                       .ward_id = "4w",
                       .response = response,
                       .help = HelpKind::kNone,
                       .initials = "J.R.",
                       .role = "charge nurse"});
    });
  }
  // Confirms everything of the last report.
  void Confirm() {
    v1::ReportResponse response;
    for (const auto& receipt : link_.reports.back().receipts())
      response.add_recorded_ids(receipt.id());
    for (const auto& pressed : link_.reports.back().acknowledgements())
      response.add_recorded_ids(pressed.id());
    Step([&] { desk_->Reported(response); });
  }
  const Screen& Shown() const { return *presenter_.screens.back(); }
  std::string LedgerText() const {
    std::ifstream file(folder_ / "ledger.jsonl");
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
  static std::vector<v1::Receipt::Kind::Value> Kinds(const v1::ReportRequest& request) {
    std::vector<v1::Receipt::Kind::Value> kinds;
    for (const auto& receipt : request.receipts()) kinds.push_back(receipt.kind());
    return kinds;
  }

  fs::path folder_;
  const SigningKey key_ = SigningKey::Generate();
  const std::string alert_id_ = NewUlid(kStart);
  Elapsed elapsed_{0};
  ServerClock clock_;
  ScriptedLink link_;
  Remembering presenter_;
  std::unique_ptr<Desk> desk_;
};

}  // namespace wardcast::agent
