// A planned downtime in the night in which clocks go back, at two sites in two zones.
#include <set>

#include "tests/scenario/life/life_scene.h"
#include "wardcast/v1/catalogue_service.grpc.pb.h"

namespace wardcast::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Friday 15:00 in Denver, 14:00 in Los Angeles. On Sunday at 02:00 clocks go back to 01:00.
class ClockChange : public LifeScene {
 protected:
  ClockChange() : LifeScene("2026-10-30T21:00:00Z") {}

  // The planned work that the status page shows for a service.
  std::vector<std::string> PlannedOn(const std::string& service_id) {
    v1::GetServiceStatusResponse response;
    grpc::ClientContext context;
    hospital().Prepare(context, 10s);
    const auto status = v1::CatalogueService::NewStub(hospital().channel())
                            ->GetServiceStatus(&context, {}, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    std::vector<std::string> ids;
    for (const v1::ServiceStatus& one : response.services()) {
      if (one.service().id() != service_id) continue;
      for (const v1::Alert& alert : one.planned()) ids.push_back(alert.id());
    }
    return ids;
  }
  // The rounds in which 4 West was called for this.
  std::set<int> RoundsFor(const std::string& alert_id, v1::Occasion::Value occasion) {
    std::set<int> rounds;
    for (const v1::Alert& version : VersionsOf(alert_id)) {
      if (OccasionOn(version, "4w") == occasion) rounds.insert(RoundOn(version, "4w"));
    }
    return rounds;
  }
};

TEST_F(ClockChange, PostponedNotStartedOnTimeOverrunAndPartlyClear) {
  KeenPc west("4w-pc-01", "4w", hospital().broker());
  KeenPc north("n2-pc-01", "n2", hospital().broker());
  const Words work{"publish", "--template", "planned-downtime", "--service", "inpatient-ehr"};

  // Friday 15:00 The EHR team writes it. 01:30 on Sunday comes twice: which one is asked for.
  Words doubled = work;
  doubled.insert(doubled.end(), {"--start", "2026-11-01 01:30", "--until", "2026-11-01 04:00"});
  const CommandEnd asked = Wardcast(doubled);
  EXPECT_EQ(asked.code, 1);
  EXPECT_THAT(asked.said, HasSubstr("write first or second behind that time"));
  const CommandEnd second =
      Wardcast({"preview", "--service", "inpatient-ehr", "--start", "2026-11-01 01:30 second"});
  EXPECT_EQ(second.code, 0) << second.said;

  // 02:00 to 04:00 it is: announced, and on no ward yet.
  const v1::Alert planned = Publish({"--template", "planned-downtime", "--service", "inpatient-ehr",
                                     "--start", "2026-11-01 02:00", "--until", "2026-11-01 04:00"});
  EXPECT_EQ(planned.state(), v1::State::SCHEDULED);
  EXPECT_EQ(InstantOf(planned.start()), Instant("2026-11-01T09:00:00Z"));
  EXPECT_EQ(planned.start().abbreviation(), "MST");
  EXPECT_EQ(InstantOf(planned.expected_end()), Instant("2026-11-01T11:00:00Z"));
  EXPECT_THAT(planned.impact(), HasSubstr("Sun 02:00"));
  EXPECT_THAT(PlannedOn("inpatient-ehr"), ::testing::ElementsAre(planned.id()));
  EXPECT_THAT(Wardcast({"list", "--planned"}).said, HasSubstr(planned.id()));
  ASSERT_TRUE(Eventually([&] { return west.settled() && north.settled(); }));
  EXPECT_THAT(HeldBy(west, planned.id()).id(), IsEmpty());

  // Saturday 07:00 The shift before the last one begins: the wards hear of it.
  At("2026-10-31T13:00:20Z");
  ASSERT_TRUE(Comes(planned.id(), [](const v1::Alert& alert) {
    return alert.state() == v1::State::ACTIVE && OccasionOn(alert, "4w") == v1::Occasion::REMINDER;
  }));
  EXPECT_EQ(ShownOn(Read(planned.id()), "4w"), v1::Presentation::TOAST);
  EXPECT_TRUE(Eventually([&] { return HeldBy(west, planned.id()).id() == planned.id(); }));

  // Saturday 22:00 The vendor is late: 03:00 to 05:00. The wards are told.
  At("2026-11-01T04:00:00Z");
  const int before = Read(planned.id()).round();
  const CommandEnd postpone = Wardcast(
      {"postpone", planned.id(), "--start", "2026-11-01 03:00", "--reason", "The vendor is late"});
  ASSERT_EQ(postpone.code, 0) << postpone.said;
  const v1::Alert postponed = Read(planned.id());
  EXPECT_EQ(postponed.phase(), v1::Phase::POSTPONED);
  EXPECT_EQ(postponed.occasion(), v1::Occasion::POSTPONED);
  EXPECT_GT(postponed.round(), before);
  EXPECT_EQ(InstantOf(postponed.start()), Instant("2026-11-01T10:00:00Z"));
  EXPECT_EQ(InstantOf(postponed.expected_end()), Instant("2026-11-01T12:00:00Z"));
  EXPECT_THAT(postponed.what_changed(), HasSubstr("The vendor is late"));
  EXPECT_THAT(postponed.impact(), HasSubstr("from Sun 03:00 MST")) << "the text follows";
  EXPECT_TRUE(Gets(north, postponed));

  // 01:00, the second one: an hour before the old start. Something else that is due then goes out;
  // nobody is reminded.
  const v1::Alert other =
      Publish({"--kind", "information", "--severity", "minor", "--headline", "Fire door test",
               "--ward", "lab", "--send-at", "2026-11-01T08:00:10Z"});
  EXPECT_EQ(other.state(), v1::State::SCHEDULED);
  At("2026-11-01T08:00:20Z");
  ASSERT_TRUE(
      Comes(other.id(), [](const v1::Alert& alert) { return alert.state() == v1::State::ACTIVE; }));
  EXPECT_EQ(Read(planned.id()).round(), postponed.round());

  // 02:00 An hour before the new one.
  At("2026-11-01T09:00:20Z");
  ASSERT_TRUE(Comes(planned.id(), [&](const v1::Alert& alert) {
    return OccasionOn(alert, "4w") == v1::Occasion::REMINDER;
  }));
  EXPECT_EQ(ShownOn(Read(planned.id()), "4w"), v1::Presentation::TOAST);

  // 02:45 The last one: "save and sign out".
  At("2026-11-01T09:45:20Z");
  ASSERT_TRUE(Comes(planned.id(), [](const v1::Alert& alert) {
    return ShownOn(alert, "4w") == v1::Presentation::DIALOG;
  }));
  EXPECT_EQ(OccasionOn(Read(planned.id()), "4w"), v1::Occasion::REMINDER);

  // 03:08 Nobody has begun. No clock begins a downtime, and none takes it away.
  At("2026-11-01T10:08:00Z");
  EXPECT_FALSE(Read(planned.id()).has_started_at());
  EXPECT_EQ(Read(planned.id()).state(), v1::State::ACTIVE);

  // 03:20 It begins: the strip, and no window.
  At("2026-11-01T10:20:00Z");
  const v1::Alert begun = Update(planned.id(), {"--started"});
  EXPECT_LT(std::chrono::abs(InstantOf(begun.started_at()) - Instant("2026-11-01T10:20:00Z")),
            1min);
  EXPECT_EQ(begun.phase(), v1::Phase::CONFIRMED);
  EXPECT_EQ(ShownOn(begun, "n2"), v1::Presentation::TICKER);
  EXPECT_TRUE(Gets(west, begun));
  EXPECT_THAT(PlannedOn("inpatient-ehr"), IsEmpty()) << "it is not to come any more";
  const CommandEnd too_late = Wardcast({"postpone", planned.id(), "--start", "+2h"});
  EXPECT_EQ(too_late.code, 1) << too_late.said;

  // 05:00 It should be over, and is not: overrun, as a dialog.
  At("2026-11-01T12:00:20Z");
  ASSERT_TRUE(
      Comes(planned.id(), [](const v1::Alert& alert) { return alert.has_overrun_since(); }));
  const v1::Alert overrun = Read(planned.id());
  EXPECT_EQ(InstantOf(overrun.overrun_since()), Instant("2026-11-01T12:00:00Z"));
  EXPECT_EQ(overrun.occasion(), v1::Occasion::OVERRUN);
  EXPECT_EQ(ShownOn(overrun, "4w"), v1::Presentation::DIALOG);
  EXPECT_EQ(overrun.state(), v1::State::ACTIVE);
  EXPECT_TRUE(Gets(north, overrun));

  // 05:05 Until 06:30, says the team.
  At("2026-11-01T12:05:00Z");
  const v1::Alert extended = Update(planned.id(), {"--extend", "2026-11-01 06:30"});
  EXPECT_EQ(extended.phase(), v1::Phase::EXTENDED);
  EXPECT_EQ(InstantOf(extended.expected_end()), Instant("2026-11-01T13:30:00Z"));

  // 05:40 Northside works again, the main campus does not.
  At("2026-11-01T12:40:00Z");
  const v1::Alert partly = End(planned.id(), {"--site", "north"});
  EXPECT_EQ(partly.state(), v1::State::ACTIVE);
  EXPECT_EQ(partly.occasion(), v1::Occasion::PARTLY_CLEAR);
  ASSERT_THAT(partly.cleared(), SizeIs(1));
  EXPECT_THAT(partly.cleared(0).sites(), ::testing::ElementsAre("north"));
  EXPECT_TRUE(Gets(north, partly));

  // 06:10 All clear, with the back-entry. 06:50 4 West has done it.
  At("2026-11-01T13:10:00Z");
  const v1::Alert over = End(planned.id(), {"--back-entry", "Vital signs of the night"});
  EXPECT_EQ(over.closing(), v1::Closing::ENDED);
  EXPECT_LT(std::chrono::abs(FromTimestamp(over.strip_until()) - (Now() + 48h)), 1min);
  EXPECT_TRUE(Gets(west, over));
  At("2026-11-01T13:50:00Z");
  const CommandEnd entered =
      Wardcast({"ack", planned.id(), "--ward", "4w", "--response", "back-entry-done"});
  EXPECT_EQ(entered.code, 0) << entered.said;

  // Each of the three reminders that somebody could see called once; those whose moment passed in
  // between were skipped.
  EXPECT_THAT(RoundsFor(planned.id(), v1::Occasion::REMINDER), SizeIs(3));
  EXPECT_THAT(RoundsFor(planned.id(), v1::Occasion::POSTPONED), SizeIs(1));
  EXPECT_THAT(RoundsFor(planned.id(), v1::Occasion::OVERRUN), SizeIs(1));
  EXPECT_THAT(RoundsFor(planned.id(), v1::Occasion::SHIFT_START), IsEmpty())
      << "reminders of planned work stand for it";
  EXPECT_EQ(west.ledger().reopened, 0);
}

// In spring 02:30 does not come at all.
class MissingHour : public LifeScene {
 protected:
  MissingHour() : LifeScene("2026-03-06T21:00:00Z") {}
};

TEST_F(MissingHour, IsRefusedInTheZoneOfTheSiteAndTakenWhereThereIsNone) {
  const Words work{"publish",       "--template", "planned-downtime", "--service",
                   "inpatient-ehr", "--start",    "2026-03-08 02:30"};
  const CommandEnd missing = Wardcast(work);
  EXPECT_EQ(missing.code, 1);
  EXPECT_THAT(missing.said, HasSubstr("does not exist"));
  Words phoenix = work;
  phoenix.insert(phoenix.end(), {"--zone", "America/Phoenix"});
  const CommandEnd taken = Wardcast(phoenix);
  EXPECT_EQ(taken.code, 0) << taken.said;
}

}  // namespace
}  // namespace wardcast::testing
