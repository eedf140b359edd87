// Two brokers on one real PostgreSQL, each with its own hub, feed and clock thread, and with no bus
// between them: what the clock does happens once.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <thread>

#include "base/proto_time.h"
#include "server/api/alerts/commit.h"
#include "server/escalation/step_runner.h"
#include "server/feed/feed.h"
#include "server/store/open_store.h"
#include "tests/fixtures/hospital.h"
#include "tests/servers/temp_postgres.h"

namespace wardcast {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::Each;
using ::testing::ElementsAre;

// What a broker needs to let time do its work.
class ClockSide {
 public:
  ClockSide(const std::string& database, const SigningKey& key)
      : store_(OpenStore({.postgresql = database, .timeout = seconds(30)}, clock_.Now()).value()),
        commit_(*store_, *bus_, hub_, key),
        feed_(FeedConfig{.ask_every = milliseconds(20)}, *store_, *bus_, hub_, clock_,
              [&key](const v1::Alert& alert) { return key.Seal(alert); }) {}

  void Start() {
    const auto started = feed_.Start();
    ASSERT_TRUE(started) << started.error().message;
    runner_ = std::make_unique<StepRunner>(
        *store_, hub_,
        [this](const std::string& alert_id, std::vector<StepRow> steps) {
          return commit_.ApplySteps(alert_id, std::move(steps));
        },
        StepRunnerConfig{.look_every = milliseconds(20), .pause = milliseconds(1)});
  }
  Store& store() { return *store_; }
  StepRunnerCounts Counts() const { return runner_->Counts(); }

 private:
  SystemClock clock_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Bus> bus_ = MakeInProcessBus();
  Hub hub_{HubConfig{}, clock_};
  AlertCommit commit_;
  Feed feed_;
  std::unique_ptr<StepRunner> runner_;  // last: the first to go
};

class TwoClocks : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const std::string reason = testing::TempPostgres::WhyNot(); !reason.empty())
      GTEST_SKIP() << reason;
    postgres_ = std::make_unique<testing::TempPostgres>();
    const std::string database = postgres_->NewDatabase();
    for (auto& side : sides_) side = std::make_unique<ClockSide>(database, key_);
    now_ = store().Now().value();
  }

  Store& store() { return sides_[0]->store(); }
  void StartBoth() {
    for (auto& side : sides_) side->Start();
  }
  void Import(const DirectoryContent& content) {
    ASSERT_TRUE(store().ReplaceDirectory(content, std::nullopt, now_));
  }
  std::string Put(const v1::Alert& alert) {
    AlertChange change;
    change.caller = "admin";
    change.now = now_;
    change.decide = [&](const v1::Alert*) -> Result<std::optional<AlertDecision>> {
      return AlertDecision{.alert = alert, .expected = {}};
    };
    const auto changed =
        store().Change(change, [this](const v1::Alert& one) { return key_.Seal(one); });
    EXPECT_TRUE(changed) << changed.error().message;
    return changed ? changed->stored.alert.id() : "";
  }
  static bool Becomes(const std::function<bool()>& holds) {
    const auto deadline = std::chrono::steady_clock::now() + seconds(30);
    while (!holds()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::sleep_for(milliseconds(10));
    }
    return true;
  }
  std::vector<StepOutcome> Outcomes(const std::string& id) {
    std::vector<StepOutcome> outcomes;
    const auto steps = store().LoadSteps(id).value();
    outcomes.reserve(steps.size());
    for (const RecordedStep& step : steps) outcomes.push_back(step.step.outcome);
    return outcomes;
  }
  std::size_t Versions(const std::string& id) { return store().LoadVersions(id).value().size(); }

  const SigningKey key_ = SigningKey::Generate();
  std::unique_ptr<testing::TempPostgres> postgres_;
  std::array<std::unique_ptr<ClockSide>, 2> sides_;
  TimePoint now_{};
};

TEST_F(TwoClocks, EachNoticeGoesOutOnce) {
  Import(testing::SmallHospital());
  std::vector<std::string> ids;
  for (int i = 0; i < 12; ++i) {
    v1::Alert alert = testing::MakeAlert("", 0, {"4w"});
    alert.set_state(v1::State::SCHEDULED);
    alert.set_severity(v1::Severity::MINOR);
    alert.set_round(0);
    *alert.mutable_send_at()->mutable_at() = ToTimestamp(now_ + seconds(2));
    ids.push_back(Put(alert));
  }
  StartBoth();
  EXPECT_TRUE(Becomes([&] {
    return std::ranges::all_of(ids, [&](const std::string& id) {
      return store().LoadAlert(id).value().alert.state() == v1::State::ACTIVE;
    });
  }));
  EXPECT_TRUE(Becomes([&] { return sides_[0]->Counts().taken + sides_[1]->Counts().taken >= 12; }));
  for (const std::string& id : ids) {
    EXPECT_EQ(Versions(id), 2u);
    EXPECT_THAT(Outcomes(id), ElementsAre(StepOutcome::kFired));
    const auto expected = store().LoadExpected(id).value();
    ASSERT_EQ(expected.size(), 1u) << "for whom it is was decided when it went out";
    EXPECT_EQ(expected.front().ward_id, "4w");
  }
}

TEST_F(TwoClocks, ARealNoticeStopsADrillOnce) {
  Import(testing::SmallHospital());
  v1::Alert drill = testing::MakeAlert("", 0, {"4w", "icu"});
  drill.set_status(v1::Status::EXERCISE);
  drill.set_severity(v1::Severity::MINOR);
  *drill.mutable_published_at()->mutable_at() = ToTimestamp(now_);
  *drill.mutable_expires() = ToTimestamp(now_ + hours(2));
  const std::string id = Put(drill);
  StartBoth();
  v1::Alert real = testing::MakeAlert("", 0, {"icu"});
  *real.mutable_published_at()->mutable_at() = ToTimestamp(now_);
  const std::string real_id = Put(real);
  EXPECT_TRUE(
      Becomes([&] { return store().LoadAlert(id).value().alert.state() == v1::State::CLOSED; }));
  EXPECT_TRUE(Becomes([&] { return sides_[0]->Counts().taken + sides_[1]->Counts().taken >= 1; }));
  EXPECT_EQ(store().LoadAlert(id).value().alert.closing_text(),
            "EXERCISE STOPPED. The next notice is real.");
  EXPECT_EQ(Versions(id), 2u);
  EXPECT_THAT(Outcomes(id), ElementsAre(StepOutcome::kFired));
  EXPECT_EQ(store().LoadSteps(id).value().front().step.target, real_id);
}

TEST_F(TwoClocks, AMonthsPauseOfBothIsAskedAboutOnce) {
  DirectoryContent hospital = testing::SmallHospital();
  hospital.sites.front().set_zone("UTC");
  // The shift begins twelve hours from now, so that none begins while this runs.
  const TimePoint shift = now_ + hours(12);
  const auto of_day = std::chrono::floor<minutes>(shift - std::chrono::floor<days>(shift));
  const std::chrono::hh_mm_ss time(of_day);
  for (v1::Ward& ward : hospital.wards)
    ward.add_shift_starts(fmt::format("{:02}:{:02}", time.hours().count(), time.minutes().count()));
  Import(hospital);
  v1::Alert outage = testing::MakeAlert("", 0, {"4w"});
  *outage.mutable_published_at()->mutable_at() = ToTimestamp(now_ - days(30));
  *outage.mutable_changed_at()->mutable_at() = ToTimestamp(now_ - days(30));
  const std::string id = Put(outage);
  StartBoth();
  EXPECT_TRUE(Becomes([&] { return Outcomes(id).size() == 30; })) << Outcomes(id).size();
  EXPECT_THAT(Outcomes(id), Each(StepOutcome::kMissed));
  EXPECT_TRUE(
      Becomes([&] { return sides_[0]->Counts().missed + sides_[1]->Counts().missed == 30; }));
  EXPECT_EQ(Versions(id), 2u) << "one question, and nothing is made up for";
  const v1::Alert asked = store().LoadAlert(id).value().alert;
  EXPECT_EQ(asked.missed_size(), 10);
  EXPECT_EQ(asked.round(), outage.round());
}

}  // namespace
}  // namespace wardcast
