// What an endpoint shows of a drill: never beside a real notice that matters, never longer than its
// time, and its end once.
#include "agent/core/drill.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/agent/core/hospital.h"

namespace wardcast::agent {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// From 14:07 to 16:07 in Denver, displayed here.
v1::Alert& HoldDrill(Ward& ward, v1::Severity::Value severity = v1::Severity::EXTREME) {
  v1::Alert drill = Outage("drill");
  drill.set_status(v1::Status::EXERCISE);
  drill.set_severity(severity);
  *drill.mutable_expires() = ToTimestamp(Utc("23:07:00"));
  ward.attentions[{"drill", 1, Stage::kOpen}].displayed = true;
  return ward.Hold(drill);
}

v1::Alert& HoldReal(Ward& ward, v1::Severity::Value severity = v1::Severity::SEVERE) {
  v1::Alert real = Outage("real");
  real.set_severity(severity);
  *real.mutable_published_at() = Denver(Utc("21:30:00"));
  return ward.Hold(real);
}

void CloseDrill(v1::Alert& drill, v1::Closing::Value closing, const std::string& at) {
  drill.set_state(v1::State::CLOSED);
  drill.set_closing(closing);
  *drill.mutable_changed_at() = Denver(Utc(at));
}

std::vector<std::string> Ids(const Picture& picture) {
  std::vector<std::string> ids;
  ids.reserve(picture.screen.notices.size());
  for (const Notice& notice : picture.screen.notices) ids.push_back(notice.alert_id);
  return ids;
}

TEST(Drill, ARealNoticeStopsItBeforeTheBrokerSaysSo) {
  Ward ward;
  HoldDrill(ward);
  HoldReal(ward);
  const Picture picture = ward.At("21:30:01");
  ASSERT_THAT(Ids(picture), ElementsAre("real", "drill"));
  const Notice& drill = picture.screen.notices[1];
  EXPECT_EQ(drill.phase, Phase::kDrillOver);
  EXPECT_EQ(drill.closing, "EXERCISE STOPPED. The next notice is real.");
  EXPECT_LE(drill.presentation, Presentation::kToast);
  EXPECT_FALSE(drill.asks_answer);
}

TEST(Drill, TheBrokersWordsForItsEndComeFirst) {
  Ward ward;
  v1::Alert& drill = HoldDrill(ward);
  CloseDrill(drill, v1::Closing::EXPIRED, "21:30:00");
  drill.set_closing_text("ÜBUNG ABGEBROCHEN. Die nächste Meldung ist echt.");
  HoldReal(ward);
  const Picture picture = ward.At("21:31:00");
  ASSERT_THAT(Ids(picture), ElementsAre("real", "drill"));
  EXPECT_EQ(picture.screen.notices[1].closing, drill.closing_text());
}

TEST(Drill, ItsStopIsShownOnceAndSoonGoes) {
  Ward ward;
  HoldDrill(ward);
  HoldReal(ward);
  EXPECT_EQ(ward.At("21:31:00").ask_again, Utc("21:40:00") - Utc("00:00:00"))
      << "it goes by itself";
  EXPECT_THAT(Ids(ward.At("21:40:00")), ElementsAre("real"));
  ward.attentions[{"drill", 1, Stage::kClosing}].seen = true;
  EXPECT_THAT(Ids(ward.At("21:31:00")), ElementsAre("real"));
}

TEST(Drill, ItsStopIsNotShownWhereItNeverWas) {
  Ward ward;
  HoldDrill(ward);
  ward.attentions.clear();
  HoldReal(ward);
  EXPECT_THAT(Ids(ward.At("21:31:00")), ElementsAre("real"));
}

TEST(Drill, OnlyAnOpenRealNoticeOfTheTwoHighestSeveritiesStopsIt) {
  struct Case {
    const char* why;
    void (*change)(v1::Alert& other);
  };
  for (const Case& c :
       {Case{"moderate", [](v1::Alert& other) { other.set_severity(v1::Severity::MODERATE); }},
        Case{"another drill", [](v1::Alert& other) { other.set_status(v1::Status::EXERCISE); }},
        Case{"over",
             [](v1::Alert& other) {
               other.set_state(v1::State::CLOSED);
               other.set_closing(v1::Closing::ENDED);
             }},
        Case{"scheduled", [](v1::Alert& other) { other.set_state(v1::State::SCHEDULED); }},
        Case{"in order again here", [](v1::Alert& other) {
               *other.add_cleared()->mutable_at() = Denver(Utc("21:30:00"));
             }}}) {
    Ward ward;
    const v1::Alert& drill = HoldDrill(ward);
    c.change(HoldReal(ward));
    EXPECT_FALSE(EndOfDrill(drill, ward.holdings, "", Utc("21:31:00"))) << c.why;
  }
  for (const auto severity : {v1::Severity::SEVERE, v1::Severity::EXTREME}) {
    Ward ward;
    const v1::Alert& drill = HoldDrill(ward);
    HoldReal(ward, severity).set_state(v1::State::RECOVERING);
    EXPECT_TRUE(EndOfDrill(drill, ward.holdings, "", Utc("21:31:00"))) << severity;
  }
}

TEST(Drill, ThatAPersonHasEndedIsNotToldBesideARealNotice) {
  for (const auto closing : {v1::Closing::ENDED, v1::Closing::RECALLED}) {
    Ward ward;
    CloseDrill(HoldDrill(ward), closing, "21:29:00");
    EXPECT_THAT(Ids(ward.At("21:29:30")), ElementsAre("drill"));
    HoldReal(ward);
    EXPECT_THAT(Ids(ward.At("21:31:00")), ElementsAre("real"));
  }
}

TEST(Drill, EndsAtItsTimeAlsoWithoutABroker) {
  Ward ward;
  v1::Alert& drill = HoldDrill(ward);
  EXPECT_EQ(ward.Shown("23:06:59").phase, Phase::kOpen);
  EXPECT_EQ(ward.Shown("23:07:00").phase, Phase::kDrillOver);
  EXPECT_EQ(ward.Shown("23:07:00").closing, "EXERCISE ENDED 16:07.");
  CloseDrill(drill, v1::Closing::EXPIRED, "23:07:02");
  EXPECT_EQ(ward.Shown("23:08:00").phase, Phase::kDrillOver);
  EXPECT_EQ(ward.Shown("23:08:00").closing, "EXERCISE ENDED 16:07.");
}

TEST(Drill, StandsBelowARealNoticeOfTheSameSeverity) {
  Ward ward;
  HoldDrill(ward, v1::Severity::MODERATE);
  *HoldReal(ward, v1::Severity::MODERATE).mutable_published_at() = Denver(Utc("20:00:00"));
  EXPECT_THAT(Ids(ward.At("21:31:00")), ElementsAre("real", "drill"));
}

TEST(Drill, StaysAwayFromClinicalAndUnplacedPcsInEveryPhase) {
  for (const bool placed : {true, false}) {
    Ward ward;
    ward.settings = FourWest(v1::EndpointClass::CLINICAL);
    if (!placed) ward.settings.mutable_endpoint()->clear_ward_id();
    v1::Alert& drill = HoldDrill(ward);
    EXPECT_THAT(Ids(ward.At("21:10:00")), IsEmpty());
    CloseDrill(drill, v1::Closing::EXPIRED, "21:30:00");
    EXPECT_THAT(Ids(ward.At("21:31:00")), IsEmpty());
  }
}

TEST(Drill, ARealProblemIsNoAnswerOfTheWard) {
  Ward ward;
  v1::Alert& drill = HoldDrill(ward);
  drill.set_asks_answer(true);
  ward.holdings["drill"].answers = {
      AnswerOf("drill", 1, v1::Response::REAL_PROBLEM, Utc("21:20:00"))};
  const Notice notice = ward.Shown("21:21:00");
  EXPECT_TRUE(notice.asks_answer);
  EXPECT_EQ(notice.ward_answer, "4 West: reports a real problem, J.R., 14:20");
}

}  // namespace
}  // namespace wardcast::agent
