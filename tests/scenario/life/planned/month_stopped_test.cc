// A broker that stood still for a month: nothing is sent late, and what is open is said to be.
#include <signal.h>

#include "tests/scenario/life/life_scene.h"

namespace wardcast::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::IsEmpty;
using ::testing::Not;

class StoppedForAMonth : public LifeScene {
 protected:
  StoppedForAMonth() : LifeScene("2026-06-01T16:00:00Z") {}  // Monday 10:00 at the main campus

  int Reminders(const std::string& alert_id) {
    int count = 0;
    for (const v1::Alert& version : VersionsOf(alert_id))
      count += version.occasion() == v1::Occasion::REMINDER ? 1 : 0;
    return count;
  }
};

TEST_F(StoppedForAMonth, SendsNothingLateAndSaysWhatIsStillOpen) {
  // Monday 10:00 Three notices: an outage, an information, and work on Thursday of next week.
  const v1::Alert outage = Publish({"--template", "outage", "--service", "inpatient-ehr"});
  const v1::Alert information = Publish({"--kind", "information", "--severity", "minor",
                                         "--headline", "The cafeteria is closed", "--ward", "4w"});
  const v1::Alert work = Publish({"--template", "planned-downtime", "--service", "fax", "--start",
                                  "2026-06-11 22:00", "--until", "2026-06-11 23:00"});
  ASSERT_EQ(work.state(), v1::State::SCHEDULED);
  const auto pc = hospital().StartAgent("4w-pc-01");
  ASSERT_TRUE(Eventually([&] { return Noted("4w-pc-01", "display", outage.id()) == 1; }));
  pc->Signal(SIGKILL);
  pc->Wait(10s);
  ASSERT_TRUE(hospital().StopBroker()) << hospital().Log("broker");

  // A month later, 12:00.
  At("2026-07-01T18:00:00Z");
  hospital().StartBroker();

  // What ends by time has ended, and is not worded as all clear; the work never began.
  ASSERT_TRUE(Comes(information.id(), [](const v1::Alert& alert) {
    return alert.closing() == v1::Closing::EXPIRED;
  }));
  ASSERT_TRUE(Comes(
      work.id(), [](const v1::Alert& alert) { return alert.closing() == v1::Closing::EXPIRED; }));
  EXPECT_EQ(Reminders(work.id()), 0) << "a reminder is never late";
  EXPECT_THAT(Read(information.id()).closing_text(), Not(::testing::HasSubstr("ALL CLEAR")));

  // No clock ends an outage. Its next update is overdue, and nobody was called for it.
  ASSERT_TRUE(
      Comes(outage.id(), [](const v1::Alert& alert) { return alert.missed_updates() > 0; }));
  const v1::Alert still = Read(outage.id());
  EXPECT_EQ(still.state(), v1::State::ACTIVE);
  EXPECT_EQ(still.round(), outage.round());
  EXPECT_THAT(still.ward_overrides(), IsEmpty()) << "sixty shift starts have passed";
  // Its publisher is asked about them, the newest ones.
  ASSERT_TRUE(Comes(outage.id(), [](const v1::Alert& alert) { return alert.missed_size() == 10; }));
  const v1::Alert asked = Read(outage.id());
  for (const v1::MissedStep& missed : asked.missed())
    EXPECT_EQ(missed.kind(), v1::MissedStep::KIND_SHIFT_START);
  EXPECT_THAT(Wardcast({"show", outage.id()}).said,
              ::testing::HasSubstr("it was not shown to the shift that began"));

  // The PC of 4 West comes back as well, and another one for the first time: the outage, and no
  // pile of what is over.
  const auto back = hospital().StartAgent("4w-pc-01");
  const auto fresh = hospital().StartAgent("icu-pc-01");
  ASSERT_TRUE(Eventually([&] { return Noted("icu-pc-01", "display", outage.id()) == 1; }))
      << hospital().Log("icu-pc-01");
  ASSERT_TRUE(Eventually(
      [&] { return hospital().Log("4w-pc-01").find("CONTACT yes") != std::string::npos; }));
  for (const std::string agent : {"4w-pc-01", "icu-pc-01"})
    EXPECT_EQ(Noted(agent, "call", work.id()), 0) << agent;
  EXPECT_EQ(Noted("icu-pc-01", "call", information.id()), 0);

  // Work that is planned from now on is reminded of as ever.
  const v1::Alert next = Publish({"--template", "planned-downtime", "--service", "lab-results",
                                  "--ward", "4w", "--start", "+75m"});
  Later(15min + 20s);
  EXPECT_TRUE(Comes(next.id(), [](const v1::Alert& alert) {
    return OccasionOn(alert, "4w") == v1::Occasion::REMINDER;
  }));
}

}  // namespace
}  // namespace wardcast::testing
