// How a drill ends: after two hours, by a person, or because a real notice comes.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "server/alert/lifecycle.h"
#include "server/alert/steps.h"
#include "server/alert/steps/real_notice.h"
#include "tests/unit/server/alert/steps/legal.h"
#include "tests/unit/server/alert/steps/timeline.h"

namespace wardcast {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using namespace std::chrono_literals;

const TimePoint kDrillNow = At("2026-03-01T21:07:00Z");

v1::Alert WrittenDrill() {
  v1::Alert drill = LabOutage();
  drill.set_status(v1::Status::EXERCISE);
  drill.set_severity(v1::Severity::MINOR);  // no promised update, no shift start
  return drill;
}

v1::Alert StartedDrill(const v1::Alert& written = WrittenDrill()) {
  const auto drill = NewAlert(written, Hospital(), "training", kDrillNow);
  EXPECT_TRUE(drill) << drill.error().message;
  return *drill;
}

v1::Alert RealNotice(const char* ward) {
  v1::Alert written = LabOutage();
  written.mutable_audience()->clear_sites();
  written.mutable_audience()->add_wards(ward);
  v1::Alert real = *NewAlert(written, Hospital(), "apps", kDrillNow);
  real.set_id("01JNREAL000000000000000000");
  return real;
}

TEST(DrillLife, IsOverTwoHoursAfterItWentOut) {
  Timeline drill(StartedDrill(), kDrillNow);
  EXPECT_EQ(FromTimestamp(drill.alert().expires()), kDrillNow + 2h);
  drill.RunTo(kDrillNow + 2h - 1ms);
  EXPECT_EQ(drill.alert().state(), v1::State::ACTIVE);
  drill.RunTo(kDrillNow + 2h);
  EXPECT_THAT(drill.told(), ElementsAre("end 23:07Z round 1 TOAST PUBLISHED CLOSED"));
  EXPECT_EQ(drill.alert().closing(), v1::Closing::EXPIRED);
  EXPECT_THAT(drill.alert().closing_text(),
              AnyOf("EXERCISE ENDED 16:07. The notice of 14:07 was an exercise.",
                    "EXERCISE ENDED 16:07 MST. The notice of 14:07 MST was an exercise."));
  EXPECT_EQ(NextSteps(drill.alert(), Hospital(), kDrillNow + 3h).ask_again, std::nullopt);
  ExpectLegal(drill.alert());
}

TEST(DrillLife, NoEditReminderOrPostponementMakesItLonger) {
  v1::Alert written = WrittenDrill();
  written.set_kind(v1::Kind::PLANNED_DOWNTIME);
  *written.mutable_start()->mutable_at() = ToTimestamp(kDrillNow + 90min);
  const v1::Alert planned = StartedDrill(written);
  EXPECT_EQ(planned.state(), v1::State::ACTIVE) << "a drill does not wait for its first reminder";
  Timeline drill(planned, kDrillNow);
  drill.Do(kDrillNow + 10min, [](const v1::Alert& alert, TimePoint now) {
    v1::UpdateAlertRequest edit;
    edit.mutable_alert()->set_headline("A longer drill");
    return UpdatedAlert(alert, edit, Hospital(), now);
  });
  drill.Do(kDrillNow + 80min, [](const v1::Alert& alert, TimePoint now) {
    v1::PostponeAlertRequest later;
    *later.mutable_start()->mutable_at() = ToTimestamp(now + 24h);
    return PostponedAlert(alert, later, Hospital(), now);
  });
  EXPECT_EQ(FromTimestamp(drill.alert().expires()), kDrillNow + 2h);
  drill.RunTo(kDrillNow + 2h);
  EXPECT_EQ(drill.alert().closing(), v1::Closing::EXPIRED);
}

TEST(DrillLife, TwoHoursCountFromTheMomentItGoesOut) {
  v1::Alert written = WrittenDrill();
  *written.mutable_send_at()->mutable_at() = ToTimestamp(kDrillNow + 5h);
  const v1::Alert scheduled = StartedDrill(written);
  EXPECT_EQ(scheduled.state(), v1::State::SCHEDULED);
  Timeline drill(scheduled, kDrillNow);
  drill.LookAt(kDrillNow + 5h + 3min);  // a broker that was stopped for a while
  EXPECT_EQ(drill.alert().state(), v1::State::ACTIVE);
  EXPECT_EQ(FromTimestamp(drill.alert().expires()), kDrillNow + 7h + 3min);
  drill.RunTo(kDrillNow + 7h + 3min);
  EXPECT_EQ(drill.alert().state(), v1::State::CLOSED);
}

TEST(DrillLife, PlannedWorkThatIsPostponedBeforeItsTimeIsStillSentThen) {
  v1::Alert written = WrittenDrill();
  written.set_kind(v1::Kind::PLANNED_DOWNTIME);
  *written.mutable_start()->mutable_at() = ToTimestamp(kDrillNow + 6h);
  *written.mutable_send_at()->mutable_at() = ToTimestamp(kDrillNow + 5h);
  v1::PostponeAlertRequest later;
  *later.mutable_start()->mutable_at() = ToTimestamp(kDrillNow + 7h);
  const auto postponed = PostponedAlert(StartedDrill(written), later, Hospital(), kDrillNow + 1h);
  ASSERT_TRUE(postponed) << postponed.error().message;
  ASSERT_TRUE(postponed->has_value());
  EXPECT_EQ((*postponed)->state(), v1::State::SCHEDULED);
  EXPECT_EQ(FromTimestamp((*postponed)->expires()), kDrillNow + 7h);
}

TEST(DrillLife, ThatNeverWentOutEndsWithoutHavingBeenShown) {
  v1::Alert written = WrittenDrill();
  *written.mutable_send_at()->mutable_at() = ToTimestamp(kDrillNow + 5h);
  Timeline drill(StartedDrill(written), kDrillNow);
  drill.LookAt(kDrillNow + 7h);
  EXPECT_EQ(drill.alert().closing(), v1::Closing::EXPIRED);
  EXPECT_THAT(drill.alert().closing_text(), testing::HasSubstr("was not shown anywhere"));
  ExpectLegal(drill.alert());
}

TEST(DrillLife, EndedByAPersonItIsNoAllClearAndItsStripIsGoneWithTheTwoHours) {
  v1::EndAlertRequest end;
  end.set_all_clear(true);
  end.add_back_entry("Enter what you wrote");
  const v1::Alert drill = StartedDrill();
  const v1::Alert ended = **EndedAlert(drill, end, Hospital(), kDrillNow + 30min);
  EXPECT_THAT(ended.closing_text(), testing::StartsWith("EXERCISE ENDED 14:37"));
  EXPECT_EQ(FromTimestamp(ended.strip_until()), kDrillNow + 2h);
  const v1::Alert recalled = **RecalledAlert(drill, {}, Hospital(), kDrillNow + 30min);
  EXPECT_EQ(FromTimestamp(recalled.strip_until()), kDrillNow + 2h);
  // One that the clock has not ended yet.
  const v1::Alert late = **EndedAlert(drill, end, Hospital(), kDrillNow + 3h);
  EXPECT_EQ(FromTimestamp(late.strip_until()), kDrillNow + 3h);
}

TEST(RealNotice, TakesThePlaceOfEverythingElseThatIsDue) {
  const v1::Alert drill = StartedDrill();
  const v1::Alert here = RealNotice("4w");
  const v1::Alert elsewhere = RealNotice("n-2");
  const std::vector<const v1::Alert*> open{&drill, &elsewhere, &here};
  const TimePoint over = kDrillNow + 2h;
  const auto step =
      RealNoticeStep(drill, NextSteps(drill, Hospital(), over).due, open, Hospital(), over);
  ASSERT_TRUE(step);
  EXPECT_EQ(step->key.step, "real-notice");
  EXPECT_EQ(step->key.target, here.id());
  EXPECT_EQ(step->due, over);

  const auto after = AfterSteps(drill, {step->key}, Hospital(), over);
  ASSERT_TRUE(after);
  EXPECT_EQ(after->state(), v1::State::CLOSED);
  EXPECT_EQ(after->closing(), v1::Closing::EXPIRED);
  EXPECT_EQ(after->closing_text(), "EXERCISE STOPPED. The next notice is real.");
  ExpectFollows(drill, *after);
  ExpectLegal(*after);
  EXPECT_FALSE(AfterSteps(*after, {step->key}, Hospital(), over)) << "it is closed";
  EXPECT_FALSE(AfterSteps(here, {step->key}, Hospital(), over)) << "it is no drill";
}

TEST(RealNotice, SpeaksTheLanguageOfTheDrill) {
  const StepKey key{.step = "real-notice", .target = "01JNREAL000000000000000000"};
  const auto words = [&](const char* language) {
    v1::Alert drill = StartedDrill();
    drill.set_language(language);
    return AfterSteps(drill, {key}, Hospital(), kDrillNow)->closing_text();
  };
  EXPECT_EQ(words("de"), "ÜBUNG ABGEBROCHEN. Die nächste Meldung ist echt.");
  EXPECT_EQ(words("es"), "SIMULACRO INTERRUMPIDO. El próximo aviso es real.");
  EXPECT_EQ(words("fr"), "EXERCICE INTERROMPU. Le prochain avis est réel.");
}

TEST(RealNotice, ADrillThatWaitsForItsTimeIsStoppedOnlyWhenItsTimeHasCome) {
  v1::Alert written = WrittenDrill();
  *written.mutable_send_at()->mutable_at() = ToTimestamp(kDrillNow + 1h);
  const v1::Alert drill = StartedDrill(written);
  const v1::Alert real = RealNotice("4w");
  const std::vector<const v1::Alert*> open{&real};
  const auto at = [&](TimePoint now) {
    return RealNoticeStep(drill, NextSteps(drill, Hospital(), now).due, open, Hospital(), now);
  };
  EXPECT_FALSE(at(kDrillNow + 59min));
  const auto step = at(kDrillNow + 1h);
  ASSERT_TRUE(step);
  const auto after = AfterSteps(drill, {step->key}, Hospital(), kDrillNow + 1h);
  ASSERT_TRUE(after);
  EXPECT_EQ(after->closing_text(), "EXERCISE STOPPED. The notice was not shown anywhere.");
  ExpectLegal(*after);
}

TEST(RealNotice, LeavesDraftsAndEverythingRealAlone) {
  const v1::Alert real = RealNotice("4w");
  const v1::Alert draft = *DraftOf(WrittenDrill(), Hospital(), "training", kDrillNow);
  const std::vector<const v1::Alert*> open{&real};
  EXPECT_FALSE(RealNoticeStep(draft, {}, open, Hospital(), kDrillNow));
  EXPECT_FALSE(RealNoticeStep(real, {}, open, Hospital(), kDrillNow));
  EXPECT_FALSE(RealNoticeStep(StartedDrill(), {}, {}, Hospital(), kDrillNow));
  const StepKey key{.step = "real-notice", .target = real.id()};
  EXPECT_FALSE(AfterSteps(draft, {key}, Hospital(), kDrillNow));
}

}  // namespace
}  // namespace wardcast
