// The feed follows the log whatever the bus and the store do.
#include "server/feed/feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <thread>

#include "tests/fixtures/memory_store.h"
#include "tests/fixtures/ward_pc.h"

namespace wardcast {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fixtures
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Holds = std::map<std::string, Sequence>;

class FeedTest : public ::testing::Test {
 protected:
  FeedTest() { store_.PutDirectory(SmallHospital()); }
  ~FeedTest() override { store_.Hang(false); }

  void Start(milliseconds ask_every = seconds(60)) {
    feed_ = std::make_unique<Feed>(FeedConfig{.ask_every = ask_every,
                                              .journal_every = milliseconds(1),
                                              .tick_every = milliseconds(5)},
                                   store_, *bus_, hub_, clock_);
    const auto started = feed_->Start();
    ASSERT_TRUE(started) << started.error().message;
  }
  // Commits and wakes, as a broker does.
  Sequence Publish(const v1::Alert& alert) {
    const Sequence sequence = store_.Put(alert);
    bus_->Publish(Topic::kLog, sequence);
    return sequence;
  }
  static bool Becomes(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + seconds(10);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::sleep_for(milliseconds(1));
    }
    return true;
  }
  bool Gets(WardPc& pc, const Holds& open) {
    return Becomes([&] {
      pc.TakeAll();
      return pc.open() == open;
    });
  }

  ManualClock clock_{kMorning};
  MemoryStore store_;
  std::unique_ptr<Bus> bus_ = MakeInProcessBus();
  Hub hub_{HubConfig{}, clock_};
  std::unique_ptr<Feed> feed_;
};

TEST_F(FeedTest, StartLoadsWhatIsCurrent) {
  store_.Put(MakeAlert("A", 0, {"4w"}));
  store_.Put(Ended(MakeAlert("B", 0, {"4w"}), 0, kMorning - std::chrono::hours(24 * 8)));
  store_.PutAnswers({{"A", "4w"}});
  Start();
  EXPECT_EQ(hub_.applied(), 3);
  EXPECT_EQ(hub_.directory()->version(), 1);
  EXPECT_EQ(hub_.FindCurrent("B"), nullptr);
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(hub_));
  const auto first = pc.Take();
  EXPECT_THAT(SentIds(*first), ElementsAre("A"));
  EXPECT_EQ(first->answers.size(), 1U);
  EXPECT_TRUE(feed_->Health().ok);
}

TEST_F(FeedTest, AStoreThatDoesNotAnswerIsAnErrorOfStart) {
  store_.Fail(true);
  Feed feed(FeedConfig{}, store_, *bus_, hub_, clock_);
  EXPECT_EQ(feed.Start().error().code, Code::kUnavailable);
}

TEST_F(FeedTest, APublishedAlertArrivesWithoutAsking) {
  Start();
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(hub_));
  Publish(MakeAlert("A", 0, {"4w"}));
  EXPECT_TRUE(Gets(pc, {{"A", 2}}));
}

TEST_F(FeedTest, ALiveMessageDoesNotHideMissedOnes) {
  Start();
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(hub_));
  store_.Put(MakeAlert("A", 0, {"4w"}));  // its wake-up is lost
  store_.Put(MakeAlert("B", 0, {"4w"}));  // this one's too
  Publish(MakeAlert("C", 0, {"4w"}));
  EXPECT_TRUE(Gets(pc, {{"A", 2}, {"B", 3}, {"C", 4}}));
  EXPECT_EQ(hub_.applied(), 4);
}

TEST_F(FeedTest, WithoutAnyWakeUpItAsksByItself) {
  Start(milliseconds(20));
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(hub_));
  store_.Put(MakeAlert("A", 0, {"4w"}));
  store_.PutAnswers({{"A", "4w"}});
  EXPECT_TRUE(Gets(pc, {{"A", 2}}));
  EXPECT_TRUE(Becomes([&] {
    pc.TakeAll();
    return pc.answers().contains("A");
  }));
}

TEST_F(FeedTest, AskNowIsAlwaysHeard) {
  Start();
  store_.Put(MakeAlert("A", 0, {"4w"}));
  bus_->Publish(Topic::kLog, kAskNow);
  EXPECT_TRUE(Becomes([&] { return hub_.applied() == 2; }));
}

TEST_F(FeedTest, OldNumbersCostNoReading) {
  store_.Put(MakeAlert("A", 0, {"4w"}));
  Start();
  ASSERT_TRUE(Becomes([&] { return store_.reads() == 1; })) << "one round after the start";
  for (int i = 0; i < 100; ++i) bus_->Publish(Topic::kLog, 1 + i % 2);
  Publish(MakeAlert("B", 0, {"4w"}));
  EXPECT_TRUE(Becomes([&] { return hub_.applied() == 3; }));
  EXPECT_LE(store_.reads(), 3);
}

TEST_F(FeedTest, AnEndpointThatHasSeenMoreMakesItRead) {
  Start();
  store_.Put(MakeAlert("A", 0, {"4w"}));  // this broker was not told
  v1::SubscribeRequest request;
  request.mutable_endpoint()->set_id("4w-pc-01");
  request.set_max_seen_sequence(2);
  EXPECT_EQ(hub_.Open(request, [] {}).error().code, Code::kUnavailable);
  EXPECT_TRUE(Becomes([&] { return hub_.applied() == 2; }));
  const auto session = hub_.Open(request, [] {});
  ASSERT_TRUE(session);
  (*session)->Close();
}

TEST_F(FeedTest, AnswersComeAfterTheirAlerts) {
  Start();
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(hub_));
  store_.Put(MakeAlert("A", 0, {"4w"}));  // the log's wake-up is late
  bus_->Publish(Topic::kJournal, store_.PutAnswers({{"A", "4w"}}));
  EXPECT_TRUE(Becomes([&] {
    pc.TakeAll();
    return pc.answers().contains("A");
  }));
}

TEST_F(FeedTest, ADirectoryEntryMovesAPc) {
  store_.Put(MakeAlert("A", 0, {"icu"}));
  Start();
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(hub_));
  pc.TakeAll();
  EXPECT_THAT(pc.open(), IsEmpty());
  bus_->Publish(Topic::kLog, store_.PutDirectory(Moved(SmallHospital(), "4w-pc-01", "icu")));
  EXPECT_TRUE(Gets(pc, {{"A", 2}}));
  EXPECT_EQ(hub_.directory()->version(), 3);
}

TEST_F(FeedTest, AFailingStoreIsSaidAndNothingIsSkipped) {
  Start(milliseconds(50));
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(hub_));
  store_.Fail(true);
  Publish(MakeAlert("A", 0, {"4w"}));
  Publish(MakeAlert("B", 0, {"4w"}));
  EXPECT_TRUE(Becomes([&] { return !feed_->Health().ok; }));
  EXPECT_THAT(feed_->Health().detail,
              HasSubstr("the store has not answered since 2026-03-01T14:00"));
  EXPECT_THAT(feed_->Health().detail, HasSubstr("the disk is on fire"));
  EXPECT_EQ(hub_.applied(), 1);
  store_.Fail(false);
  EXPECT_TRUE(Gets(pc, {{"A", 2}, {"B", 3}}));
  EXPECT_TRUE(Becomes([&] { return feed_->Health().ok; }));
}

TEST_F(FeedTest, ManyEntriesAreReadInPieces) {
  Start();
  for (int i = 0; i < 450; ++i) store_.Put(MakeAlert("A" + std::to_string(i % 30), 0, {"4w"}));
  Publish(MakeAlert("B", 0, {"4w"}));
  EXPECT_TRUE(Becomes([&] { return hub_.applied() == 452; }));
  EXPECT_EQ(hub_.Counts().open, 31U);
}

TEST_F(FeedTest, AStoreThatHangsFreezesNobody) {
  Start(milliseconds(50));
  WardPc pc("4w-pc-01");
  store_.Hang(true);
  ASSERT_TRUE(Becomes([&] {
    clock_.Advance(milliseconds(100));
    return !feed_->Health().ok;
  }));
  ASSERT_TRUE(pc.Connect(hub_));
  EXPECT_EQ(pc.TakeAll(), 1);
  EXPECT_TRUE(hub_.IsConnected("4w-pc-01"));
  store_.Hang(false);
  EXPECT_TRUE(Becomes([&] { return feed_->Health().ok; }));
}

TEST_F(FeedTest, ARestoredStoreIsNoticedReportedAndReadAgain) {
  store_.Put(MakeAlert("A", 0, {"4w"}));
  store_.Put(MakeAlert("B", 0, {"4w"}));
  Start(milliseconds(20));
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(hub_));
  ASSERT_TRUE(Gets(pc, {{"A", 2}, {"B", 3}}));
  store_.RollBack(2);  // the backup was older than B
  EXPECT_TRUE(Becomes([&] { return !feed_->Health().ok; }));
  EXPECT_THAT(feed_->Health().detail, HasSubstr("restored or rolled back"));
  EXPECT_EQ(hub_.applied(), 3) << "A of the new generation";
  EXPECT_GT(hub_.log().generation, 1);
  EXPECT_TRUE(Gets(pc, {{"A", 3}}));
  v1::Alert alert = MakeAlert("C", 0, {"4w"});
  alert.set_generation(hub_.log().generation);
  Publish(alert);
  EXPECT_TRUE(Gets(pc, {{"A", 3}, {"C", 4}}));
  EXPECT_FALSE(feed_->Health().ok) << "a person must know";
  EXPECT_EQ(feed_->Counts().new_lives, 1U);
}

// An endpoint that has seen what the restored store never had is not refused for good.
TEST_F(FeedTest, AfterARollbackEndpointsThatHaveSeenMoreComeBack) {
  store_.Put(MakeAlert("A", 0, {"4w"}));
  store_.Put(MakeAlert("B", 0, {"4w"}));
  Start(milliseconds(20));
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(hub_));
  ASSERT_TRUE(Gets(pc, {{"A", 2}, {"B", 3}}));
  pc.Disconnect();
  store_.RollBack(1);
  ASSERT_TRUE(Becomes([&] { return feed_->Counts().new_lives == 1; }));
  ASSERT_TRUE(pc.Connect(hub_));
  EXPECT_TRUE(Gets(pc, {}));
}

TEST_F(FeedTest, ASuspiciousStoreBeginsANewLifeAtTheStart) {
  store_.Put(MakeAlert("A", 0, {"4w"}));
  feed_ = std::make_unique<Feed>(FeedConfig{}, store_, *bus_, hub_, clock_);
  ASSERT_TRUE(feed_->Start("the database lies on another machine"));
  EXPECT_GT(hub_.log().generation, 1);
  EXPECT_EQ(hub_.FindCurrent("A")->alert.generation(), hub_.log().generation);
  EXPECT_THAT(feed_->Health().detail, HasSubstr("another machine"));
}

TEST_F(FeedTest, AGenerationThatAnotherBrokerTookIsTold) {
  Start(milliseconds(20));
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(hub_));
  ASSERT_TRUE(Becomes([&] { return pc.TakeAll() > 0; }));
  const auto taken = store_.TakeGeneration(1, clock_.Now(), {}, clock_.Now());
  ASSERT_TRUE(taken);
  EXPECT_TRUE(Becomes([&] { return hub_.log() == *taken; }));
  EXPECT_TRUE(feed_->Health().ok) << "that broker alarms";
}

// The machine was put back to a snapshot, broker and database together: only endpoints know.
TEST_F(FeedTest, TwoEndpointsThatHaveSeenMoreAreBelieved) {
  store_.Put(MakeAlert("A", 0, {"4w"}));
  Start(milliseconds(20));
  const auto ask = [&](const std::string& id) {
    v1::SubscribeRequest request;
    request.mutable_endpoint()->set_id(id);
    request.set_max_seen_sequence(1'000);
    request.set_max_seen_log_id(kLog);
    request.set_max_seen_generation(1);
    const auto session = hub_.Open(request, [] {});
    if (session) (*session)->Close();
    return session.has_value();
  };
  for (int i = 0; i < 20; ++i) {
    EXPECT_FALSE(ask("liar"));
    std::this_thread::sleep_for(milliseconds(10));
  }
  EXPECT_EQ(feed_->Counts().new_lives, 0U) << "one may be mistaken";
  EXPECT_TRUE(Becomes([&] { return ask("4w-pc-01"); }));
  // Endpoints are let in as soon as the hub has the new life; what is said of it comes after.
  EXPECT_TRUE(Becomes([&] { return feed_->Counts().new_lives == 1; }));
  EXPECT_TRUE(ask("liar"));
  EXPECT_TRUE(
      Becomes([&] { return feed_->Health().detail.find("2 endpoints") != std::string::npos; }));
}

TEST_F(FeedTest, AnotherHistoryOfTheSameLengthIsNoticedByItsTag) {
  store_.Put(MakeAlert("A", 0, {"4w"}));
  Start(seconds(60));
  ASSERT_TRUE(Becomes([&] { return store_.reads() >= 1; }));
  store_.RollBack(1);
  store_.Put(MakeAlert("X", 0, {"4w"}));
  bus_->Publish(Topic::kLog, kAskNow);
  EXPECT_TRUE(Becomes([&] { return hub_.FindCurrent("X") != nullptr; }));
  EXPECT_EQ(hub_.FindCurrent("A"), nullptr);
  EXPECT_TRUE(Becomes([&] { return feed_->Health().detail.contains("entry 2 of the log"); }));
}

TEST_F(FeedTest, HeartbeatsAreItsOwn) {
  Start();
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(hub_));
  pc.TakeAll();
  clock_.Advance(seconds(20));
  EXPECT_TRUE(Becomes([&] { return pc.TakeAll() == 1; }));
}

TEST_F(FeedTest, StopsAtOnce) {
  Start();
  const auto begin = std::chrono::steady_clock::now();
  feed_.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(1));
}

}  // namespace
}  // namespace wardcast
