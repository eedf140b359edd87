// Incidents at one ward PC, with a real station and a broker that misbehaves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "agent/station/station.h"
#include "base/ulid.h"
#include "tests/scenario/agent/scripted_broker.h"

namespace wardcast::agent {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::Eventually;
using ::testing::HasSubstr;
using testing::ScriptedBroker;

class Remembering final : public Presenter {
 public:
  void Show(std::shared_ptr<const Screen> screen) override {
    const MutexLock lock(mu_);
    screen_ = std::move(screen);
  }
  Screen screen() {
    const MutexLock lock(mu_);
    return screen_ ? *screen_ : Screen();
  }

 private:
  Mutex mu_;
  std::shared_ptr<const Screen> screen_ GUARDED_BY(mu_);
};

class WardPc : public ::testing::Test {
 protected:
  WardPc() {
    std::string pattern = (fs::temp_directory_path() / "wardcast-pc-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    std::ofstream(folder_ / "signing.pub") << key_.public_key().ToPem();
    v1::GetSettingsResponse settings;
    settings.set_version(1);
    settings.mutable_endpoint()->set_ward_id("4w");
    settings.mutable_endpoint()->set_class_(v1::EndpointClass::STANDARD);
    settings.mutable_ward()->set_name("4 West");
    broker_->SetSettings(settings);
  }
  ~WardPc() override {
    station_.reset();
    fs::remove_all(folder_);
  }

  void SwitchOn() {
    station_.reset();
    auto station = Station::Open({.brokers = {broker_->address()},
                                  .endpoint_id = "4w-pc-03",
                                  .host = "4W-PC-03",
                                  .version = "test",
                                  .data_dir = folder_ / "data",
                                  .signing_key = folder_ / "signing.pub",
                                  .ledger = folder_ / "ledger.jsonl"});
    ASSERT_TRUE(station) << station.error().message;
    station_ = std::move(*station);
    station_->Start(presenter_);
  }
  v1::Alert Outage(std::int64_t version) const {
    v1::Alert alert;
    alert.set_id(alert_id_);
    alert.set_log_id("log-a");
    alert.set_generation(1);
    alert.set_version(version);
    alert.set_round(1);
    alert.set_state(v1::State::ACTIVE);
    alert.set_severity(v1::Severity::SEVERE);
    alert.set_headline("Lab results are not reaching the EHR");
    alert.set_asks_answer(true);
    return alert;
  }
  int Reported(v1::Receipt::Kind::Value kind) {
    int count = 0;
    for (const auto& report : broker_->reports()) {
      for (const auto& receipt : report.receipts()) count += receipt.kind() == kind;
    }
    return count;
  }
  bool Shows(std::int64_t version) {
    const Screen screen = presenter_.screen();
    return screen.notices.size() == 1 && screen.notices[0].version == version;
  }

  const SigningKey key_ = SigningKey::Generate();
  const std::string alert_id_ = NewUlid(SystemClock().Now());
  fs::path folder_;
  std::unique_ptr<ScriptedBroker> broker_ = std::make_unique<ScriptedBroker>();
  Remembering presenter_;
  std::unique_ptr<Station> station_;
};

TEST_F(WardPc, ARogueBrokerServesANoticeThatTheHospitalDidNotSign) {
  // 14:07 a machine in the network answers as the broker; it has a key of its own.
  broker_->Hold({SigningKey::Generate().Seal(Outage(5))});
  SwitchOn();
  // The PC is in contact, says that it rejected the notice, and shows nothing.
  ASSERT_TRUE(Eventually([&] { return Reported(v1::Receipt::Kind::REJECTED) == 1; }));
  EXPECT_TRUE(presenter_.screen().contact.connected);
  EXPECT_TRUE(presenter_.screen().notices.empty());
  EXPECT_EQ(Reported(v1::Receipt::Kind::DELIVERED), 0);
  // 14:20 it tries a true notice with one word changed; the same.
  v1::SubscribeResponse message;
  *message.add_alerts() = key_.Seal(Outage(6));
  std::string& payload = *message.mutable_alerts(0)->mutable_payload();
  payload.replace(payload.find("not"), 3, "now");
  broker_->Send(message);
  // 14:21 the true one arrives and is shown.
  v1::SubscribeResponse truth;
  *truth.add_alerts() = key_.Seal(Outage(7));
  broker_->Send(truth);
  ASSERT_TRUE(Eventually([&] { return Shows(7); }));
  EXPECT_THAT(presenter_.screen().notices[0].headline, HasSubstr("not reaching"));
}

TEST_F(WardPc, ARogueBrokerReplaysAnOldVersionOverANewerOne) {
  broker_->Hold({key_.Seal(Outage(9))});
  SwitchOn();
  ASSERT_TRUE(Eventually([&] { return Shows(9); }));
  v1::SubscribeResponse replay;
  *replay.add_alerts() = key_.Seal(Outage(4));
  broker_->Send(replay);
  v1::SubscribeResponse next;
  *next.add_alerts() = key_.Seal(Outage(10));
  broker_->Send(next);
  ASSERT_TRUE(Eventually([&] { return Shows(10); }));
}

TEST_F(WardPc, TheBrokerFailsWhileANurseAnswersAndTheAnswerArrivesOnce) {
  broker_->Hold({key_.Seal(Outage(5))});
  broker_->OnReport([](const v1::ReportRequest&, v1::ReportResponse&) {
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "journal is stuck");
  });
  SwitchOn();
  ASSERT_TRUE(Eventually([&] { return Shows(5); }));
  station_->Answered({.alert_id = alert_id_,
                      .round = 1,
                      .ward_id = "4w",
                      .response = Response::kProcedureStarted,
                      .help = HelpKind::kNone,
                      .initials = "J.R.",
                      .role = ""});
  ASSERT_TRUE(Eventually([&] { return presenter_.screen().notices[0].sending; }));
  // The PC is switched off and on again; then the broker works.
  SwitchOn();
  broker_->OnReport({});
  const auto confirmed = [&] {
    const Screen screen = presenter_.screen();
    return screen.notices.size() == 1 && screen.notices[0].seen && !screen.notices[0].sending;
  };
  ASSERT_TRUE(Eventually(confirmed));
  std::set<std::string> ids;
  for (const auto& report : broker_->reports()) {
    for (const auto& pressed : report.acknowledgements()) ids.insert(pressed.id());
  }
  EXPECT_EQ(ids.size(), 1u) << "every attempt carries the same id, so the broker counts it once";
}

TEST_F(WardPc, SwitchedOnBeforeTheBrokerItConnectsWhenTheBrokerComes) {
  const std::string address = broker_->address();
  broker_->Stop();
  SwitchOn();
  EXPECT_FALSE(presenter_.screen().contact.connected);
  broker_ = std::make_unique<ScriptedBroker>(address);
  broker_->Hold({key_.Seal(Outage(5))});
  EXPECT_TRUE(Eventually([&] { return presenter_.screen().contact.connected; }));
}

TEST_F(WardPc, TheSigningKeyIsMissingOrNoKey) {
  const StationConfig config{.brokers = {"127.0.0.1:1"},
                             .endpoint_id = "4w-pc-03",
                             .host = "",
                             .version = "",
                             .data_dir = folder_ / "data",
                             .signing_key = folder_ / "nothing.pub",
                             .ledger = {}};
  auto station = Station::Open(config);
  ASSERT_FALSE(station);
  EXPECT_THAT(station.error().message, HasSubstr("nothing.pub"));
  EXPECT_THAT(station.error().message, HasSubstr("copy signing.pub"));
  std::ofstream(folder_ / "nothing.pub") << "hello";
  station = Station::Open(config);
  ASSERT_FALSE(station);
  EXPECT_THAT(station.error().message, HasSubstr("not an Ed25519 public key"));
}

}  // namespace
}  // namespace wardcast::agent
