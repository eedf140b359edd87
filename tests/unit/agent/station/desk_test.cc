// The station step by step: a broker that is a script, a presenter that remembers, a clock that is
// an argument.
#include "agent/station/desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/proto_time.h"
#include "base/ulid.h"

namespace wardcast::agent {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const TimePoint kStart = FromRfc3339("2026-01-14T21:07:00Z").value();

class ScriptedLink final : public Link {
 public:
  Elapsed Tick(Elapsed now) override { return now + 1h; }
  bool connected() const override { return is_connected; }
  void Report(v1::ReportRequest request) override { reports.push_back(std::move(request)); }
  void FetchSettings() override { ++settings_asked; }
  void FetchProcedures() override { ++procedures_asked; }

  bool is_connected = false;
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
      v1::SignedAlert* one = message.add_alerts();
      one->set_payload(alert.SerializeAsString());
      one->set_signature(key_.SignAlert(one->payload()));
      one->set_key_id(key_.id());
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

TEST_F(DeskTest, AnOutageIsShownAndReportedAsDeliveredAfterItIsOnDisk) {
  MeetOutage();
  EXPECT_EQ(link_.settings_asked, 1);
  EXPECT_EQ(link_.procedures_asked, 1);
  ASSERT_THAT(Shown().notices, SizeIs(1));
  EXPECT_EQ(Shown().notices[0].presentation, Presentation::kDialog);
  EXPECT_THAT(link_.reports, IsEmpty()) << "receipts wait for company";
  Pass(100ms);
  ASSERT_THAT(link_.reports, SizeIs(1));
  EXPECT_THAT(Kinds(link_.reports[0]), ::testing::ElementsAre(v1::Receipt::Kind::DELIVERED));
}

TEST_F(DeskTest, AnAlertThatDoesNotVerifyIsNotShownAndReportedAsRejected) {
  v1::SubscribeResponse message = Synced({Outage(5)});
  message.mutable_alerts(0)->set_signature(
      SigningKey::Generate().SignAlert(message.alerts(0).payload()));
  Receive(message);
  Step([&] { desk_->SettingsCame(FourWest()); });
  Pass(10s);
  EXPECT_THAT(Shown().notices, IsEmpty());
  ASSERT_THAT(link_.reports, SizeIs(1));
  EXPECT_THAT(Kinds(link_.reports[0]), ::testing::ElementsAre(v1::Receipt::Kind::REJECTED));
  EXPECT_EQ(link_.reports[0].receipts(0).alert_id(), alert_id_);
  EXPECT_THAT(LedgerText(), Not(HasSubstr("applied")));
}

TEST_F(DeskTest, AForgedUpdateLeavesTheTrueVersionOnTheScreen) {
  MeetOutage();
  v1::SubscribeResponse message = Message({Outage(6)});
  message.mutable_alerts(0)->mutable_payload()->back() ^= 1;
  Receive(message);
  ASSERT_THAT(Shown().notices, SizeIs(1));
  EXPECT_EQ(Shown().notices[0].version, 5);
}

TEST_F(DeskTest, KilledBetweenPressAndConfirmationTheAnswerIsSentAfterTheRestart) {
  MeetOutage();
  Press(Response::kProcedureStarted);
  ASSERT_THAT(link_.reports, SizeIs(1)) << "what was pressed is sent at once";
  const std::string id = link_.reports[0].acknowledgements(0).id();
  EXPECT_TRUE(Shown().notices[0].sending);
  EXPECT_THAT(Shown().notices[0].ward_answer,
              HasSubstr("4 West: procedure started, J.R., charge nurse"));

  Start();
  Receive(Synced({}));
  ASSERT_THAT(link_.reports, SizeIs(1));
  ASSERT_EQ(link_.reports[0].acknowledgements_size(), 1);
  EXPECT_EQ(link_.reports[0].acknowledgements(0).id(), id)
      << "the same id: the broker counts it once";
  EXPECT_TRUE(Shown().notices[0].seen) << "attention is not called again";
  Confirm();
  EXPECT_FALSE(Shown().notices[0].sending);
  Pass(10min);
  EXPECT_THAT(link_.reports, SizeIs(1));
}

TEST_F(DeskTest, PressingTwiceIsOneAnswer) {
  MeetOutage();
  Press(Response::kProcedureStarted);
  Press(Response::kProcedureStarted);
  Confirm();
  Pass(1s);
  int answers = 0;
  for (const auto& report : link_.reports) answers += report.acknowledgements_size();
  EXPECT_EQ(answers, 1);
}

TEST_F(DeskTest, SeenIsRememberedAcrossARestartAndAnUnansweredNoticeReopens) {
  MeetOutage();
  Step([&] { desk_->Displayed(alert_id_, 1); });
  Start();
  Receive(Synced({}));
  ASSERT_THAT(Shown().notices, SizeIs(1));
  EXPECT_EQ(Shown().notices[0].presentation, Presentation::kDialog) << "unanswered: it reopens";
  Step([&] { desk_->Seen(alert_id_, 1); });
  Start();
  Receive(Synced({}));
  EXPECT_EQ(Shown().notices[0].presentation, Presentation::kTicker);
  Receive(Message({Outage(7, 2)}));
  EXPECT_EQ(Shown().notices[0].presentation, Presentation::kDialog) << "the next round";
}

TEST_F(DeskTest, WithoutABrokerTheCacheBecomesAStripAfterTenSeconds) {
  MeetOutage();
  Start();
  EXPECT_THAT(Shown().notices, IsEmpty());
  Pass(10s);
  ASSERT_THAT(Shown().notices, SizeIs(1));
  EXPECT_EQ(Shown().notices[0].presentation, Presentation::kTicker);
  EXPECT_THAT(Shown().notices[0].unconfirmed, HasSubstr("not confirmed"));
}

TEST_F(DeskTest, TheGreetingSaysWhatIsOnDiskAndHowFarTheLogWasSeen) {
  MeetOutage();
  Start();
  const v1::SubscribeRequest request = desk_->Greet();
  ASSERT_EQ(request.known_size(), 1);
  EXPECT_EQ(request.known(0).version(), 5);
  EXPECT_EQ(request.max_seen_sequence(), 5);
  EXPECT_EQ(request.max_seen_log_id(), "log-a");
  EXPECT_EQ(request.max_seen_generation(), 1);
}

TEST_F(DeskTest, ARestoredBrokerIsToldAgain) {
  MeetOutage();
  Pass(100ms);
  Press(Response::kNotAffected);
  Confirm();
  Press(Response::kNotAffected);
  Pass(1s);
  Confirm();
  const std::size_t before = link_.reports.size();
  v1::Alert restored = Outage(3);
  restored.set_generation(2);
  Receive(Synced({restored}, 2));
  ASSERT_GT(link_.reports.size(), before);
  EXPECT_EQ(link_.reports.back().acknowledgements_size(), 1);
  EXPECT_EQ(Shown().notices[0].version, 3)
      << "a higher generation beats every version of a lower one";
}

TEST_F(DeskTest, ANewGenerationIsAdoptedFromAnyMessage) {
  MeetOutage();
  Pass(100ms);
  Press(Response::kNotAffected);
  Confirm();
  Pass(1s);
  Confirm();
  const std::size_t before = link_.reports.size();
  v1::Alert restored = Outage(3);
  restored.set_generation(1'763'800'000);
  v1::SubscribeResponse message = Message({restored});
  message.set_log_id("log-a");
  message.set_generation(1'763'800'000);
  Receive(message);
  EXPECT_EQ(desk_->Greet().max_seen_generation(), 1'763'800'000);
  EXPECT_EQ(desk_->Greet().max_seen_sequence(), 3);
  ASSERT_GT(link_.reports.size(), before)
      << "the new life may have lost what the old one confirmed";
  EXPECT_EQ(link_.reports.back().acknowledgements_size(), 1);
  EXPECT_EQ(link_.reports.back().acknowledgements(0).generation(), 1)
      << "of what was on the window";
  Receive(Message({}));
  EXPECT_EQ(desk_->Greet().max_seen_generation(), 1'763'800'000)
      << "a later message need not say it";
  Start();
  EXPECT_EQ(desk_->Greet().max_seen_generation(), 1'763'800'000) << "it is on disk";
}

TEST_F(DeskTest, WhatAnEarlierLifeConfirmedWhileANewOneBeganIsSentAgain) {
  MeetOutage();
  Pass(1s);
  Confirm();
  Press(Response::kNotAffected);
  const std::size_t before = link_.reports.size();
  v1::SubscribeResponse message = Message({});
  message.set_log_id("log-a");
  message.set_generation(2);
  Receive(message);
  EXPECT_EQ(link_.reports.size(), before) << "one is under way";
  Confirm();
  ASSERT_GT(link_.reports.size(), before);
  EXPECT_EQ(link_.reports.back().acknowledgements_size(), 1);
}

TEST_F(DeskTest, StartedThenHelpThenStartedAreThreeAnswers) {
  MeetOutage();
  for (const Response response :
       {Response::kProcedureStarted, Response::kNeedHelp, Response::kProcedureStarted}) {
    Press(response);
    Pass(1s);
    Confirm();
  }
  int answers = 0;
  for (const auto& report : link_.reports) answers += report.acknowledgements_size();
  EXPECT_EQ(answers, 3);
}

TEST_F(DeskTest, AForgedUpdateIsReportedForTheRoundThatIsHeld) {
  Receive(Synced({Outage(5, 3)}));
  Step([&] { desk_->SettingsCame(FourWest()); });
  Pass(1s);
  Confirm();
  v1::SubscribeResponse message = Message({Outage(6, 3)});
  message.mutable_alerts(0)->mutable_payload()->back() ^= 1;
  Receive(message);
  Pass(1s);
  ASSERT_THAT(Kinds(link_.reports.back()), ::testing::Contains(v1::Receipt::Kind::REJECTED));
  for (const v1::Receipt& receipt : link_.reports.back().receipts()) EXPECT_EQ(receipt.round(), 3);
}

TEST_F(DeskTest, ABusyBrokerIsAskedAgainWhenItSays) {
  MeetOutage();
  Press(Response::kProcedureStarted);
  const std::size_t before = link_.reports.size();
  Step([&] { desk_->Reported(FailFor(Code::kResourceExhausted, "the journal is full", 20s)); });
  Pass(19s);
  EXPECT_EQ(link_.reports.size(), before);
  Pass(2s);
  EXPECT_EQ(link_.reports.size(), before + 1);
}

TEST_F(DeskTest, WhatTheBrokerRefusesIsShownToThePerson) {
  MeetOutage();
  Press(Response::kProcedureStarted);
  v1::ReportResponse response;
  v1::Refusal* refusal = response.add_refused();
  refusal->set_id(link_.reports.back().acknowledgements(0).id());
  refusal->set_reason("this PC is not of 4 West");
  Step([&] { desk_->Reported(response); });
  EXPECT_EQ(Shown().notices[0].refused, "this PC is not of 4 West");
  EXPECT_EQ(Shown().notices[0].presentation, Presentation::kDialog);
}

TEST_F(DeskTest, SilenceIsSaidAfterFiveMinutesAndNoticesAreMarkedAfterOne) {
  MeetOutage();
  Pass(61s);
  EXPECT_FALSE(Shown().contact.connected);
  EXPECT_THAT(Shown().notices[0].unconfirmed, HasSubstr("last confirmed"));
  EXPECT_EQ(Shown().contact.message, "");
  Pass(4min);
  EXPECT_THAT(Shown().contact.message, HasSubstr("No contact with the alert service since 21:07"));
}

TEST_F(DeskTest, ABoardNeverReports) {
  v1::GetSettingsResponse board = FourWest();
  board.mutable_endpoint()->set_class_(v1::EndpointClass::BOARD);
  Receive(Synced({}));
  Step([&] { desk_->SettingsCame(board); });
  Receive(Message({Outage(5)}));
  Step([&] { desk_->Displayed(alert_id_, 1); });
  Pass(1min);
  EXPECT_THAT(Shown().notices, SizeIs(1));
  EXPECT_THAT(link_.reports, IsEmpty());
}

TEST_F(DeskTest, TheLedgerSaysWhatWasAppliedCalledShownAndPressedAndNoText) {
  MeetOutage();
  Step([&] { desk_->Displayed(alert_id_, 1); });
  Step([&] { desk_->Seen(alert_id_, 1); });
  const std::string ledger = LedgerText();
  for (const char* event : {"applied", "call", "display", "press"}) {
    EXPECT_THAT(ledger, HasSubstr("\"event\":\"" + std::string(event) + "\""));
  }
  EXPECT_THAT(ledger, HasSubstr("\"version\":5"));
  EXPECT_THAT(ledger, Not(HasSubstr("Lab")));
}

}  // namespace
}  // namespace wardcast::agent
