// A notice to everybody that was sent by a slip, and taken back eight seconds later.
#include <signal.h>

#include "tests/scenario/life/life_scene.h"

namespace wardcast::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

class MistakenNotice : public LifeScene {
 protected:
  MistakenNotice() : LifeScene("2026-03-03T21:07:00Z") {}  // 14:07 at the main campus
};

TEST_F(MistakenNotice, IsRecalledAfterEightSecondsAndAPcThatWasOffShowsOnlyTheCorrection) {
  Employ("sam", {"service-desk"});
  const auto icu = hospital().StartAgent("icu-pc-01");
  auto west = hospital().StartAgent("4w-pc-01");
  ASSERT_TRUE(Eventually([&] {
    return hospital().Log("4w-pc-01").find("CONTACT yes") != std::string::npos &&
           hospital().Log("icu-pc-01").find("CONTACT yes") != std::string::npos;
  }));

  // 14:07:00 Sam means one ward, and writes everyone. The broker asks for the number; he gives it.
  const Words slip{"publish", "--template", "outage", "--service", "inpatient-ehr", "--everyone"};
  const CommandEnd asked = Wardcast(slip, "sam");
  EXPECT_EQ(asked.code, 1);
  EXPECT_THAT(asked.said, HasSubstr("12"));
  Words wrong = slip;
  wrong.insert(wrong.end(), {"--reach", "2"});
  const CommandEnd both_numbers = Wardcast(wrong, "sam");
  EXPECT_EQ(both_numbers.code, 1);
  EXPECT_THAT(both_numbers.said, HasSubstr("2 "));
  EXPECT_THAT(both_numbers.said, HasSubstr("12"));
  const v1::Alert mistake = Publish(
      {"--template", "outage", "--service", "inpatient-ehr", "--everyone", "--reach", "12"}, "sam");
  EXPECT_EQ(mistake.state(), v1::State::ACTIVE) << "a real notice goes at once";
  ASSERT_TRUE(Eventually([&] { return Noted("4w-pc-01", "display", mistake.id()) == 1; }));
  ASSERT_TRUE(Eventually([&] { return Noted("icu-pc-01", "display", mistake.id()) == 1; }));

  // 14:07:04 4 West's PC loses its power. 14:07:08 Sam takes it back; nothing must be typed.
  west->Signal(SIGKILL);
  west->Wait(10s);
  Later(8s);
  const CommandEnd recall = Wardcast({"recall", mistake.id()}, "sam");
  ASSERT_EQ(recall.code, 0) << recall.said;
  const v1::Alert recalled = Read(mistake.id());
  EXPECT_EQ(recalled.closing(), v1::Closing::RECALLED);
  EXPECT_THAT(recalled.closing_text(), HasSubstr("14:07"));
  EXPECT_THAT(recalled.closing_text(), HasSubstr("sent by mistake"));
  EXPECT_LT(std::chrono::abs(FromTimestamp(recalled.strip_until()) - (Now() + 12h)), 1min);
  EXPECT_TRUE(Eventually([&] { return Noted("icu-pc-01", "call", mistake.id(), "closing") == 1; }))
      << hospital().Log("icu-pc-01");

  // 14:20 It is switched on again: the correction, and not the notice. One that never had the
  // notice hears of neither.
  Later(13min);
  const auto never = hospital().StartAgent("ed-pc-01");
  west = hospital().StartAgent("4w-pc-01");
  ASSERT_TRUE(Eventually([&] { return Noted("4w-pc-01", "call", mistake.id(), "closing") == 1; }))
      << hospital().Log("4w-pc-01");
  EXPECT_EQ(Noted("4w-pc-01", "call", mistake.id(), "open"), 1) << "only before it was off";
  ASSERT_TRUE(Eventually(
      [&] { return hospital().Log("ed-pc-01").find("CONTACT yes") != std::string::npos; }));
  EXPECT_EQ(Noted("ed-pc-01", "call", mistake.id()), 0);
  EXPECT_EQ(Noted("ed-pc-01", "display", mistake.id()), 0);

  // Recalling it twice is no error.
  EXPECT_EQ(Wardcast({"recall", mistake.id()}, "sam").code, 0);
}

}  // namespace
}  // namespace wardcast::testing
