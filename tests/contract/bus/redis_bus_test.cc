// What only the bus of several brokers has to stand: another broker, and a Redis that goes away,
// hangs or lies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hiredis/hiredis.h>
#include <signal.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/contract/bus/bus_contract.h"

namespace wardcast {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

class RedisBusTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const std::string why = testing::TempRedis::WhyNot(); !why.empty()) GTEST_SKIP() << why;
    redis_ = std::make_unique<testing::TempRedis>();
  }

  std::unique_ptr<Bus> UpBus(const RedisBusConfig& config) {
    auto bus = MakeRedisBus(config);
    EXPECT_TRUE(Becomes([&] { return bus->Health().ok; })) << bus->Health().detail;
    return bus;
  }
  RedisBusConfig Tcp() const {
    RedisBusConfig config = Quick(*redis_);
    config.unix_socket.clear();
    config.port = redis_->port();
    return config;
  }
  // One command by somebody else.
  void Say(std::vector<std::string> words) {
    std::vector<const char*> argv;
    argv.reserve(words.size());
    for (const std::string& word : words) argv.push_back(word.c_str());
    redisContext* context = redisConnectUnix(redis_->socket().c_str());
    ASSERT_EQ(context->err, 0) << context->errstr;
    freeReplyObject(redisCommandArgv(context, static_cast<int>(argv.size()), argv.data(), nullptr));
    redisFree(context);
  }

  std::unique_ptr<testing::TempRedis> redis_;
};

TEST_F(RedisBusTest, AnotherBrokerHearsIt) {
  const auto here = UpBus(Tcp());
  const auto there = UpBus(Quick(*redis_));
  Ear ear(*there);
  here->Publish(Topic::kLog, 41);
  here->Publish(Topic::kJournal, 7);
  EXPECT_TRUE(ear.Hears(Topic::kLog, 41));
  EXPECT_TRUE(ear.Hears(Topic::kJournal, 7));
}

TEST_F(RedisBusTest, BrokersOfAnotherLogAreNotDisturbed) {
  const auto here = UpBus(Quick(*redis_));
  RedisBusConfig other = Quick(*redis_);
  other.log_id = "01JNOTHER";
  const auto there = UpBus(other);
  Ear foreign(*there);
  Ear own(*here);
  there->Publish(Topic::kLog, 1);  // heard there, so that its channel is known to work
  here->Publish(Topic::kLog, 2);
  EXPECT_TRUE(foreign.Hears(Topic::kLog, 1));
  EXPECT_TRUE(
      Becomes([&] { return own.Count(Topic::kLog, 2) == 2; }));  // itself, and through Redis
  EXPECT_EQ(foreign.Count(Topic::kLog, 2), 0);
}

TEST_F(RedisBusTest, RedisKilledAndRestartedHealsAndTellsToAsk) {
  const auto here = UpBus(Tcp());
  const auto there = UpBus(Quick(*redis_));
  Ear ear(*there);
  redis_->Stop();
  ASSERT_TRUE(Becomes([&] { return !here->Health().ok && !there->Health().ok; }));
  EXPECT_THAT(there->Health().detail, HasSubstr("cannot be heard since 2"));
  EXPECT_THAT(there->Health().detail, HasSubstr(redis_->socket()));
  for (int i = 1; i <= 10'000; ++i) here->Publish(Topic::kLog, i);  // nothing blocks, nothing grows
  EXPECT_EQ(ear.Count(Topic::kLog, 10'000), 0);

  ear.Clear();
  redis_->Start();
  EXPECT_TRUE(ear.Hears(Topic::kLog, kAskNow));
  EXPECT_TRUE(ear.Hears(Topic::kJournal, kAskNow));
  EXPECT_TRUE(Becomes([&] { return here->Health().ok && there->Health().ok; }));
  ear.Clear();
  here->Publish(Topic::kLog, 10'001);
  EXPECT_TRUE(ear.Hears(Topic::kLog, 10'001));
  EXPECT_EQ(ear.Count(Topic::kLog, 1), 0) << "old numbers are not sent after all";
}

TEST_F(RedisBusTest, OnesOwnAreHeardAtOnceWithoutRedis) {
  const auto bus = UpBus(Quick(*redis_));
  redis_->Stop();
  Ear ear(*bus);
  bus->Publish(Topic::kLog, 12);
  EXPECT_EQ(ear.Count(Topic::kLog, 12), 1);
}

TEST_F(RedisBusTest, NotThereAtStartIsNoError) {
  redis_->Stop();
  const auto bus = MakeRedisBus(Quick(*redis_));
  EXPECT_FALSE(bus->Health().ok);
  redis_->Start();
  EXPECT_TRUE(Becomes([&] { return bus->Health().ok; })) << bus->Health().detail;
}

TEST_F(RedisBusTest, ARedisThatHangsIsGivenUpAndFoundAgain) {
  const auto bus = UpBus(Quick(*redis_));
  kill(redis_->pid(), SIGSTOP);
  EXPECT_TRUE(Becomes([&] { return !bus->Health().ok; }));
  kill(redis_->pid(), SIGCONT);
  EXPECT_TRUE(Becomes([&] { return bus->Health().ok; })) << bus->Health().detail;
}

TEST_F(RedisBusTest, AQuietRedisStaysHealthy) {
  const auto bus = UpBus(Quick(*redis_));
  Ear ear(*bus);
  // Three times as long as silence is allowed: answers to PING count.
  const auto until = std::chrono::steady_clock::now() + 3 * Quick(*redis_).dead_after;
  while (std::chrono::steady_clock::now() < until) {
    ASSERT_TRUE(bus->Health().ok) << bus->Health().detail;
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_EQ(ear.Count(Topic::kLog, kAskNow), 0) << "it was never connected anew";
}

TEST_F(RedisBusTest, AConnectionThatIsCutIsMadeAnew) {
  const auto bus = UpBus(Quick(*redis_));
  Ear ear(*bus);
  Say({"CLIENT", "KILL", "TYPE", "pubsub"});
  EXPECT_TRUE(ear.Hears(Topic::kLog, kAskNow));
  ear.Clear();
  Say({"CLIENT", "KILL", "TYPE", "normal"});
  bus->Publish(Topic::kLog, 30);
  EXPECT_TRUE(Becomes([&] { return ear.Count(Topic::kLog, 30) == 2; }));
}

TEST_F(RedisBusTest, GarbageOnTheChannelIsNoNumber) {
  const auto bus = UpBus(Quick(*redis_));
  Ear ear(*bus);
  for (const char* text : {"", "-1", "0", "12x", "99999999999999999999", "%s%n", "\xff\xfe"}) {
    Say({"PUBLISH", "wardcast:01JNLOG:log", text});
  }
  Say({"PUBLISH", "wardcast:01JNLOG:log", "77"});
  EXPECT_TRUE(ear.Hears(Topic::kLog, 77));
  for (const std::int64_t number : {-1, 0, 12}) EXPECT_EQ(ear.Count(Topic::kLog, number), 0);
}

TEST_F(RedisBusTest, APasswordIsGivenAndAWrongOneIsSaid) {
  Say({"CONFIG", "SET", "requirepass", "open sesame"});
  RedisBusConfig config = Quick(*redis_);
  const auto without = MakeRedisBus(config);
  EXPECT_TRUE(
      Becomes([&] { return without->Health().detail.find("NOAUTH") != std::string::npos; }));
  config.password = "close sesame";
  const auto wrong = MakeRedisBus(config);
  EXPECT_TRUE(
      Becomes([&] { return wrong->Health().detail.find("WRONGPASS") != std::string::npos; }));
  EXPECT_THAT(wrong->Health().detail, ::testing::Not(HasSubstr("close sesame")));
  config.password = "open sesame";
  UpBus(config);
  config.username = "default";
  UpBus(config);
}

TEST_F(RedisBusTest, StopsAtOnceWhateverItWaitsFor) {
  RedisBusConfig config = Quick(*redis_);
  config.ping_every = config.retry_cap = milliseconds(60'000);
  config.dead_after = milliseconds(120'000);
  const auto begin = std::chrono::steady_clock::now();
  UpBus(config).reset();
  redis_->Stop();
  const auto down = MakeRedisBus(config);
  EXPECT_TRUE(Becomes([&] {
    return down->Health().detail.find("No such file") != std::string::npos ||
           down->Health().detail.find("refused") != std::string::npos;
  })) << down->Health().detail;
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

}  // namespace
}  // namespace wardcast
