// The same notice read aloud, by phone, by mail, in a ticket.
#include "agent/cli/notice/copy_as.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wardcast::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

v1::Alert EhrOutage() {
  v1::Alert alert;
  alert.set_id("01JOUTAGE00000000000000000");
  alert.set_state(v1::State::ACTIVE);
  alert.set_kind(v1::Kind::OUTAGE);
  alert.set_severity(v1::Severity::SEVERE);
  alert.set_headline("The inpatient EHR is down");
  alert.set_impact("Nothing can be charted");
  alert.add_service_names("Inpatient EHR");
  alert.add_still_works("Phones");
  v1::Instruction& step = *alert.add_instructions();
  step.set_when(v1::Instruction::When::DURING);
  step.set_text("Chart on paper");
  v1::Instruction& never = *alert.add_instructions();
  never.set_when(v1::Instruction::When::DO_NOT);
  never.set_text("Do not restart PCs");
  alert.set_phone("5555");
  alert.set_asks_answer(true);
  alert.set_reason("A failed switch in room B12");
  alert.set_ticket("INC0042");
  return alert;
}

TEST(CopyAsPage, IsTwoSentencesTwiceAndTellsNoReason) {
  const std::string text = CopyText(EhrOutage(), CopyAs::kPage);
  EXPECT_THAT(text, StartsWith("Attention please. The inpatient EHR is down."));
  EXPECT_THAT(text, HasSubstr("I repeat. The inpatient EHR is down."));
  EXPECT_THAT(text, Not(HasSubstr("B12")));
}

TEST(CopyAsPhone, SaysWhatToDoAndAsksTheWard) {
  const std::string text = CopyText(EhrOutage(), CopyAs::kPhone);
  EXPECT_THAT(text, HasSubstr("- Chart on paper"));
  EXPECT_THAT(text, HasSubstr("- Do not restart PCs"));
  EXPECT_THAT(text, HasSubstr("Do you need downtime help?"));
}

TEST(CopyAsMail, HasASubjectAndEverything) {
  const std::string text = CopyText(EhrOutage(), CopyAs::kMail);
  EXPECT_THAT(text, StartsWith("Subject: WARNING: The inpatient EHR is down\n\n"));
  for (const char* part : {"Nothing can be charted.", "Services: Inpatient EHR", "- Phones",
                           "Expected back: unknown", "Call: 5555", "Ticket: INC0042"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(CopyAsTicket, SaysWhereItStands) {
  EXPECT_THAT(CopyText(EhrOutage(), CopyAs::kTicket), HasSubstr("State: active\n"));
}

TEST(CopyOfAnEndedNotice, IsItsAllClear) {
  v1::Alert alert = EhrOutage();
  alert.set_state(v1::State::CLOSED);
  alert.set_closing(v1::Closing::ENDED);
  alert.set_closing_text("ALL CLEAR 15:10");
  alert.add_back_entry("Vital signs since 14:07");
  for (const CopyAs as : {CopyAs::kPage, CopyAs::kPhone, CopyAs::kMail}) {
    EXPECT_THAT(CopyText(alert, as), HasSubstr("ALL CLEAR 15:10."));
    EXPECT_THAT(CopyText(alert, as), Not(HasSubstr("Chart on paper")));
  }
  EXPECT_THAT(CopyText(alert, CopyAs::kPhone), HasSubstr("- Vital signs since 14:07"));
}

TEST(CopyOfAnEndedNotice, SaysWhatIsOverWhateverWasWritten) {
  v1::Alert alert = EhrOutage();
  alert.set_state(v1::State::CLOSED);
  alert.set_closing(v1::Closing::ENDED);
  alert.set_closing_text("It is back");
  EXPECT_THAT(CopyText(alert, CopyAs::kPage),
              StartsWith("Attention please. All clear for Inpatient EHR. It is back."));
}

TEST(CopyOfAnEndedDrill, IsNoAllClear) {
  v1::Alert alert = EhrOutage();
  alert.set_status(v1::Status::EXERCISE);
  alert.set_state(v1::State::CLOSED);
  alert.set_closing(v1::Closing::ENDED);
  alert.set_closing_text("EXERCISE ENDED 15:10.");
  EXPECT_THAT(CopyText(alert, CopyAs::kPage), Not(HasSubstr("All clear")));
}

TEST(CopyOfPlannedWork, DoesNotSayThatItHasBegun) {
  v1::Alert work = EhrOutage();
  work.set_kind(v1::Kind::PLANNED_DOWNTIME);
  work.mutable_start()->mutable_at()->set_seconds(1'772'398'800);
  for (const CopyAs as : {CopyAs::kPhone, CopyAs::kMail}) {
    EXPECT_THAT(CopyText(work, as), HasSubstr("Planned from: 2026-03-01 21:00 UTC"));
    EXPECT_THAT(CopyText(work, as), Not(HasSubstr("Since")));
  }
}

TEST(CopyAsPhone, AsksOnlyWhereAnAnswerIsAsked) {
  v1::Alert alert = EhrOutage();
  alert.set_asks_answer(false);
  EXPECT_THAT(CopyText(alert, CopyAs::kPhone), Not(HasSubstr("Have you started")));
}

TEST(CopyOfARestoredNotice, SaysToStayOnPaper) {
  v1::Alert alert = EhrOutage();
  alert.set_state(v1::State::RECOVERING);
  EXPECT_THAT(CopyText(alert, CopyAs::kPage), HasSubstr("Stay on paper until the all clear."));
}

TEST(CopyOfADrill, SaysSoFirstAndLast) {
  v1::Alert alert = EhrOutage();
  alert.set_status(v1::Status::EXERCISE);
  for (const CopyAs as : {CopyAs::kPage, CopyAs::kPhone, CopyAs::kMail, CopyAs::kTicket}) {
    const std::string text = CopyText(alert, as);
    EXPECT_THAT(text, StartsWith("EXERCISE"));
    EXPECT_TRUE(text.ends_with("EXERCISE.\n"));
  }
}

TEST(CopyOfHostileText, HasNoControlCharacters) {
  v1::Alert alert = EhrOutage();
  alert.set_headline("Down\x1b[2J");
  for (const CopyAs as : {CopyAs::kPage, CopyAs::kPhone, CopyAs::kMail, CopyAs::kTicket})
    EXPECT_EQ(CopyText(alert, as).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace wardcast::cli
