// The second pair of eyes, and the night in which there is none.
#include "tests/scenario/life/life_scene.h"

namespace wardcast::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Approval : public LifeScene {
 protected:
  Approval() : LifeScene("2026-03-03T10:00:00Z") {}  // Tuesday 03:00 at the main campus

  // Two who may approve are what makes approval a rule.
  void NameApprovers() {
    Employ("lena", {"house-supervisor"});
    Employ("omar", {"house-supervisor"});
    Employ("sam", {"service-desk"});
  }
};

TEST_F(Approval, OfFreeTextToEverybodyIsSomebodyElses) {
  NameApprovers();
  KeenPc west("4w-pc-01", "4w", hospital().broker());

  // 03:00 Sam writes to everyone, in his own words. It waits, and his script knows.
  const v1::Alert waiting =
      Publish({"--kind", "outage", "--severity", "severe", "--service", "inpatient-ehr",
               "--headline", "Nothing works", "--everyone", "--reach", "12"},
              "sam", 5);
  EXPECT_EQ(waiting.state(), v1::State::PENDING_APPROVAL);
  EXPECT_THAT(waiting.held_because(), ::testing::Not(IsEmpty()));
  ASSERT_TRUE(Eventually([&] { return west.settled(); }));
  EXPECT_THAT(HeldBy(west, waiting.id()).id(), IsEmpty());
  const std::string revision = std::to_string(waiting.revision());
  EXPECT_EQ(Wardcast({"approve", waiting.id(), "--revision", revision}, "sam").code, 1);

  // 03:01 Lena returns it, with the reason; he mends it and sends it again.
  Later(1min);
  const CommandEnd returned =
      Wardcast({"reject", waiting.id(), "--reason", "Say what works"}, "lena");
  EXPECT_EQ(returned.code, 0) << returned.said;
  EXPECT_EQ(Read(waiting.id()).state(), v1::State::DRAFT);
  EXPECT_THAT(Read(waiting.id()).held_because(), HasSubstr("Say what works"));
  Update(waiting.id(), {"--headline", "The EHR is down", "--still-works", "Phones"}, "sam");
  const v1::Alert again = Publish({"--from-draft", waiting.id(), "--reach", "12"}, "sam", 5);
  EXPECT_EQ(again.state(), v1::State::PENDING_APPROVAL);

  // 03:02 Omar reads an older revision than Sam's, and is told; then this one, and it goes out.
  Later(1min);
  const CommandEnd older = Wardcast({"approve", again.id(), "--revision", revision}, "omar");
  EXPECT_EQ(older.code, 6) << older.said;
  const CommandEnd approved =
      Wardcast({"approve", again.id(), "--revision", std::to_string(again.revision())}, "omar");
  EXPECT_EQ(approved.code, 0) << approved.said;
  const v1::Alert out = Read(again.id());
  EXPECT_EQ(out.state(), v1::State::ACTIVE);
  EXPECT_TRUE(Gets(west, out));
  EXPECT_EQ(
      Wardcast({"approve", again.id(), "--revision", std::to_string(out.revision())}, "lena").code,
      0)
      << "approving twice is no error";
}

TEST_F(Approval, IsNotNeededByAnOutageFromATemplate) {
  NameApprovers();
  const v1::Alert outage = Publish(
      {"--template", "outage", "--service", "inpatient-ehr", "--everyone", "--reach", "12"}, "sam");
  EXPECT_EQ(outage.state(), v1::State::ACTIVE);
}

TEST_F(Approval, BreaksTheGlassAfterThreeMinutesWithoutAnApprover) {
  NameApprovers();
  KeenPc west("4w-pc-01", "4w", hospital().broker());

  // 03:00 Lena, who may approve, writes an emergency. Not even she approves her own.
  const v1::Alert fire = Publish({"--kind", "emergency", "--severity", "extreme", "--headline",
                                  "Smoke in the tower", "--site", "main", "--reach", "10"},
                                 "lena", 5);
  ASSERT_EQ(fire.state(), v1::State::PENDING_APPROVAL);
  const std::string revision = std::to_string(fire.revision());
  const CommandEnd own = Wardcast({"approve", fire.id(), "--revision", revision}, "lena");
  EXPECT_EQ(own.code, 1);
  EXPECT_THAT(own.said, HasSubstr("nobody approves their own"));
  const Words break_glass{"approve", fire.id(),       "--revision",
                          revision,  "--break-glass", "Omar does not answer"};
  const CommandEnd at_once = Wardcast(break_glass, "lena");
  EXPECT_EQ(at_once.code, 1) << at_once.said;
  EXPECT_THAT(at_once.said, HasSubstr("3 minutes"));

  // 03:03 Nobody has answered.
  Later(3min + 1s);
  const CommandEnd broken = Wardcast(break_glass, "lena");
  EXPECT_EQ(broken.code, 0) << broken.said;
  const v1::Alert out = Read(fire.id());
  EXPECT_EQ(out.state(), v1::State::ACTIVE);
  EXPECT_TRUE(Gets(west, out));
  const CommandEnd trail = Wardcast(
      {"admin", "audit", "--loud", "--data-dir", (hospital().folder() / "broker").string()});
  EXPECT_THAT(trail.said, HasSubstr("break-glass"));
  EXPECT_THAT(trail.said, HasSubstr("lena"));
  EXPECT_THAT(trail.said, HasSubstr(fire.id()));
}

}  // namespace
}  // namespace wardcast::testing
