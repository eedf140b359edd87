// What the inbox shows of an alert's whole life: planned work, shifts, parts that are clear, ends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agent/core/inbox.h"
#include "tests/unit/agent/core/hospital.h"

namespace wardcast::agent {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// 15:00 to 17:00 in Denver.
v1::Alert Upgrade() {
  v1::Alert alert = Outage("P");
  alert.set_kind(v1::Kind::PLANNED_DOWNTIME);
  alert.set_phase(v1::Phase::ANNOUNCED);
  alert.set_presentation(v1::Presentation::TOAST);
  *alert.mutable_start() = Denver(Utc("22:00:00"));
  *alert.mutable_expected_end() = Denver(Utc("23:59:00"));
  return alert;
}

void Remind(v1::Alert& alert, int round, v1::Presentation::Value presentation,
            v1::Occasion::Value occasion = v1::Occasion::REMINDER) {
  alert.set_round(round);
  alert.set_round_presentation(presentation);
  alert.set_occasion(occasion);
}

TEST(Life, ThePlannedNightReadsRightAtEachStep) {
  Ward ward;
  v1::Alert& alert = ward.Hold(Upgrade());
  Remind(alert, 2, v1::Presentation::TOAST);
  Notice notice = ward.Shown("21:00:00");
  EXPECT_EQ(notice.presentation, Presentation::kToast);
  EXPECT_EQ(notice.standing, "Planned, starts 15:00 (in 60 min): save and sign out by 14:45");
  EXPECT_EQ(notice.since, "");
  Remind(alert, 3, v1::Presentation::DIALOG);
  notice = ward.Shown("21:45:00");
  EXPECT_EQ(notice.presentation, Presentation::kDialog);
  EXPECT_EQ(ward.At("21:45:00").ask_again, Utc("21:46:00") - Utc("00:00:00"));
  EXPECT_EQ(ward.Shown("22:00:00").standing, "Planned 15:00, not confirmed");

  Remind(alert, 4, v1::Presentation::TICKER, v1::Occasion::PUBLISHED);
  *alert.mutable_started_at() = Denver(Utc("22:12:00"));
  alert.set_phase(v1::Phase::CONFIRMED);
  notice = ward.Shown("22:13:00");
  EXPECT_EQ(notice.presentation, Presentation::kTicker);
  EXPECT_EQ(notice.standing, "");
  EXPECT_EQ(notice.since, "15:12") << "when it began, not when it was meant to";

  Remind(alert, 5, v1::Presentation::DIALOG, v1::Occasion::OVERRUN);
  *alert.mutable_overrun_since() = Denver(Utc("23:00:00"));
  *alert.mutable_expected_end() = Denver(Utc("23:00:00"));
  notice = ward.Shown("23:01:00");
  EXPECT_EQ(notice.presentation, Presentation::kDialog);
  EXPECT_EQ(notice.standing, "Takes longer than planned: was to end 16:00");
}

TEST(Life, AReminderIsTheStripOnAClinicalPc) {
  Ward ward;
  ward.settings = FourWest(v1::EndpointClass::CLINICAL);
  Remind(ward.Hold(Upgrade()), 2, v1::Presentation::DIALOG);
  EXPECT_EQ(ward.Shown("21:45:00").presentation, Presentation::kTicker);
}

TEST(Life, AShiftStartShowsTheAnswerOfThePreviousShift) {
  Ward ward;
  v1::Alert& alert = ward.Hold(Outage("A"));
  ward.attentions[{"A", 1, Stage::kOpen}] = {.displayed = true, .seen = true};
  ward.holdings["A"].answers = {AnswerOf("A", 1, v1::Response::PROCEDURE_STARTED, Utc("21:09:00"))};
  v1::WardOverride* shift = alert.add_ward_overrides();
  shift->set_ward_id("4w");
  shift->set_round(2);
  shift->set_presentation(v1::Presentation::TOAST);
  shift->set_occasion(v1::Occasion::SHIFT_START);
  const Notice notice = ward.Shown("22:00:00");
  EXPECT_EQ(notice.presentation, Presentation::kToast);
  EXPECT_EQ(notice.ward_answer, "4 West: procedure started, J.R., 14:09, by the previous shift");
  EXPECT_TRUE(notice.asks_answer) << "the new shift may answer";
}

TEST(Life, AMissedUpdateStaysOverdueWhenThePromiseWasMoved) {
  Ward ward;
  v1::Alert& alert = ward.Hold(Outage("A"));
  *alert.mutable_next_update() = Denver(Utc("22:00:00"));
  alert.set_missed_updates(1);
  EXPECT_EQ(ward.Shown("21:50:00").next_update, "15:00 (update overdue)");
}

v1::ClearedPart PartOf(const std::string& service, const std::string& name) {
  v1::ClearedPart part;
  part.add_services(service);
  part.add_service_names(name);
  *part.mutable_at() = Denver(Utc("22:10:00"));
  return part;
}

TEST(Life, APartThatIsClearNamesWhatStaysDown) {
  Ward ward;
  v1::Alert& alert = ward.Hold(Outage("A"));
  alert.add_services("imaging");
  alert.add_service_names("Imaging");
  *alert.add_cleared() = PartOf("lab-results", "Orders and results (lab)");
  Remind(alert, 2, v1::Presentation::DIALOG, v1::Occasion::PARTLY_CLEAR);
  const Notice notice = ward.Shown("22:11:00");
  EXPECT_EQ(notice.phase, Phase::kOpen);
  EXPECT_EQ(notice.presentation, Presentation::kDialog);
  EXPECT_EQ(notice.cleared,
            "Works again since 15:10: Orders and results (lab). Still down: Imaging.");
  EXPECT_THAT(notice.down, ElementsAre("Imaging"));
  alert.set_what_changed(
      "ALL CLEAR 15:10. Orders and results (lab): working again. Still down: Imaging.");
  EXPECT_EQ(ward.Shown("22:11:00").cleared, "") << "what changed says it";
  EXPECT_THAT(ward.Shown("22:11:00").down, ElementsAre("Imaging"));
}

TEST(Life, StayOnPaperIsSaidOnce) {
  Ward ward;
  v1::Alert& alert = ward.Hold(Outage("A"));
  alert.set_state(v1::State::RECOVERING);
  alert.set_what_changed("Restored, verifying. Stay on paper until the all clear.");
  EXPECT_EQ(ward.Shown("22:11:00").what_changed, "");
  alert.set_what_changed("The vendor checks the last orders.");
  EXPECT_THAT(ward.Shown("22:11:00").what_changed, HasSubstr("The vendor checks"));
}

TEST(Life, WhereNothingIsDownAnyMoreItIsOverAlthoughOthersWait) {
  Ward ward;
  ward.settings.mutable_site()->set_id("main");
  v1::Alert& alert = ward.Hold(Outage("A"));
  alert.add_back_entry("Vital signs");
  v1::ClearedPart part;
  part.add_sites("main");
  *part.mutable_at() = Denver(Utc("22:10:00"));
  *alert.add_cleared() = part;
  Remind(alert, 2, v1::Presentation::DIALOG, v1::Occasion::PARTLY_CLEAR);
  EXPECT_THAT(ward.At("22:11:00").screen.notices, IsEmpty()) << "a late comer gets no end";

  ward.attentions[{"A", 1, Stage::kOpen}].displayed = true;
  Notice notice = ward.Shown("22:11:00");
  EXPECT_EQ(notice.phase, Phase::kAllClear);
  EXPECT_EQ(notice.presentation, Presentation::kDialog);
  EXPECT_EQ(notice.closing, "ALL CLEAR 15:10.");
  EXPECT_FALSE(notice.asks_answer);
  alert.set_round(3);
  alert.set_occasion(v1::Occasion::CHANGED);
  EXPECT_EQ(ward.Shown("22:20:00").presentation, Presentation::kTicker)
      << "attention is called for the others";
  ward.settings.mutable_site()->set_id("south");
  notice = ward.Shown("22:20:00");
  EXPECT_EQ(notice.phase, Phase::kOpen);
  EXPECT_EQ(notice.cleared, "In order again at another site. Here it is still down.");
}

v1::Alert Ended(const std::string& id, v1::Closing::Value closing) {
  v1::Alert alert = Outage(id);
  alert.set_state(v1::State::CLOSED);
  alert.set_closing(closing);
  *alert.mutable_changed_at() = Denver(Utc("21:30:00"));
  return alert;
}

TEST(Life, TheBrokerSaysHowLongTheStripStays) {
  for (const auto closing : {v1::Closing::ENDED, v1::Closing::RECALLED}) {
    Ward ward;
    *ward.Hold(Ended("A", closing)).mutable_strip_until() = ToTimestamp(Utc("22:00:00"));
    ward.attentions[{"A", 1, Stage::kOpen}].displayed = true;
    EXPECT_THAT(ward.At("21:59:59").screen.notices, SizeIs(1));
    EXPECT_EQ(ward.At("21:59:59").ask_again, Utc("22:00:00") - Utc("00:00:00"));
    EXPECT_THAT(ward.At("22:00:00").screen.notices, IsEmpty());
  }
}

TEST(Life, TheStripOfAnEndIsShownOnceAsTheNoticeWas) {
  Ward ward;
  v1::Alert& alert = ward.Hold(Ended("A", v1::Closing::ENDED));
  alert.set_round_presentation(v1::Presentation::TICKER);
  ward.attentions[{"A", 1, Stage::kOpen}].displayed = true;
  EXPECT_EQ(ward.Shown("21:31:00").presentation, Presentation::kDialog);
}

TEST(Life, AnAllClearGivesWayToWhatIsDownNotToWhatIsOnlyPlanned) {
  Ward ward;
  ward.Hold(Ended("A", v1::Closing::ENDED));
  ward.Hold(Ended("R", v1::Closing::RECALLED));
  ward.attentions[{"A", 1, Stage::kOpen}].displayed = true;
  ward.attentions[{"R", 1, Stage::kOpen}].displayed = true;
  ward.Hold(Upgrade());
  ward.Hold(Outage("drill")).set_status(v1::Status::EXERCISE);
  ward.Hold(Outage("tip")).set_kind(v1::Kind::INFORMATION);
  const auto shows = [&](const std::string& id) {
    const Picture picture = ward.At("21:31:00");
    return std::ranges::count(picture.screen.notices, id, &Notice::alert_id) == 1;
  };
  EXPECT_TRUE(shows("A"));
  ward.Hold(Outage("B"));
  EXPECT_FALSE(shows("A"));
  EXPECT_TRUE(shows("R")) << "a correction is shown, not hidden";
}

TEST(Life, DraftsAndScheduledOnesAreNotOnTheScreen) {
  for (const auto state : {v1::State::DRAFT, v1::State::PENDING_APPROVAL, v1::State::SCHEDULED}) {
    Ward ward;
    ward.Hold(Outage("A")).set_state(state);
    EXPECT_THAT(ward.At("21:10:00").screen.notices, IsEmpty());
  }
}

TEST(Life, TheSitesLanguageIsTheFramesAndTheNoticesOwnIsItsOwn) {
  Ward ward;
  ward.settings.mutable_site()->set_language("de");
  ward.Hold(Outage("A"));
  v1::Alert& spanish = ward.Hold(Ended("B", v1::Closing::RECALLED));
  spanish.set_language("es");
  ward.attentions[{"B", 1, Stage::kOpen}].displayed = true;
  const Picture picture = ward.At("21:40:00");
  EXPECT_EQ(picture.screen.language, Language::kGerman);
  ASSERT_THAT(picture.screen.notices, SizeIs(2));
  EXPECT_EQ(picture.screen.notices[0].kind, "Systemausfall");
  EXPECT_EQ(picture.screen.notices[0].expected_back, "unbekannt");
  EXPECT_EQ(picture.screen.notices[1].closing,
            "RETIRADO 14:30. El aviso de 14:07 se envió por error. No hay que hacer nada.");
  EXPECT_EQ(picture.screen.notices[0].headline, "Lab results are not reaching the EHR")
      << "what people wrote is never translated";
}

}  // namespace
}  // namespace wardcast::agent
