// A weekend that the clinic never hears of, and a PC that changes its ward in the middle.
#include "tests/scenario/life/life_scene.h"

namespace wardcast::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

class Weekend : public LifeScene {
 protected:
  Weekend() : LifeScene("2026-03-07T01:30:00Z") {}  // Friday 18:30 at the main campus
};

TEST_F(Weekend, AClosedClinicThatOpensOnMondayAfterTheAllClearShowsNothing) {
  KeenPc west("4w-pc-01", "4w", hospital().broker());

  // Friday 18:30 Lab results stop. The clinic has closed at 17:00: it is not dark.
  const v1::Alert lab = Publish({"--template", "outage", "--service", "lab-results"});
  ASSERT_TRUE(Gets(west, lab));
  const v1::WardProgress clinic = WardOf(lab.id(), "clinic");
  EXPECT_EQ(clinic.state(), v1::WardState::CLOSED);
  EXPECT_EQ(InstantOf(clinic.opens_at()), Instant("2026-03-09T13:00:00Z"))
      << "Monday 07:00, after clocks went forward on Sunday";
  const CommandEnd preview = Wardcast({"preview", "--service", "lab-results"});
  EXPECT_THAT(preview.said, HasSubstr("1 of them closed"));

  // Saturday 02:00 All clear. Sunday the fax fails, which the lab alone depends on; and a notice to
  // the clinic about Monday is written.
  At("2026-03-07T09:00:00Z");
  const v1::Alert over = End(lab.id(), {});
  EXPECT_EQ(over.closing(), v1::Closing::ENDED);
  At("2026-03-08T20:00:00Z");
  const v1::Alert still_true =
      Publish({"--kind", "degraded", "--severity", "moderate", "--headline",
               "Results are slow on Monday", "--ward", "clinic", "--next-update", "+48h"});

  // Monday 07:05 The first PC of the clinic is switched on.
  At("2026-03-09T13:05:00Z");
  const auto pc = hospital().StartAgent("clinic-pc-01");
  ASSERT_TRUE(Eventually([&] { return Noted("clinic-pc-01", "display", still_true.id()) > 0; }))
      << hospital().Log("clinic-pc-01");
  EXPECT_EQ(Noted("clinic-pc-01", "call", lab.id()), 0) << "it has ended";
  EXPECT_EQ(Noted("clinic-pc-01", "display", lab.id()), 0);
  EXPECT_NE(WardOf(still_true.id(), "clinic").state(), v1::WardState::CLOSED);
}

class RoamingPc : public LifeScene {
 protected:
  RoamingPc() : LifeScene("2026-03-03T21:00:00Z") {}  // Tuesday 14:00 at the main campus
};

// 14:00 4 West's lab results stop, and the ICU's EHR. 14:10 4w-pc-02 is rolled to the ICU.
TEST_F(RoamingPc, ThatMovesToAnotherWardInTheMiddleGetsWhatConcernsItThere) {
  const auto cart = hospital().StartAgent("4w-pc-02");
  const v1::Alert here =
      Publish({"--template", "outage", "--service", "lab-results", "--ward", "4w"});
  const v1::Alert there =
      Publish({"--template", "outage", "--service", "inpatient-ehr", "--ward", "icu"});
  ASSERT_TRUE(Eventually([&] { return Noted("4w-pc-02", "display", here.id()) == 1; }))
      << hospital().Log("4w-pc-02");
  ASSERT_TRUE(Eventually([&] { return WardOf(here.id(), "4w").displayed() == 1; }));
  EXPECT_EQ(Noted("4w-pc-02", "display", there.id()), 0);
  const int expected_there = WardOf(there.id(), "icu").expected();

  Later(10min);
  const CommandEnd moved = Wardcast({"endpoint", "set", "4w-pc-02", "--ward", "icu"});
  ASSERT_EQ(moved.code, 0) << moved.said;
  EXPECT_TRUE(Eventually([&] { return Noted("4w-pc-02", "display", there.id()) == 1; }))
      << hospital().Log("4w-pc-02");
  EXPECT_TRUE(Eventually([&] { return Noted("4w-pc-02", "removed", here.id()) == 1; }));
  EXPECT_EQ(WardOf(there.id(), "icu").expected(), expected_there + 1);
  EXPECT_EQ(WardOf(here.id(), "4w").displayed(), 1) << "what it showed stays with 4 West";

  // 14:20 The all clear of 4 West concerns it no more; the ICU's does.
  Later(10min);
  End(here.id(), {});
  End(there.id(), {});
  EXPECT_TRUE(Eventually([&] { return Noted("4w-pc-02", "call", there.id(), "closing") == 1; }))
      << hospital().Log("4w-pc-02");
  EXPECT_EQ(Noted("4w-pc-02", "call", here.id(), "closing"), 0);
}

}  // namespace
}  // namespace wardcast::testing
