#include "server/api/progress_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "tests/unit/server/api/api_scene.h"

namespace wardcast {
namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

// What one watcher was told, as "OK" or the code, with the time.
class Told {
 public:
  Live::Next Next() {
    return [this](Result<std::shared_ptr<const v1::WatchProgressResponse>> result) {
      const MutexLock lock(mu_);
      words_.push_back(result ? "OK" : std::string(CodeName(result.error().code)));
      times_.push_back(SteadyClock::now());
      changed_.NotifyAll();
    };
  }
  std::vector<std::string> Await(std::size_t count) {
    const MutexLock lock(mu_);
    while (words_.size() < count) changed_.Wait(mu_);
    return words_;
  }
  std::vector<SteadyClock::time_point> times() const {
    const MutexLock lock(mu_);
    return times_;
  }

 private:
  mutable Mutex mu_;
  CondVar changed_;
  std::vector<std::string> words_ GUARDED_BY(mu_);
  std::vector<SteadyClock::time_point> times_ GUARDED_BY(mu_);
};

class ProgressWatchTest : public testing::ApiScene {
 protected:
  ProgressWatchTest() {
    EXPECT_TRUE(store_->PutToken("desk", Sha256Hex("secret"), clock_.Now()));
    Start({});
  }
  ~ProgressWatchTest() override {
    watch_->Drain();
    work_->Stop(milliseconds(0));
  }
  void Start(ProgressWatchConfig config) {
    if (work_) work_->Stop(milliseconds(0));
    watch_.reset();
    work_ = std::make_unique<WorkQueue>(WorkQueueConfig{.threads = 1});
    watch_ =
        std::make_unique<ProgressWatch>(config, hub_, progress_, authenticator_, audit_, *work_);
  }
  Subscription Watch(Told& told, const std::string& alert_id, const std::string& token = "secret") {
    v1::WatchProgressRequest request;
    request.set_alert_id(alert_id);
    return watch_->WatchProgress({.bearer = token, .peer = "test"}, request, told.Next());
  }

  Authenticator authenticator_{*store_, clock_, {.insecure_loopback = true}};
  AuditLog audit_{{.broker_id = "broker-1"}, store_->people(), clock_};
  std::unique_ptr<WorkQueue> work_;
  std::unique_ptr<ProgressWatch> watch_;
  const v1::Alert alert_ = Publish({"4w"});
};

TEST_F(ProgressWatchTest, AWatcherThatLeavesBeforeItIsAdmittedIsForgotten) {
  std::promise<void> held;
  ASSERT_TRUE(work_->Offer([&] { held.get_future().wait(); }));
  Told told;
  {
    const Subscription left = Watch(told, alert_.id());
  }
  held.set_value();
  std::promise<void> over;
  ASSERT_TRUE(work_->Offer([&] { over.set_value(); }));
  over.get_future().wait();
  EXPECT_EQ(watch_->watcher_count(), 0u);
  EXPECT_TRUE(told.times().empty());
}

TEST_F(ProgressWatchTest, AWatcherIsToldAtOnceAndForgottenWhenItLeaves) {
  Told told;
  {
    const Subscription watching = Watch(told, alert_.id());
    EXPECT_EQ(told.Await(1).front(), "OK");
    EXPECT_EQ(watch_->watcher_count(), 1u);
  }
  EXPECT_EQ(watch_->watcher_count(), 0u);
}

TEST_F(ProgressWatchTest, HoweverOftenSomethingChangesItIsToldFourTimesASecond) {
  Start({.at_most_every = milliseconds(250), .at_least_every = std::chrono::hours(1)});
  Told told;
  const Subscription watching = Watch(told, alert_.id());
  const auto begin = SteadyClock::now();
  while (told.times().size() < 4) {
    hub_.ProgressChanged({alert_.id()});
    std::this_thread::yield();
  }
  EXPECT_GE(SteadyClock::now() - begin, milliseconds(3 * 250 - 50));
}

TEST_F(ProgressWatchTest, WithoutAChangeItIsToldAllTheSame) {
  Start({.at_most_every = milliseconds(1), .at_least_every = milliseconds(50)});
  Told told;
  const Subscription watching = Watch(told, alert_.id());
  told.Await(3);
}

TEST_F(ProgressWatchTest, WhoMayNotWatchAndWhatIsNotThereIsSaidOnce) {
  Told stranger;
  const Subscription first = Watch(stranger, alert_.id(), "guess");
  EXPECT_EQ(stranger.Await(1).front(), "UNAUTHENTICATED");
  Told lost;
  const Subscription second = Watch(lost, "01JNEVER000000000000000000");
  EXPECT_EQ(lost.Await(1).front(), "NOT_FOUND");
  EXPECT_EQ(watch_->watcher_count(), 0u);
}

TEST_F(ProgressWatchTest, DrainingIsTheLastWordAlsoForThoseWhoComeLater) {
  Told told;
  const Subscription watching = Watch(told, alert_.id());
  told.Await(1);
  watch_->Drain();
  Told late;
  const Subscription second = Watch(late, alert_.id());
  EXPECT_EQ(late.Await(1).front(), "UNAVAILABLE");
  EXPECT_EQ(told.Await(2).back(), "UNAVAILABLE");
  EXPECT_EQ(watch_->watcher_count(), 0u);
}

}  // namespace
}  // namespace wardcast
