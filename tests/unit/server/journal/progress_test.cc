#include "server/journal/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <span>

#include "base/proto_time.h"

namespace wardcast {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using Response = v1::Response;
using State = v1::WardState;

constexpr TimePoint kNow{milliseconds(1'772'373'600'000)};

v1::Ward Ward(const std::string& id, int walking_order, const std::string& phone) {
  v1::Ward ward;
  ward.set_id(id);
  ward.set_name("Ward " + id);
  ward.set_building_id("tower");
  ward.set_walking_order(walking_order);
  ward.add_phones(phone);
  return ward;
}

v1::Endpoint Endpoint(const std::string& id, const std::string& ward) {
  v1::Endpoint endpoint;
  endpoint.set_id(id);
  endpoint.set_ward_id(ward);
  return endpoint;
}

// Walking order: icu, 4w, ed, lab; ids in another order.
Directory Hospital() {
  DirectoryContent content;
  content.sites.emplace_back().set_id("main");
  content.buildings.emplace_back().set_id("tower");
  content.buildings.back().set_site_id("main");
  content.wards = {Ward("4w", 2, "555-0104"), Ward("ed", 3, "555-0103"), Ward("icu", 1, "555-0101"),
                   Ward("lab", 4, "555-0105")};
  content.endpoints = {Endpoint("4w-pc-01", "4w"), Endpoint("4w-pc-02", "4w"),
                       Endpoint("icu-pc-01", "icu")};
  return Directory(std::move(content), 1);
}

v1::WardAnswer Answer(const std::string& ward, Response::Value response, int round) {
  v1::WardAnswer answer;
  answer.set_alert_id("A");
  answer.set_ward_id(ward);
  answer.set_response(response);
  answer.set_round(round);
  return answer;
}

v1::WardAnswer FromOutside(const std::string& ward, Response::Value response, int round) {
  v1::WardAnswer answer = Answer(ward, response, round);
  answer.set_from_outside(true);
  return answer;
}

v1::Alert Alert(int round, v1::State::Value state = v1::State::ACTIVE) {
  v1::Alert alert;
  alert.set_id("A");
  alert.set_round(round);
  alert.set_state(state);
  return alert;
}

int OnlyFirst(std::span<const v1::Endpoint* const> endpoints) {
  return static_cast<int>(std::ranges::count(endpoints, "4w-pc-01",
                                             [](const auto* endpoint) { return endpoint->id(); }));
}

struct StateCase {
  const char* name;
  WardCount count;
  std::vector<v1::WardAnswer> answers;
  State::Value expected;
  v1::Alert alert = Alert(2);
};

v1::Alert RaisedFor4W() {
  v1::Alert alert = Alert(2);
  v1::WardOverride& raised = *alert.add_ward_overrides();
  raised.set_ward_id("4w");
  raised.set_round(3);
  return alert;
}

TEST(Progress, StateOfAWard) {
  const Directory directory = Hospital();
  const WardCount nothing{.ward_id = "4w"};
  const WardCount delivered{.ward_id = "4w", .delivered = 2};
  const WardCount displayed{.ward_id = "4w", .delivered = 2, .displayed = 1};
  const WardCount seen{.ward_id = "4w", .delivered = 2, .displayed = 1, .seen = 1};
  const StateCase cases[] = {
      {"nothing yet", nothing, {}, State::DARK},
      {"delivered to locked PCs", delivered, {}, State::DARK},
      {"displayed", displayed, {}, State::DISPLAYED},
      {"seen", seen, {}, State::SEEN},
      {"procedure started",
       displayed,
       {Answer("4w", Response::PROCEDURE_STARTED, 2)},
       State::ACKNOWLEDGED},
      {"not affected", displayed, {Answer("4w", Response::NOT_AFFECTED, 2)}, State::ACKNOWLEDGED},
      {"answered by phone, all dark",
       nothing,
       {Answer("4w", Response::PROCEDURE_STARTED, 2)},
       State::ACKNOWLEDGED},
      {"answered the round before",
       seen,
       {Answer("4w", Response::PROCEDURE_STARTED, 1)},
       State::SEEN},
      {"needs help", seen, {Answer("4w", Response::NEED_HELP, 2)}, State::HELP},
      {"help of the round before is still open",
       displayed,
       {Answer("4w", Response::NEED_HELP, 1)},
       State::HELP},
      {"help, then started",
       seen,
       {Answer("4w", Response::NEED_HELP, 2), Answer("4w", Response::PROCEDURE_STARTED, 2)},
       State::ACKNOWLEDGED},
      {"started, then in need of help",
       seen,
       {Answer("4w", Response::PROCEDURE_STARTED, 2), Answer("4w", Response::NEED_HELP, 2)},
       State::HELP},
      {"help and started, then a new round",
       displayed,
       {Answer("4w", Response::NEED_HELP, 1), Answer("4w", Response::PROCEDURE_STARTED, 1)},
       State::DISPLAYED},
      {"back-entry done while it is open",
       seen,
       {Answer("4w", Response::BACK_ENTRY_DONE, 2)},
       State::SEEN},
      {"back-entry done after the all clear",
       seen,
       {Answer("4w", Response::BACK_ENTRY_DONE, 2)},
       State::ACKNOWLEDGED,
       Alert(2, v1::State::CLOSED)},
      {"help is over when the alert is closed",
       seen,
       {Answer("4w", Response::NEED_HELP, 2)},
       State::SEEN,
       Alert(2, v1::State::CLOSED)},
      {"a real problem on a drill", seen, {Answer("4w", Response::REAL_PROBLEM, 2)}, State::HELP},
      {"a real problem of a ward that plays on",
       seen,
       {Answer("4w", Response::REAL_PROBLEM, 2), Answer("4w", Response::PROCEDURE_STARTED, 2)},
       State::HELP},
      {"a real problem is not over when the drill is",
       seen,
       {Answer("4w", Response::REAL_PROBLEM, 2)},
       State::HELP,
       Alert(2, v1::State::CLOSED)},
      {"somebody has asked there about the real problem",
       seen,
       {Answer("4w", Response::REAL_PROBLEM, 2), FromOutside("4w", Response::NOT_AFFECTED, 2)},
       State::ACKNOWLEDGED},
      {"a real problem after somebody has asked there",
       seen,
       {FromOutside("4w", Response::NOT_AFFECTED, 2), Answer("4w", Response::REAL_PROBLEM, 2)},
       State::HELP},
      {"answered before the ward alone was raised",
       seen,
       {Answer("4w", Response::PROCEDURE_STARTED, 2)},
       State::SEEN,
       RaisedFor4W()},
      {"answered after the ward alone was raised",
       seen,
       {Answer("4w", Response::PROCEDURE_STARTED, 3)},
       State::ACKNOWLEDGED,
       RaisedFor4W()},
  };
  for (const StateCase& c : cases) {
    const auto progress =
        ComputeProgress(c.alert, {{"4w", 2}}, {c.count}, c.answers, directory, OnlyFirst, kNow);
    ASSERT_EQ(progress.by_ward_size(), 1) << c.name;
    EXPECT_EQ(progress.by_ward(0).state(), c.expected) << c.name;
    EXPECT_EQ(progress.wards_acknowledged(), progress.by_ward(0).acknowledged() ? 1 : 0) << c.name;
    EXPECT_EQ(progress.wards_help(), c.expected == State::HELP ? 1 : 0) << c.name;
    if (c.expected != State::HELP) {
      EXPECT_EQ(progress.by_ward(0).acknowledged(), c.expected == State::ACKNOWLEDGED) << c.name;
    }
    EXPECT_EQ(progress.by_ward(0).answers_size(), static_cast<int>(c.answers.size())) << c.name;
  }
}

TEST(Progress, AWardIsDescribed) {
  const Directory directory = Hospital();
  const auto progress =
      ComputeProgress(Alert(1), {{"4w", 2}}, {{"4w", 2, 1, 1}}, {}, directory, OnlyFirst, kNow);
  EXPECT_EQ(progress.alert_id(), "A");
  EXPECT_EQ(progress.round(), 1);
  EXPECT_EQ(FromTimestamp(progress.server_time()), kNow);
  const v1::WardProgress& ward = progress.by_ward(0);
  EXPECT_EQ(ward.ward_id(), "4w");
  EXPECT_EQ(ward.name(), "Ward 4w");
  EXPECT_EQ(ward.site_id(), "main");
  EXPECT_EQ(ward.phone(), "555-0104");
  EXPECT_EQ(ward.expected(), 2);
  EXPECT_EQ(ward.delivered(), 2);
  EXPECT_EQ(ward.displayed(), 1);
  EXPECT_EQ(ward.seen(), 1);
  EXPECT_EQ(ward.connected(), 1);
}

TEST(Progress, SumsAndUnplaced) {
  const Directory directory = Hospital();
  const auto progress =
      ComputeProgress(Alert(1), {{"4w", 10}, {"icu", 5}, {"", 4}},
                      {{"4w", 9, 8, 2}, {"icu", 5, 5, 0}, {"", 3, 1, 0}},
                      {Answer("icu", Response::NOT_AFFECTED, 1)}, directory, OnlyFirst, kNow);
  EXPECT_EQ(progress.wards(), 2);
  EXPECT_EQ(progress.wards_acknowledged(), 1);
  EXPECT_EQ(progress.endpoints(), 19);
  EXPECT_EQ(progress.delivered(), 17);
  EXPECT_EQ(progress.displayed(), 14);
  EXPECT_EQ(progress.seen(), 2);
  EXPECT_EQ(progress.unplaced(), 4);
  EXPECT_EQ(progress.by_ward_size(), 2);
}

std::vector<std::string> Order(const v1::AlertProgress& progress) {
  std::vector<std::string> order;
  for (const auto& ward : progress.by_ward()) order.push_back(ward.ward_id());
  return order;
}

TEST(Progress, WorstFirstThenInListOrder) {
  const Directory directory = Hospital();
  const std::vector<ExpectedWard> all{{"4w", 1}, {"ed", 1}, {"gone", 1}, {"icu", 1}, {"lab", 1}};
  EXPECT_THAT(Order(ComputeProgress(Alert(1), all, {}, {}, directory, OnlyFirst, kNow)),
              ElementsAre("icu", "4w", "ed", "lab", "gone"));
  EXPECT_THAT(
      Order(ComputeProgress(
          Alert(1), all, {{"lab", 1, 1, 0}, {"4w", 1, 1, 1}, {"icu", 1, 1, 0}},
          {Answer("icu", Response::PROCEDURE_STARTED, 1), Answer("ed", Response::NEED_HELP, 1)},
          directory, OnlyFirst, kNow)),
      ElementsAre("gone", "ed", "lab", "4w", "icu"));
}

TEST(Progress, AHelpCallOfAWardThatWasNotExpectedIsListed) {
  const Directory directory = Hospital();
  const auto progress =
      ComputeProgress(Alert(1), {{"4w", 1}}, {{"4w", 1, 1, 0}, {"ed", 1, 1, 0}},
                      {Answer("lab", Response::NEED_HELP, 1)}, directory, OnlyFirst, kNow);
  EXPECT_THAT(Order(progress), ElementsAre("lab", "4w", "ed"));
  EXPECT_EQ(progress.wards(), 1);
  EXPECT_EQ(progress.endpoints(), 1);
  EXPECT_EQ(progress.displayed(), 1);
}

TEST(Progress, AWardThatAcknowledgedAndThenAsksForHelpIsBoth) {
  const Directory directory = Hospital();
  const auto progress = ComputeProgress(
      Alert(1), {{"4w", 1}, {"icu", 1}}, {{"4w", 1, 1, 1}, {"icu", 1, 1, 1}},
      {Answer("4w", Response::PROCEDURE_STARTED, 1), Answer("icu", Response::NOT_AFFECTED, 1),
       Answer("4w", Response::NEED_HELP, 1)},
      directory, OnlyFirst, kNow);
  EXPECT_EQ(progress.wards_acknowledged(), 2);
  EXPECT_EQ(progress.wards_help(), 1);
  EXPECT_EQ(progress.by_ward(0).ward_id(), "4w") << "help comes first";
  EXPECT_EQ(progress.by_ward(0).state(), State::HELP);
  EXPECT_TRUE(progress.by_ward(0).acknowledged());
}

TEST(Progress, AClosedClinicIsNotDark) {
  DirectoryContent content = Hospital().content();
  content.sites.front().set_zone("America/Denver");
  content.wards.front().set_opening_hours("Mon-Fri 07:00-19:00");
  const Directory directory(std::move(content), 1);
  const TimePoint night = FromRfc3339("2026-01-14T03:00:00-07:00").value();
  const std::vector<ExpectedWard> both{{"4w", 2}, {"icu", 1}};
  auto progress = ComputeProgress(Alert(1), both, {}, {}, directory, OnlyFirst, night);
  EXPECT_EQ(progress.by_ward(0).state(), State::DARK) << "icu never closes";
  EXPECT_EQ(progress.by_ward(1).state(), State::CLOSED);
  EXPECT_EQ(FromTimestamp(progress.by_ward(1).opens_at().at()),
            FromRfc3339("2026-01-14T07:00:00-07:00").value());
  EXPECT_EQ(progress.by_ward(1).opens_at().abbreviation(), "MST");
  EXPECT_EQ(progress.wards_closed(), 1);
  EXPECT_EQ(progress.wards(), 2);

  progress = ComputeProgress(Alert(1), both, {{"4w", 2, 1, 0}}, {}, directory, OnlyFirst, night);
  EXPECT_EQ(progress.wards_closed(), 0) << "somebody is there all the same";
  const TimePoint day = night + std::chrono::hours(6);
  progress = ComputeProgress(Alert(1), both, {}, {}, directory, OnlyFirst, day);
  EXPECT_EQ(progress.wards_closed(), 0);
}

TEST(Progress, AMessageDoesNotGrowWithEveryPress) {
  const Directory directory = Hospital();
  std::vector<v1::WardAnswer> answers{Answer("4w", Response::NEED_HELP, 1)};
  for (int i = 0; i < 100; ++i) {
    answers.push_back(Answer("4w", Response::NOT_AFFECTED, 1));
    answers.back().set_answer_version(i + 2);
  }
  const auto progress =
      ComputeProgress(Alert(1), {{"4w", 1}}, {}, answers, directory, OnlyFirst, kNow);
  ASSERT_EQ(progress.by_ward(0).answers_size(), kMostAnswersTold);
  EXPECT_EQ(progress.by_ward(0).answers_left_out(), 101 - kMostAnswersTold);
  EXPECT_EQ(progress.by_ward(0).answers(kMostAnswersTold - 1).answer_version(), 101);
  EXPECT_EQ(progress.by_ward(0).state(), State::ACKNOWLEDGED);
}

TEST(Progress, AWardThatLeftTheAudienceStaysWithTheTime) {
  const Directory directory = Hospital();
  const auto progress =
      ComputeProgress(Alert(1), {{.ward_id = "4w", .endpoints = 1, .since = kNow, .until = kNow}},
                      {}, {}, directory, OnlyFirst, kNow);
  EXPECT_EQ(progress.wards(), 1);
  EXPECT_EQ(FromTimestamp(progress.by_ward(0).left_at().at()), kNow);
}

TEST(Progress, NobodyExpectedIsNotAnError) {
  const Directory directory = Hospital();
  const auto progress = ComputeProgress(Alert(1), {}, {}, {}, directory, OnlyFirst, kNow);
  EXPECT_EQ(progress.wards(), 0);
  EXPECT_EQ(progress.by_ward_size(), 0);
}

}  // namespace
}  // namespace wardcast
