// Texts with blanks, from the one who writes them to the store: kept as written, stored as read.
#include <gmock/gmock.h>

#include <chrono>

#include "tests/unit/server/api/alerts/alert_scene.h"

namespace wardcast {
namespace {

using std::chrono::minutes;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// 07:01 in Denver.
class LivingTextsTest : public testing::AlertScene {
 protected:
  static v1::PublishAlertRequest WithBlanks() {
    v1::PublishAlertRequest request = Outage("ehr", {"4w"});
    v1::Alert& alert = *request.mutable_alert();
    alert.set_headline("{service} is down");
    alert.set_impact("Since {start}. Next update {next}.");
    alert.add_instructions()->set_text("Write on paper what was done since {start}");
    return request;
  }
  v1::Alert Sent() {
    const auto sent = Publish(Person("ann"), WithBlanks());
    EXPECT_TRUE(sent) << sent.error().message;
    return sent ? sent->alert() : v1::Alert();
  }
  v1::UpdateAlertRequest NoNews(const v1::Alert& alert, minutes until_next) {
    v1::UpdateAlertRequest request;
    request.set_alert_id(alert.id());
    request.set_re_alert(v1::ReAlert::NO);
    *request.mutable_alert()->mutable_next_update()->mutable_at() =
        ToTimestamp(clock_.Now() + until_next);
    return request;
  }
};

TEST_F(LivingTextsTest, AreStoredAsWardsReadThem) {
  const v1::Alert sent = Sent();
  EXPECT_EQ(sent.headline(), "Inpatient EHR is down");
  EXPECT_EQ(sent.impact(), "Since 07:01. Next update 07:31.");
  EXPECT_THAT(sent.written(), SizeIs(3));
  EXPECT_EQ(Load(sent.id()).SerializeAsString(), sent.SerializeAsString());
}

// Wards went on reading "Next update 07:31" after it had moved.
TEST_F(LivingTextsTest, FollowTheNextUpdateWithoutCallingAgain) {
  const v1::Alert sent = Sent();
  clock_.Advance(minutes(20));
  const auto later = change_.UpdateAlert(CallOf(Person("ann")), NoNews(sent, minutes(40)));
  ASSERT_TRUE(later) << later.error().message;
  EXPECT_EQ(later->alert().impact(), "Since 07:01. Next update 08:01.");
  EXPECT_EQ(later->alert().what_changed(), "next update 08:01");
  EXPECT_EQ(later->alert().round(), sent.round());
}

// "Do now" reads otherwise, and is the same order: no ward is asked again.
TEST_F(LivingTextsTest, AnEarlierStartIsNoOtherInstruction) {
  const v1::Alert sent = Sent();
  v1::UpdateAlertRequest request;
  request.set_alert_id(sent.id());
  *request.mutable_alert()->mutable_start()->mutable_at() = ToTimestamp(clock_.Now() - minutes(16));
  const auto earlier = change_.UpdateAlert(CallOf(Person("ann")), request);
  ASSERT_TRUE(earlier) << earlier.error().message;
  EXPECT_THAT(earlier->alert().instructions(0).text(), HasSubstr("since 06:45"));
  EXPECT_EQ(earlier->alert().what_changed(), "start 06:45");
  EXPECT_EQ(earlier->alert().round(), sent.round());
}

TEST_F(LivingTextsTest, OfAMachineThatSaysTheSameAgainChangeNothing) {
  v1::PublishAlertRequest request = WithBlanks();
  request.set_source_key("nagios/ehr");
  const auto first = Publish(Machine("nagios"), request);
  ASSERT_TRUE(first) << first.error().message;
  clock_.Advance(minutes(5));
  const auto again = Publish(Machine("nagios"), request);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->alert().version(), first->alert().version());
}

TEST_F(LivingTextsTest, AreFilledAnewByTheClockToo) {
  const v1::Alert sent = Sent();
  clock_.Advance(minutes(24 * 60));
  Sync();
  RunSteps(sent.id());
  const v1::Alert next_day = Load(sent.id());
  ASSERT_GT(next_day.version(), sent.version());
  EXPECT_EQ(next_day.revision(), sent.revision());
  EXPECT_EQ(next_day.impact(), "Since Sun 07:01. Next update Sun 07:31.");
}

TEST_F(LivingTextsTest, OfADraftAreAsWrittenUntilItIsSent) {
  v1::PublishAlertRequest request = WithBlanks();
  request.set_draft(true);
  const v1::Alert draft = Publish(Person("ann"), request)->alert();
  EXPECT_EQ(draft.headline(), "{service} is down");
  EXPECT_THAT(draft.written(), IsEmpty());
  v1::PublishAlertRequest send;
  send.set_draft_id(draft.id());
  const auto sent = Publish(Person("ann"), send);
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(sent->alert().headline(), "Inpatient EHR is down");
  EXPECT_EQ(sent->alert().written(0).text(), "{service} is down");
}

TEST_F(LivingTextsTest, OfAClosedNoticeReadAsTheyDid) {
  const v1::Alert sent = Sent();
  v1::EndAlertRequest request;
  request.set_alert_id(sent.id());
  request.set_all_clear(true);
  const auto ended = change_.EndAlert(CallOf(Person("ann")), request);
  ASSERT_TRUE(ended) << ended.error().message;
  EXPECT_EQ(ended->alert().impact(), sent.impact());
}

TEST_F(LivingTextsTest, ArePreviewedAsAWardWouldReadThem) {
  v1::PreviewAudienceRequest request;
  *request.mutable_alert() = WithBlanks().alert();
  request.mutable_alert()->set_reason("It lasts until {end}");
  *request.mutable_audience() = request.alert().audience();
  *request.mutable_services() = request.alert().services();
  const auto preview = preview_.PreviewAudience(CallOf(Person("ann")), request);
  ASSERT_TRUE(preview) << preview.error().message;
  EXPECT_EQ(preview->filled().headline(), "Inpatient EHR is down");
  EXPECT_EQ(preview->filled().impact(), "Since 07:01. Next update 07:31.");
  EXPECT_EQ(preview->filled().reason(), "It lasts until {end}");
  request.clear_alert();
  EXPECT_FALSE(preview_.PreviewAudience(CallOf(Person("ann")), request)->has_filled());
}

}  // namespace
}  // namespace wardcast
