// Nobody frightens a hospital by a slip: wide sends carry the reach that was looked at, and what is
// not urgent can be taken back before anybody has seen it.
#include <gmock/gmock.h>

#include <limits>

#include "tests/unit/server/api/alerts/alert_scene.h"

namespace wardcast {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class WideSendTest : public testing::AlertScene {
 protected:
  // 4w, icu and lab have 6 PCs; one is in no ward.
  static constexpr int kEverybody = 7;
};

TEST_F(WideSendTest, APersonsWideSendNeedsTheReachThatItsPreviewShowed) {
  v1::PublishAlertRequest request = Outage("", {});
  const auto refused = Publish(Person("ann"), request);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(refused.error().message, HasSubstr("7 endpoints, 12 of 12 wards"));
  request.set_confirmed_reach(kEverybody);
  EXPECT_EQ(Publish(Person("ann"), request)->alert().state(), v1::State::ACTIVE);
}

TEST_F(WideSendTest, AReachThatIsOffIsRefusedWithBothNumbers) {
  v1::PublishAlertRequest request = Outage("", {});
  request.set_confirmed_reach(5);
  const auto refused = Publish(Person("ann"), request);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("showed 5 endpoints, now it would reach 7"));
}

TEST_F(WideSendTest, NoNumberIsTooLargeToBeRefused) {
  v1::PublishAlertRequest request = Outage("", {});
  for (const int wrong : {std::numeric_limits<int>::min(), std::numeric_limits<int>::max(), -1}) {
    request.set_confirmed_reach(wrong);
    EXPECT_EQ(Publish(Person("ann"), request).error().code, Code::kFailedPrecondition) << wrong;
  }
}

TEST_F(WideSendTest, FewWardsAndMachinesNeedNone) {
  EXPECT_TRUE(Publish(Person("ann"), Outage("", {"4w", "icu", "lab"}))) << "a quarter, not more";
  EXPECT_FALSE(Publish(Person("ann"), Outage("", {"4w", "icu", "lab", "w-1"})));
  EXPECT_TRUE(Publish(Machine("nagios"), Outage("", {})));
  EXPECT_TRUE(Publish(Somebody("admin"), Outage("", {})));
}

TEST_F(WideSendTest, WideInformationWaitsTenSecondsAndCanBeTakenBackUnseen) {
  v1::PublishAlertRequest request = Information({});
  request.set_confirmed_reach(kEverybody);
  const v1::Alert held = Publish(Person("ann"), request)->alert();
  EXPECT_EQ(held.state(), v1::State::SCHEDULED);
  EXPECT_EQ(FromTimestamp(held.send_at().at()), clock_.Now() + seconds(10));
  EXPECT_THAT(store_->LoadExpected(held.id()).value(), IsEmpty()) << "nobody shows it yet";

  v1::RecallAlertRequest undo;
  undo.set_alert_id(held.id());
  const auto recalled = change_.RecallAlert(CallOf(Person("ann")), undo);
  ASSERT_TRUE(recalled) << recalled.error().message;
  EXPECT_EQ(recalled->alert().closing(), v1::Closing::RECALLED);
  EXPECT_FALSE(recalled->alert().has_published_at());
}

TEST_F(WideSendTest, AfterTenSecondsItGoesOutToWhoIsThereThen) {
  v1::PublishAlertRequest request = Information({});
  request.set_confirmed_reach(kEverybody);
  const std::string id = Publish(Person("ann"), request)->alert().id();
  clock_.Advance(seconds(9));
  RunSteps(id);
  EXPECT_EQ(Load(id).state(), v1::State::SCHEDULED);
  clock_.Advance(seconds(1));
  RunSteps(id);
  EXPECT_EQ(Load(id).state(), v1::State::ACTIVE);
  EXPECT_EQ(Load(id).round(), 1);
  EXPECT_EQ(store_->LoadExpected(id).value().size(), 13u) << "12 wards, and what is unplaced";
}

TEST_F(WideSendTest, ASmallOrARealNoticeGoesAtOnce) {
  EXPECT_EQ(Publish(Person("ann"), Information({"4w"}))->alert().state(), v1::State::ACTIVE);
  v1::PublishAlertRequest outage = Outage("", {});
  outage.set_confirmed_reach(kEverybody);
  EXPECT_EQ(Publish(Person("ann"), outage)->alert().state(), v1::State::ACTIVE);
}

TEST_F(WideSendTest, AnUpdateThatMakesANoticeWideNeedsTheReachToo) {
  const std::string id = Publish(Person("ann"), Outage("", {"4w"}))->alert().id();
  v1::UpdateAlertRequest update;
  update.set_alert_id(id);
  update.mutable_alert()->mutable_audience()->set_everyone(true);
  const auto refused = change_.UpdateAlert(CallOf(Person("ann")), update);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("confirmed_reach"));
  update.set_confirmed_reach(kEverybody);
  const auto widened = change_.UpdateAlert(CallOf(Person("ann")), update);
  ASSERT_TRUE(widened) << widened.error().message;
  // It is wide now: correcting a word asks for nothing.
  v1::UpdateAlertRequest words;
  words.set_alert_id(id);
  words.mutable_alert()->set_impact("Call the lab");
  EXPECT_TRUE(change_.UpdateAlert(CallOf(Person("ann")), words));
}

}  // namespace
}  // namespace wardcast
