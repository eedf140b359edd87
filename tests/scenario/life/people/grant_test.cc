// A machine asks for more than it was given.
#include "tests/scenario/life/life_scene.h"

namespace wardcast::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class BeyondItsGrant : public LifeScene {
 protected:
  BeyondItsGrant() : LifeScene("2026-03-03T10:00:00Z") {}  // Tuesday 03:00 at the main campus
};

TEST_F(BeyondItsGrant, AMachinesNoticeIsADraftThatAPersonSends) {
  Install("nagios", {"--role", "publisher", "--service", "lab-results", "--kind", "outage",
                     "--kind", "degraded", "--max-presentation", "dialog", "--site", "main"});
  Employ("sam", {"service-desk"});
  KeenPc west("4w-pc-01", "4w", hospital().broker());

  // 03:00 Within its grant it goes out at once.
  const v1::Alert lab = Publish({"--template", "outage", "--service", "lab-results", "--ward", "4w",
                                 "--source-key", "nagios/lab"},
                                "nagios");
  EXPECT_EQ(lab.state(), v1::State::ACTIVE);
  EXPECT_TRUE(Gets(west, lab));

  // 03:01 The EHR is not its business. Its script sees by the exit code that nobody was told.
  Later(1min);
  const Words ehr{"--template", "outage", "--service",    "inpatient-ehr",
                  "--ward",     "4w",     "--source-key", "nagios/ehr"};
  const v1::Alert draft = Publish(ehr, "nagios", 5);
  EXPECT_EQ(draft.state(), v1::State::DRAFT);
  EXPECT_THAT(draft.held_because(), HasSubstr("grant"));
  ASSERT_TRUE(Eventually([&] { return west.settled(); }));
  EXPECT_THAT(HeldBy(west, draft.id()).id(), IsEmpty());
  EXPECT_THAT(Wardcast({"list"}).said, Not(HasSubstr(draft.id())));
  // Again, every minute: the same draft.
  EXPECT_EQ(Publish(ehr, "nagios", 5).id(), draft.id());

  // 03:05 Sam finds it, and sends it.
  Later(4min);
  const CommandEnd drafts = Wardcast({"list", "--drafts"}, "sam");
  EXPECT_EQ(drafts.code, 0) << drafts.said;
  EXPECT_THAT(drafts.said, HasSubstr(draft.id()));
  EXPECT_THAT(drafts.said, HasSubstr("grant"));
  const v1::Alert sent = Publish({"--from-draft", draft.id()}, "sam");
  EXPECT_EQ(sent.id(), draft.id());
  EXPECT_EQ(sent.state(), v1::State::ACTIVE);
  EXPECT_THAT(sent.held_because(), IsEmpty());
  EXPECT_TRUE(Gets(west, sent));
}

// A draft of one's own: written in the evening, sent in the morning, thrown away.
TEST_F(BeyondItsGrant, ADraftIsNobodysBusinessUntilItIsSent) {
  Employ("sam", {"service-desk"});
  const v1::Alert draft = Publish({"--draft", "--headline", "Wi-Fi on 4 West is slow"}, "sam");
  EXPECT_EQ(draft.state(), v1::State::DRAFT);
  // It lacks what a notice needs.
  const CommandEnd incomplete = Wardcast({"publish", "--from-draft", draft.id()}, "sam");
  EXPECT_EQ(incomplete.code, 1) << incomplete.said;
  EXPECT_THAT(incomplete.said, HasSubstr("kind"));
  const v1::Alert written =
      Update(draft.id(), {"--kind", "degraded", "--severity", "minor", "--ward", "4w"}, "sam");
  EXPECT_EQ(written.state(), v1::State::DRAFT);
  EXPECT_EQ(Publish({"--from-draft", draft.id()}, "sam").state(), v1::State::ACTIVE);

  const v1::Alert second = Publish({"--draft", "--headline", "Not needed after all"}, "sam");
  EXPECT_EQ(Wardcast({"recall", second.id()}, "sam").code, 0);
  EXPECT_EQ(Read(second.id()).closing(), v1::Closing::RECALLED);
  EXPECT_FALSE(Read(second.id()).has_strip_until()) << "nobody saw it";
}

}  // namespace
}  // namespace wardcast::testing
