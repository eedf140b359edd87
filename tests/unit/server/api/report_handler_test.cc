#include "server/api/report_handler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/fixtures/ward_pc.h"
#include "tests/unit/server/api/api_scene.h"

namespace wardcast {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Kind = v1::Receipt::Kind;

class ReportHandlerTest : public testing::ApiScene {
 protected:
  v1::Receipt Receipt(const v1::Alert& alert, Kind::Value kind) {
    v1::Receipt receipt;
    receipt.set_id(NewUlid(clock_.Now()));
    receipt.set_alert_id(alert.id());
    receipt.set_log_id(alert.log_id());
    receipt.set_generation(alert.generation());
    receipt.set_round(alert.round());
    receipt.set_kind(kind);
    *receipt.mutable_at() = ToTimestamp(clock_.Now());
    return receipt;
  }
  v1::Acknowledgement Press(const v1::Alert& alert, const std::string& ward_id,
                            v1::Response::Value response = v1::Response::PROCEDURE_STARTED) {
    v1::Acknowledgement ack;
    ack.set_id(NewUlid(clock_.Now()));
    ack.set_alert_id(alert.id());
    ack.set_log_id(alert.log_id());
    ack.set_generation(alert.generation());
    ack.set_round(alert.round());
    ack.set_ward_id(ward_id);
    ack.set_response(response);
    *ack.mutable_pressed_at() = ToTimestamp(clock_.Now());
    return ack;
  }
  template <class... Reports>
  static v1::ReportRequest From(const std::string& endpoint_id, const Reports&... reports) {
    v1::ReportRequest request;
    request.set_endpoint_id(endpoint_id);
    [[maybe_unused]] const auto add = [&]<class Message>(const Message& report) {
      if constexpr (std::is_same_v<Message, v1::Receipt>) {
        *request.add_receipts() = report;
      } else {
        *request.add_acknowledgements() = report;
      }
    };
    (add(reports), ...);
    return request;
  }
  Result<v1::ReportResponse> Report(const v1::ReportRequest& request) {
    auto answer = std::make_shared<std::promise<Result<v1::ReportResponse>>>();
    auto future = answer->get_future();
    handler_.Report({}, request, [answer](auto result) { answer->set_value(std::move(result)); });
    auto result = future.get();
    Sync();
    return result;
  }
  // Recorded: "". Else why not, and "again" if it shall be sent again.
  std::string Outcome(const v1::ReportRequest& request) {
    const auto response = Report(request);
    if (!response) return std::string(CodeName(response.error().code));
    if (response->refused().empty()) return {};
    return response->refused(0).reason() + (response->refused(0).retry() ? " again" : "");
  }

  ReportHandler handler_{*store_, hub_, journal_, places_, clock_};
  const v1::Alert alert_ = Publish({"4w", "icu"});
};

TEST_F(ReportHandlerTest, WhatWasPressedIsConfirmedWithItsWardAndPlace) {
  const auto ack = Press(alert_, "4w");
  const auto response = Report(From("4w-pc-01", Receipt(alert_, Kind::SEEN), ack));
  ASSERT_TRUE(response);
  EXPECT_THAT(response->recorded_ids(), SizeIs(2));
  ASSERT_THAT(Answers(alert_), SizeIs(1));
  EXPECT_FALSE(Answers(alert_)[0].from_outside());
  EXPECT_EQ(Answers(alert_)[0].by(), "4w-pc-01");
  EXPECT_EQ(Count(alert_, "4w").seen, 1);
}

TEST_F(ReportHandlerTest, AReportForAnAlertThatNeverWasIsRefusedForGood) {
  v1::Alert never = alert_;
  never.set_id("01JNEVER000000000000000000");
  EXPECT_EQ(Outcome(From("4w-pc-01", Press(never, "4w"))),
            "there is no alert 01JNEVER000000000000000000");
  never.set_id(std::string("A\0B", 3));
  EXPECT_THAT(Outcome(From("4w-pc-01", Receipt(never, Kind::SEEN))),
              HasSubstr("there is no alert"));
}

TEST_F(ReportHandlerTest, AnAlertThatAnotherLifeOfTheLogLostIsAskedForAgain) {
  v1::Alert lost = alert_;
  lost.set_id("01JLOST0000000000000000000");
  lost.set_generation(store_->identity().generation + 1);
  EXPECT_THAT(Outcome(From("4w-pc-01", Press(lost, "4w"))),
              HasSubstr("another generation of the log; it is kept again"));
  lost.set_generation(0);
  EXPECT_THAT(Outcome(From("4w-pc-01", Press(lost, "4w"))), HasSubstr("there is no alert"))
      << "it does not say which";
  lost.set_log_id("01JANOTHERLOG0000000000000");
  EXPECT_THAT(Outcome(From("4w-pc-01", Press(lost, "4w"))), HasSubstr("another log"));
}

TEST_F(ReportHandlerTest, AHundredThousandReceiptsInOneCallAreRefusedAtOnce) {
  v1::ReportRequest request = From("4w-pc-01");
  for (int i = 0; i < 100'000; ++i) *request.add_receipts() = Receipt(alert_, Kind::SEEN);
  EXPECT_EQ(Outcome(request), "INVALID_ARGUMENT");
  EXPECT_EQ(journal_.QueuedRows(), 0u);
  EXPECT_EQ(Count(alert_, "4w").seen, 0);
}

TEST_F(ReportHandlerTest, ANulInAnIdNeverReachesTheJournal) {
  EXPECT_EQ(Outcome(From(std::string("4w\0pc", 5), Receipt(alert_, Kind::SEEN))),
            "INVALID_ARGUMENT");
  EXPECT_EQ(Outcome(From("", Receipt(alert_, Kind::SEEN))), "INVALID_ARGUMENT");
  EXPECT_EQ(Outcome(From("4W PC", Receipt(alert_, Kind::SEEN))), "INVALID_ARGUMENT");
  EXPECT_EQ(Outcome(From(std::string(81, 'a'), Receipt(alert_, Kind::SEEN))), "INVALID_ARGUMENT");
  auto receipt = Receipt(alert_, Kind::SEEN);
  receipt.set_id(std::string("1\0", 2));
  EXPECT_EQ(Outcome(From("4w-pc-01", receipt)), "id must be a ULID");
  EXPECT_EQ(Outcome(From("4w-pc-01", Press(alert_, std::string("4w\0", 3)))),
            "ward_id is not the id of a ward");
  EXPECT_EQ(Count(alert_, "4w").seen, 0);
}

TEST_F(ReportHandlerTest, TimesOfAnyClockAreKeptAsTimes) {
  for (const std::int64_t second : {std::numeric_limits<std::int64_t>::max(),
                                    std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}}) {
    auto receipt = Receipt(alert_, Kind::SEEN);
    receipt.mutable_at()->set_seconds(second);
    receipt.mutable_at()->set_nanos(-5);
    auto ack = Press(alert_, "4w");
    ack.mutable_pressed_at()->set_seconds(second);
    EXPECT_EQ(Outcome(From("4w-pc-01", receipt, ack)), "");
  }
  EXPECT_EQ(Count(alert_, "4w").seen, 1);
}

TEST_F(ReportHandlerTest, AClockThatIsHoursOffChangesNothing) {
  auto ack = Press(alert_, "4w");
  *ack.mutable_pressed_at() = ToTimestamp(clock_.Now() + hours(9));
  auto receipt = Receipt(alert_, Kind::DISPLAYED);
  *receipt.mutable_at() = ToTimestamp(clock_.Now() - hours(9));
  EXPECT_EQ(Outcome(From("4w-pc-01", receipt, ack)), "");
  ASSERT_THAT(Answers(alert_), SizeIs(1));
  EXPECT_EQ(FromTimestamp(Answers(alert_)[0].at()), clock_.Now()) << "the broker's time is told";
  EXPECT_FALSE(Answers(alert_)[0].from_outside());
}

TEST_F(ReportHandlerTest, AWipedCacheWithNewIdsCountsNothingTwice) {
  const auto ack = Press(alert_, "4w");
  ASSERT_EQ(Outcome(From("4w-pc-01", Receipt(alert_, Kind::SEEN), ack)), "");
  clock_.Advance(minutes(5));
  auto again = ack;
  again.set_id(NewUlid(clock_.Now()));
  EXPECT_EQ(Outcome(From("4w-pc-01", Receipt(alert_, Kind::DELIVERED),
                         Receipt(alert_, Kind::DISPLAYED), Receipt(alert_, Kind::SEEN), again)),
            "")
      << "confirmed, so that it is not sent for ever";
  const WardCount count = Count(alert_, "4w");
  EXPECT_EQ(count.delivered, 1);
  EXPECT_EQ(count.displayed, 1);
  EXPECT_EQ(count.seen, 1);
  EXPECT_THAT(Answers(alert_), SizeIs(1));
  EXPECT_EQ(Progress(alert_).wards_acknowledged(), 1);
}

TEST_F(ReportHandlerTest, StartedThenHelpThenStartedAreThreeAnswers) {
  ASSERT_EQ(Outcome(From("4w-pc-01", Press(alert_, "4w"))), "");
  EXPECT_EQ(Progress(alert_).by_ward(1).state(), v1::WardState::ACKNOWLEDGED);
  clock_.Advance(minutes(1));
  auto help = Press(alert_, "4w", v1::Response::NEED_HELP);
  help.set_help(v1::HelpKind::STAFF);
  ASSERT_EQ(Outcome(From("4w-pc-01", help)), "");
  const v1::AlertProgress asking = Progress(alert_);
  EXPECT_EQ(asking.by_ward(1).ward_id(), "4w");
  EXPECT_EQ(asking.by_ward(1).state(), v1::WardState::HELP);
  EXPECT_TRUE(asking.by_ward(1).acknowledged());
  EXPECT_EQ(asking.wards_acknowledged(), 1);
  EXPECT_EQ(asking.wards_help(), 1);
  clock_.Advance(minutes(1));
  ASSERT_EQ(Outcome(From("4w-pc-01", Press(alert_, "4w"))), "");
  EXPECT_EQ(Progress(alert_).wards_help(), 0);
  EXPECT_THAT(Answers(alert_), SizeIs(3));
}

TEST_F(ReportHandlerTest, PressedForAWardThatLeftTheDirectoryMeanwhileIsTaken) {
  const auto ack = Press(alert_, "4w");
  clock_.Advance(minutes(5));
  DirectoryContent without = testing::SmallHospital();
  std::erase_if(without.wards, [](const v1::Ward& ward) { return ward.id() == "4w"; });
  for (v1::Endpoint& endpoint : without.endpoints) {
    if (endpoint.ward_id() == "4w") endpoint.clear_ward_id();
  }
  Import(without);
  EXPECT_EQ(Outcome(From("4w-pc-01", ack)), "");
  ASSERT_THAT(Answers(alert_), SizeIs(1));
  EXPECT_FALSE(Answers(alert_)[0].from_outside());
}

TEST_F(ReportHandlerTest, APcThatMovedAnswersForTheWardItWasIn) {
  const auto ack = Press(alert_, "4w");
  clock_.Advance(minutes(5));
  Import(testing::Moved(testing::SmallHospital(), "4w-pc-01", "icu"));
  EXPECT_EQ(Outcome(From("4w-pc-01", ack)), "");
  ASSERT_THAT(Answers(alert_), SizeIs(1));
  EXPECT_FALSE(Answers(alert_)[0].from_outside());
  EXPECT_EQ(Answers(alert_)[0].ward_id(), "4w");
}

TEST_F(ReportHandlerTest, AnAnswerFromElsewhereIsMarkedAndAWardThatNeverWasRefused) {
  EXPECT_EQ(Outcome(From("lab-pc-01", Press(alert_, "4w"))), "");
  ASSERT_THAT(Answers(alert_), SizeIs(1));
  EXPECT_TRUE(Answers(alert_)[0].from_outside());
  EXPECT_EQ(Outcome(From("lab-pc-01", Press(alert_, "9z"))), "there is no ward 9z");
}

TEST_F(ReportHandlerTest, OneEndpointCannotFillTheMemoryWithAnswers) {
  std::vector<v1::Acknowledgement> pressed;
  for (int i = 0; i < 50; ++i) {
    clock_.Advance(std::chrono::seconds(1));
    pressed.push_back(
        Press(alert_, "4w", i % 2 ? v1::Response::NOT_AFFECTED : v1::Response::PROCEDURE_STARTED));
    ASSERT_EQ(Outcome(From("4w-pc-01", pressed.back())), "");
  }
  clock_.Advance(std::chrono::seconds(1));
  EXPECT_THAT(Outcome(From("4w-pc-01", Press(alert_, "4w"))), HasSubstr("answered 50 times"));
  EXPECT_EQ(Outcome(From("4w-pc-01", pressed.front())), "") << "it is recorded, and confirmed";
  EXPECT_EQ(Outcome(From("4w-pc-02", Press(alert_, "4w"))), "") << "others are not concerned";
  const v1::AlertProgress progress = Progress(alert_);
  EXPECT_EQ(progress.by_ward(1).answers_size(), 20);
  EXPECT_EQ(progress.by_ward(1).answers_left_out(), 31);
}

TEST_F(ReportHandlerTest, ARoundThatIsNotKnownYetIsAskedForAgain) {
  v1::Alert later = alert_;
  later.set_round(2);
  EXPECT_THAT(Outcome(From("4w-pc-01", Press(later, "4w"))), HasSubstr(" again"));
  v1::WardOverride& raised = *later.add_ward_overrides();
  raised.set_ward_id("4w");
  raised.set_round(2);
  later.set_round(1);
  Put(later);
  later.set_round(2);
  EXPECT_EQ(Outcome(From("4w-pc-01", Press(later, "4w"))), "");
}

TEST_F(ReportHandlerTest, WhatAPcSaysOfItsScreenNeedsNoReceiptBesideIt) {
  testing::WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(hub_));
  v1::ReportRequest request = From("4w-pc-01");
  request.set_screen_state(v1::ScreenState::LOCKED);
  ASSERT_TRUE(Report(request));
  EXPECT_EQ(hub_.ScreenOf("4w-pc-01"), v1::ScreenState::LOCKED);
  ASSERT_TRUE(Report(From("4w-pc-01", Receipt(alert_, Kind::DELIVERED))));
  EXPECT_EQ(hub_.ScreenOf("4w-pc-01"), v1::ScreenState::LOCKED) << "not said is not unlocked";
  request.set_screen_state(v1::ScreenState::UNLOCKED);
  ASSERT_TRUE(Report(request));
  EXPECT_EQ(hub_.ScreenOf("4w-pc-01"), v1::ScreenState::UNLOCKED);
}

TEST_F(ReportHandlerTest, ARealProblemIsHeardOnADrillOnly) {
  EXPECT_THAT(Outcome(From("4w-pc-01", Press(alert_, "4w", v1::Response::REAL_PROBLEM))),
              HasSubstr("REAL_PROBLEM is for drills only"));
  EXPECT_THAT(Answers(alert_), IsEmpty());

  v1::Alert written = testing::MakeAlert("", 0, {"4w", "icu"});
  written.clear_id();
  written.set_status(v1::Status::EXERCISE);
  *written.mutable_published_at()->mutable_at() = ToTimestamp(clock_.Now());
  const v1::Alert drill = Put(written);
  const auto pressed = Press(drill, "4w", v1::Response::REAL_PROBLEM);
  EXPECT_EQ(Outcome(From("4w-pc-01", pressed)), "");
  EXPECT_EQ(Outcome(From("4w-pc-01", pressed)), "") << "sent again after a lost answer";
  ASSERT_THAT(Answers(drill), SizeIs(1));
  const v1::AlertProgress progress = Progress(drill);
  ASSERT_EQ(progress.by_ward_size(), 2);
  EXPECT_EQ(progress.by_ward(1).ward_id(), "4w") << "behind a ward that is dark";
  EXPECT_EQ(progress.by_ward(1).state(), v1::WardState::HELP);
  EXPECT_EQ(progress.wards_acknowledged(), 0);
}

TEST_F(ReportHandlerTest, ARealProblemPressedOnADrillThatWasStoppedMeanwhileIsHeard) {
  v1::Alert drill = Publish({"4w"});
  drill.set_status(v1::Status::EXERCISE);
  const auto pressed = Press(drill, "4w", v1::Response::REAL_PROBLEM);
  drill.set_state(v1::State::CLOSED);
  drill.set_closing(v1::Closing::EXPIRED);
  drill = Put(drill);
  EXPECT_EQ(Outcome(From("4w-pc-01", pressed)), "");
  ASSERT_THAT(Answers(drill), SizeIs(1));
  EXPECT_TRUE(Answers(drill)[0].late());
  EXPECT_EQ(Progress(drill).wards_help(), 1) << "the problem is not over because the drill is";
}

TEST_F(ReportHandlerTest, OneBadRowDoesNotTakeItsNeighboursWithIt) {
  const auto good = Receipt(alert_, Kind::SEEN);
  const auto bad = Receipt(alert_, Kind::UNSPECIFIED);
  const auto response = Report(From("4w-pc-01", bad, good));
  ASSERT_TRUE(response);
  EXPECT_THAT(response->recorded_ids(), ElementsAre(good.id()));
  ASSERT_THAT(response->refused(), SizeIs(1));
  EXPECT_EQ(response->refused(0).id(), bad.id());
}

}  // namespace
}  // namespace wardcast
