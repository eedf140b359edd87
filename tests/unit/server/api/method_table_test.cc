// The table of methods and the queue in front of the work threads: who is answered where, and what
// is said when there is too much or when the broker stops.
#include "server/api/method_table.h"

#include <gtest/gtest.h>

#include <future>
#include <semaphore>
#include <thread>

#include "server/api/work_queue.h"
#include "tests/fixtures/memory_store.h"
#include "wardcast/v1/system_service.pb.h"

namespace wardcast {
namespace {

using namespace std::chrono_literals;

// Methods that have such a rule; here they are answered by a handler of the test.
constexpr char kHere[] = "wardcast.v1.SystemService/GetHealth";
constexpr char kWork[] = "wardcast.v1.SystemService/GetVersion";
constexpr char kLocal[] = "wardcast.v1.AdminService/Backup";

using Answer = Result<std::unique_ptr<google::protobuf::Message>>;

class TableTest : public ::testing::Test {
 protected:
  TableTest() {
    const auto version = [this](const CallContext&,
                                const v1::GetVersionRequest&) -> Result<v1::GetVersionResponse> {
      ran_on_ = std::this_thread::get_id();
      return v1::GetVersionResponse();
    };
    const std::function<Result<v1::GetVersionResponse>(const CallContext&,
                                                       const v1::GetVersionRequest&)>
        handler = version;
    table_.Add(kHere, handler, Where::kHere);
    table_.Add(kWork, handler);
    table_.Add(kLocal, handler);
  }
  Result<void> Call(const std::string& method, const Caller& caller = {}) {
    std::promise<Result<void>> outcome;
    table_.Call(method, caller, std::make_unique<v1::GetVersionRequest>(), [&](Answer answer) {
      outcome.set_value(answer ? Result<void>() : std::unexpected(answer.error()));
    });
    return outcome.get_future().get();
  }

  const SystemClock clock_;
  testing::MemoryStore store_;
  Authenticator authenticator_{store_, clock_};
  // Before the queue: its thread may still be in release() or acquire() when the test is over.
  std::binary_semaphore hold_{0};
  std::binary_semaphore running_{0};
  WorkQueue work_{{.threads = 1, .capacity = 2}};
  MethodTable table_{work_, authenticator_};
  std::thread::id ran_on_;
};

TEST_F(TableTest, WhatNeedsNoStoreIsAnsweredInTheCallersThread) {
  EXPECT_TRUE(Call(kHere));
  EXPECT_EQ(ran_on_, std::this_thread::get_id());
  EXPECT_TRUE(Call(kWork));
  EXPECT_NE(ran_on_, std::this_thread::get_id());
}

TEST_F(TableTest, AFullQueueRefusesWithTheTimeToTryAgainAndHealthIsStillAnswered) {
  ASSERT_TRUE(work_.Offer([this] {
    running_.release();
    hold_.acquire();
  }));
  running_.acquire();
  ASSERT_TRUE(work_.Offer([] {}));
  ASSERT_TRUE(work_.Offer([] {}));
  const auto refused = Call(kWork);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kResourceExhausted);
  EXPECT_EQ(refused.error().retry_after, 1s);
  EXPECT_TRUE(Call(kHere));
  hold_.release();
}

TEST_F(TableTest, OneGateRefusesLaterCallsWhileItDrains) {
  table_.Drain(12s);
  const auto refused = Call(kWork);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kUnavailable);
  EXPECT_EQ(refused.error().retry_after, 12s);
  EXPECT_TRUE(Call(kHere)) << "health says that it drains";
}

TEST_F(TableTest, LocalMethodsAreThereForTheAdministratorsSocketOnly) {
  EXPECT_EQ(Call(kLocal).error().code, Code::kUnimplemented);
  EXPECT_TRUE(Call(kLocal, {.bearer = {}, .peer = "unix:", .local = true}));
}

TEST(WorkQueueTest, StoppingRunsWhatIsQueuedWithinItsGrace) {
  std::atomic<int> ran = 0;
  std::atomic<int> dropped = 0;
  WorkQueue work({.threads = 1, .capacity = 100});
  for (int i = 0; i < 50; ++i)
    ASSERT_TRUE(work.Offer([&] { ++ran; }, [&](const Error&) { ++dropped; }));
  work.Stop(20s);
  EXPECT_EQ(ran, 50);
  EXPECT_EQ(dropped, 0);
  EXPECT_EQ(work.Offer([] {}).error().code, Code::kUnavailable);
}

// A store that hangs: two thousand calls wait, each would take its time-out.
TEST(WorkQueueTest, StoppingAnswersWhatItDoesNotBegin) {
  std::binary_semaphore hold(0);
  std::binary_semaphore running(0);
  std::atomic<int> ran = 0;
  std::atomic<int> unavailable = 0;
  WorkQueue work({.threads = 1, .capacity = 2'000});
  ASSERT_TRUE(work.Offer([&] {
    running.release();
    hold.acquire();
  }));
  running.acquire();
  for (int i = 0; i < 1'999; ++i) {
    ASSERT_TRUE(work.Offer([&] { ++ran; },
                           [&](const Error& error) {
                             unavailable += error.code == Code::kUnavailable ? 1 : 0;
                             if (unavailable == 1'999) hold.release();
                           }));
  }
  work.Stop(10ms);
  EXPECT_EQ(ran, 0);
  EXPECT_EQ(unavailable, 1'999);
}

}  // namespace
}  // namespace wardcast
