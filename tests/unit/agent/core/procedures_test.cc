#include "agent/core/procedures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/agent/core/hospital.h"

namespace wardcast::agent {
namespace {

using ::testing::ElementsAre;

v1::Procedure& AddProcedure(v1::GetProceduresResponse& held, const std::string& approved_on,
                            const std::string& review_on = "") {
  v1::Procedure& one = *held.add_procedures();
  one.set_title("Lab on paper");
  one.add_steps("Write on form LAB-7");
  one.set_approved_by("M. Lee, Inpatient clinical applications");
  one.set_approved_on(approved_on);
  one.set_review_on(review_on);
  return one;
}

std::string ReviewAt(const v1::GetProceduresResponse& held, TimePoint now,
                     Language language = Language::kEnglish) {
  const SiteTime site(FourWest().zone_offsets(), language);
  return ProceduresOf(held, site, now).at(0).review;
}

TEST(Procedures, SayWhoApprovedThemAndWhen) {
  v1::GetProceduresResponse held;
  AddProcedure(held, "2025-06-01");
  AddProcedure(held, "");
  held.mutable_procedures(1)->set_owner("Clinical applications");
  const auto procedures = ProceduresOf(held, SiteTime(), Utc("21:00:00"));
  ASSERT_EQ(procedures.size(), 2U);
  EXPECT_EQ(procedures[0].title, "Lab on paper");
  EXPECT_THAT(procedures[0].steps, ElementsAre("Write on form LAB-7"));
  EXPECT_EQ(procedures[0].approval,
            "Approved by M. Lee, Inpatient clinical applications on 2025-06-01");
  EXPECT_EQ(procedures[1].approval,
            "Clinical applications · Approved by M. Lee, Inpatient clinical applications");
  EXPECT_EQ(procedures[1].review, "");
}

TEST(Procedures, AreReviewedAfterTwelveMonthsOrWhenTheySay) {
  struct Case {
    const char* approved_on;
    const char* review_on;
    const char* said;
  };
  for (const Case& c :
       {Case{"2025-06-01", "", "to be reviewed by 2026-06-01"},
        Case{"2025-06-01", "2026-03-01", "to be reviewed by 2026-03-01"},
        Case{"2028-02-29", "", "to be reviewed by 2029-02-28"},
        Case{"2025-01-13", "", "review overdue since 2026-01-13"},
        Case{"2025-01-14", "", "to be reviewed by 2026-01-14"}, Case{"last spring", "", ""}}) {
    v1::GetProceduresResponse held;
    AddProcedure(held, c.approved_on, c.review_on);
    EXPECT_EQ(ReviewAt(held, Utc("21:00:00")), c.said) << c.approved_on;
  }
}

// 06:59 UTC is the evening before in Denver.
TEST(Procedures, AreOverdueByTheDateAtTheSite) {
  v1::GetProceduresResponse held;
  AddProcedure(held, "2025-01-13");
  EXPECT_EQ(ReviewAt(held, Utc("06:59:00")), "to be reviewed by 2026-01-13");
  EXPECT_EQ(ReviewAt(held, Utc("07:00:00")), "review overdue since 2026-01-13");
  EXPECT_EQ(ReviewAt(held, Utc("07:00:00"), Language::kGerman),
            "Prüfung überfällig seit 2026-01-13");
}

TEST(Procedures, AreOnTheScreenWithoutABroker) {
  Ward ward;
  ward.contact.connected = false;
  v1::GetProceduresResponse held;
  AddProcedure(held, "2025-01-13");
  const TimePoint now = Utc("06:59:00");
  const Picture picture = Compose({ward.holdings, ward.attentions, ward.outbox, &ward.settings,
                                   ward.endpoint_id, ward.confirmation, ward.contact, &held},
                                  {now - Utc("00:00:00"), now});
  ASSERT_EQ(picture.screen.procedures.size(), 1U);
  EXPECT_EQ(picture.ask_again, Utc("07:00:00") - Utc("00:00:00")) << "overdue tomorrow";
}

}  // namespace
}  // namespace wardcast::agent
