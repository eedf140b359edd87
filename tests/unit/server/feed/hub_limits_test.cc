// What the hub keeps is bounded, whatever publishers and endpoints do.
#include <fmt/format.h>

#include <chrono>

#include "tests/unit/server/feed/feed_scene.h"

namespace wardcast {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fixtures
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class HubLimits : public FeedScene {};

TEST_F(HubLimits, OpeningStaysCheapWithThousandsOfClosedAlerts) {
  WardPc holder("4w-pc-01");
  const auto open = [&] {
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < 200; ++i) {
      WardPc pc("4w-pc-02");
      EXPECT_TRUE(pc.Connect(hub_));
    }
    return std::chrono::steady_clock::now() - begin;
  };
  Publish("on", {"4w"});
  open();
  const auto few = open();
  std::vector<StoredAlert> closed;
  for (int i = 0; i < 5'000; ++i) {
    v1::Alert alert = Ended(MakeAlert("closed-" + std::to_string(i), 0, {}), 0, clock_.Now());
    alert.set_version(++sequence_);
    hub_.SetAlert(Stored(alert));
  }
  hub_.Advance(sequence_);
  EXPECT_EQ(hub_.Counts().closed, 5'000U);
  EXPECT_EQ(hub_.Counts().open, 1U);
  const auto many = open();
  // Looking at 5,000 more would be a hundred times as much.
  EXPECT_LT(many, few * 5 + std::chrono::milliseconds(20));
}

TEST_F(HubLimits, OnlySoManyClosingVersionsAreKeptTheNewest) {
  Hub hub({.max_closed = 10}, clock_);
  hub.Replace({.log = {.log_id = kLog, .generation = 1},
               .directory = MakeDirectory(SmallHospital(), 1),
               .directory_sequence = 1,
               .alerts = {},
               .answers = {},
               .applied = 1});
  const auto apply = [&](const v1::Alert& alert) {
    hub.SetAlert(Stored(alert));
    hub.Advance(alert.version());
  };
  apply(MakeAlert("00", 2, {"4w"}));
  WardPc off("4w-pc-01");
  Settle(off, hub);
  off.Disconnect();
  for (int i = 0; i < 30; ++i) {
    clock_.Advance(seconds(1));
    apply(Ended(MakeAlert(fmt::format("{:02}", i), 0, {"4w"}), 3 + i, clock_.Now()));
  }
  hub.Tick(clock_.Now());
  EXPECT_EQ(hub.Counts().closed, 10U);
  EXPECT_EQ(hub.FindCurrent("00"), nullptr);
  EXPECT_NE(hub.FindCurrent("29"), nullptr);
  // Who was off and holds one of those that went learns it all the same.
  Settle(off, hub);
  EXPECT_THAT(off.open(), IsEmpty());
}

TEST_F(HubLimits, OnlyTheNewestAnswersAreKept) {
  Hub hub({.max_ward_answers = 8, .max_answers = 16}, clock_);
  hub.Replace({.log = {.log_id = kLog, .generation = 1},
               .directory = MakeDirectory(SmallHospital(), 1),
               .directory_sequence = 1,
               .alerts = {Stored(MakeAlert("A", 2, {}))},
               .answers = {},
               .applied = 2});
  for (int i = 1; i <= 1'000; ++i) hub.AddAnswers({MakeAnswer("A", "4w", i)});
  WardPc pc("4w-pc-01");
  Settle(pc, hub);
  EXPECT_LE(pc.answers().at("A").size(), 9U);
  EXPECT_EQ(pc.answers().at("A").back(), 1'000);
  WardPc watcher("console", true);
  Settle(watcher, hub);
  EXPECT_LE(watcher.answers().at("A").size(), 18U);
}

TEST_F(HubLimits, MalformedKnownListsAreRefusedWithThePlace) {
  const auto refused = [&](const v1::Known& known) {
    v1::SubscribeRequest request;
    request.mutable_endpoint()->set_id("4w-pc-01");
    request.add_known()->set_alert_id("A");
    request.mutable_known(0)->set_log_id(kLog);
    *request.add_known() = known;
    const auto opened = hub_.Open(request, [] {});
    EXPECT_FALSE(opened);
    return opened ? Error{} : opened.error();
  };
  v1::Known known;
  known.set_log_id(kLog);
  EXPECT_THAT(refused(known).message, HasSubstr("known[1].alert_id"));
  known.set_alert_id(std::string(81, 'x'));
  EXPECT_EQ(refused(known).code, Code::kInvalidArgument);
  known.set_alert_id(std::string("A\0B", 3));
  EXPECT_EQ(refused(known).code, Code::kInvalidArgument);
  known.set_alert_id("A");
  known.set_log_id("");
  EXPECT_THAT(refused(known).message, HasSubstr("known[1].log_id"));
  known.set_log_id(std::string(1 << 20, 'x'));
  EXPECT_EQ(refused(known).code, Code::kInvalidArgument);
  known.set_log_id("another-log");
  v1::SubscribeRequest request;
  request.mutable_endpoint()->set_id("4w-pc-01");
  *request.add_known() = known;
  EXPECT_TRUE(hub_.Open(request, [] {}));
  EXPECT_EQ(hub_.session_count(), 1U) << "nothing of the refused ones is left";
}

TEST_F(HubLimits, ATransportThatTakesNothingIsAskedAfterThirtySeconds) {
  WardPc pc("4w-pc-01");
  Settle(pc, hub_);
  Publish("A", {"4w"});
  EXPECT_TRUE(pc.Take());  // the write does not end
  EXPECT_EQ(hub_.Counts().busy, 1U);
  const int wakes = pc.wakes();
  Wait(std::chrono::milliseconds(29'999));
  EXPECT_EQ(pc.wakes(), wakes);
  Wait(std::chrono::milliseconds(1));
  EXPECT_EQ(pc.wakes(), wakes + 1);
  pc.TakeAll();
  EXPECT_EQ(hub_.Counts().busy, 0U);
}

TEST_F(HubLimits, ANewGenerationIsToldToEveryoneAtOnce) {
  WardPc concerned("4w-pc-01");
  WardPc other("icu-pc-01");
  Settle(concerned, hub_);
  Settle(other, hub_);
  v1::Alert alert = MakeAlert("A", ++sequence_, {"4w"});
  alert.set_generation(7);
  hub_.SetAlert(Stored(alert));
  hub_.Advance(sequence_);
  EXPECT_EQ(concerned.Take()->log.generation, 7);
  EXPECT_EQ(other.Take()->log.generation, 7);
  EXPECT_EQ(hub_.log().generation, 7);
  hub_.SetLog({.log_id = kLog, .generation = 6});
  hub_.SetLog({.log_id = "another", .generation = 9});
  EXPECT_FALSE(other.Take());
  hub_.SetLog({.log_id = kLog, .generation = 8});
  EXPECT_EQ(other.Take()->log.generation, 8);
}

}  // namespace
}  // namespace wardcast
