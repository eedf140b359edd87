// A notice whose time was missed, at its publisher's desk.
#include <gmock/gmock.h>

#include "server/escalation/step_rows.h"
#include "tests/unit/server/api/alerts/alert_scene.h"

namespace wardcast {
namespace {

using std::chrono::hours;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class MissedSendTest : public testing::AlertScene {
 protected:
  // A notice for 4 West of an hour ago, which nothing sent.
  std::string Unsent() {
    v1::PublishAlertRequest request = Information({"4w"});
    *request.mutable_alert()->mutable_send_at()->mutable_at() =
        ToTimestamp(clock_.Now() + hours(1));
    const std::string id = Publish(Person("ann"), request)->alert().id();
    const TimePoint since = clock_.Now();
    clock_.Advance(hours(2));
    EXPECT_EQ(Miss(id, since).value_or(-1), 1);
    return id;
  }
  // What a broker records that stood still since then.
  Result<int> Miss(const std::string& id, TimePoint since) {
    const Plan plan = NextSteps(Load(id), *hub_.directory(), clock_.Now(), since);
    std::vector<StepRow> rows;
    rows.reserve(plan.missed.size());
    for (const Step& step : plan.missed) rows.push_back(RowOf(step, StepOutcome::kMissed));
    auto recorded = commit_.ApplySteps(id, std::move(rows));
    Sync();
    return recorded;
  }
  v1::UpdateAlertRequest Change(const std::string& id) {
    v1::UpdateAlertRequest request;
    request.set_alert_id(id);
    return request;
  }
  Result<v1::UpdateAlertResponse> Update(const v1::UpdateAlertRequest& request) {
    auto answer = change_.UpdateAlert(CallOf(Person("ann")), request);
    Sync();
    return answer;
  }
};

TEST_F(MissedSendTest, IsAskedAboutOnce) {
  const std::string id = Unsent();
  ASSERT_THAT(Load(id).missed(), SizeIs(1));
  EXPECT_EQ(Load(id).missed(0).kind(), v1::MissedStep::KIND_SEND);
  EXPECT_EQ(Load(id).state(), v1::State::SCHEDULED);
  EXPECT_THAT(store_->LoadExpected(id).value(), IsEmpty()) << "nobody shows it";
  EXPECT_THAT(store_->LoadEditors(id).value(), SizeIs(1)) << "the clock writes nothing";
  EXPECT_EQ(Miss(id, clock_.Now() - hours(2)).value_or(-1), 0) << "another broker, another start";
}

TEST_F(MissedSendTest, GoesOutNowToWhoIsThereNow) {
  const std::string id = Unsent();
  v1::UpdateAlertRequest now = Change(id);
  now.mutable_update_mask()->add_paths("send_at");
  const auto sent = Update(now);
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(sent->alert().state(), v1::State::ACTIVE);
  EXPECT_THAT(sent->alert().missed(), IsEmpty());
  const auto expected = store_->LoadExpected(id).value();
  ASSERT_THAT(expected, SizeIs(1));
  EXPECT_EQ(expected.front().ward_id, "4w");
}

TEST_F(MissedSendTest, IsLeftSoForGood) {
  const std::string id = Unsent();
  v1::UpdateAlertRequest leave = Change(id);
  leave.set_settle_missed(true);
  const std::int64_t version = Load(id).version();
  const auto left = Update(leave);
  ASSERT_TRUE(left) << left.error().message;
  EXPECT_GT(left->alert().version(), version);
  EXPECT_EQ(left->alert().revision(), 1);
  EXPECT_THAT(left->alert().missed(), IsEmpty());
  EXPECT_EQ(Miss(id, clock_.Now() - hours(2)).value_or(-1), 0);
  EXPECT_THAT(Load(id).missed(), IsEmpty());
  const auto again = Update(leave);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->alert().version(), left->alert().version()) << "twice is once";
}

TEST_F(MissedSendTest, IsSettledOnlyByWhoMayChangeIt) {
  const std::string id = Unsent();
  v1::UpdateAlertRequest leave = Change(id);
  leave.set_settle_missed(true);
  v1::Grant grant;
  grant.set_role(v1::Role::PUBLISHER);
  grant.mutable_scope()->add_kinds(v1::Kind::OUTAGE);
  const auto other = std::make_shared<const Identity>(
      Identity{.kind = Identity::Kind::kToken, .name = "token/other", .grants = {grant}});
  EXPECT_EQ(change_.UpdateAlert(CallOf(other), leave).error().code, Code::kPermissionDenied);
  EXPECT_THAT(Load(id).missed(), SizeIs(1));
}

}  // namespace
}  // namespace wardcast
