// A broker that is stopped when a notice was to go out: it does not go out late by itself, and its
// publisher is asked.
#include "tests/scenario/life/life_scene.h"

namespace wardcast::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class StoppedAtItsTime : public LifeScene {
 protected:
  StoppedAtItsTime() : LifeScene("2026-06-01T19:30:00Z") {}  // Monday 13:30 at the main campus

  v1::Alert ToBeSentAtTwo() {
    return Publish({"--kind", "information", "--severity", "minor", "--headline",
                    "Fire door test in the east wing", "--ward", "4w", "--send-at",
                    "2026-06-01T20:00:00Z"});
  }
  // From 13:50 to 15:00.
  void StandStill() {
    At("2026-06-01T19:50:00Z");
    ASSERT_TRUE(hospital().StopBroker()) << hospital().Log("broker");
    At("2026-06-01T21:00:00Z");
    hospital().StartBroker();
  }
  bool IsAsked(const std::string& alert_id) {
    return Comes(alert_id, [](const v1::Alert& alert) { return alert.missed_size() == 1; });
  }
};

TEST_F(StoppedAtItsTime, ItIsNotSentLateAndItsPublisherSendsItNow) {
  // 13:30 A notice for 14:00. 13:50 The broker's machine gets its updates, until 15:00.
  const v1::Alert notice = ToBeSentAtTwo();
  ASSERT_EQ(notice.state(), v1::State::SCHEDULED);
  StandStill();

  // 15:00 Nothing goes out an hour late; the notice says what was missed, and so does the desk.
  ASSERT_TRUE(IsAsked(notice.id()));
  const v1::Alert asked = Read(notice.id());
  EXPECT_EQ(asked.missed(0).kind(), v1::MissedStep::KIND_SEND);
  EXPECT_EQ(InstantOf(asked.missed(0).due()), Instant("2026-06-01T20:00:00Z"));
  EXPECT_EQ(asked.state(), v1::State::SCHEDULED);
  EXPECT_EQ(asked.revision(), notice.revision());
  KeenPc west("4w-pc-01", "4w", hospital().broker());
  ASSERT_TRUE(Eventually([&] { return west.settled(); }));
  EXPECT_THAT(HeldBy(west, notice.id()).id(), IsEmpty());
  const CommandEnd shown = Wardcast({"show", notice.id()});
  EXPECT_THAT(shown.said, HasSubstr("2026-06-01 14:00 MDT  it was not sent"));
  EXPECT_THAT(shown.said, HasSubstr("--send-now"));

  // A typing error is mended: that sends nothing either.
  const v1::Alert mended = Update(notice.id(), {"--headline", "Fire door test in the west wing"});
  EXPECT_EQ(mended.state(), v1::State::SCHEDULED);
  EXPECT_THAT(mended.missed(), IsEmpty()) << "somebody has looked at it";

  // 15:05 Now, says its publisher.
  At("2026-06-01T21:05:00Z");
  const v1::Alert sent = Update(notice.id(), {"--send-now"});
  EXPECT_EQ(sent.state(), v1::State::ACTIVE);
  EXPECT_EQ(sent.round(), 1);
  EXPECT_LT(std::chrono::abs(InstantOf(sent.published_at()) - Now()), 1min);
  EXPECT_TRUE(Gets(west, sent));
  EXPECT_THAT(Wardcast({"show", notice.id()}).said, Not(HasSubstr("MISSED")));
}

TEST_F(StoppedAtItsTime, WhatIsLeftSoIsNotAskedAboutAgain) {
  const v1::Alert notice = ToBeSentAtTwo();
  StandStill();
  ASSERT_TRUE(IsAsked(notice.id()));
  const v1::Alert left = Update(notice.id(), {"--settle-missed"});
  EXPECT_THAT(left.missed(), IsEmpty());
  EXPECT_EQ(left.state(), v1::State::SCHEDULED);
  EXPECT_EQ(left.revision(), notice.revision()) << "it is no edit";

  // Stopped and started once more: it was asked. What falls due from now on is done, which says
  // that the clock has looked.
  ASSERT_TRUE(hospital().StopBroker()) << hospital().Log("broker");
  hospital().StartBroker();
  const v1::Alert next = Publish({"--kind", "information", "--severity", "minor", "--headline",
                                  "Printing is back", "--ward", "4w", "--send-at", "+1m"});
  Later(70s);
  ASSERT_TRUE(
      Comes(next.id(), [](const v1::Alert& alert) { return alert.state() == v1::State::ACTIVE; }));
  EXPECT_THAT(Read(notice.id()).missed(), IsEmpty());
  EXPECT_EQ(Read(notice.id()).state(), v1::State::SCHEDULED);
}

TEST_F(StoppedAtItsTime, AnOpenOutageIsShownToTheShiftWhenItsPublisherSaysSo) {
  const v1::Alert outage = Publish({"--template", "outage", "--service", "inpatient-ehr"});
  // Stopped from 18:50 to 19:30. The evening shift began at 19:00; Northside's begins an hour
  // later.
  At("2026-06-02T00:50:00Z");
  ASSERT_TRUE(hospital().StopBroker()) << hospital().Log("broker");
  At("2026-06-02T01:30:00Z");
  hospital().StartBroker();
  ASSERT_TRUE(IsAsked(outage.id()));
  EXPECT_EQ(Read(outage.id()).missed(0).kind(), v1::MissedStep::KIND_SHIFT_START);
  EXPECT_EQ(Read(outage.id()).round(), outage.round());
  EXPECT_THAT(Read(outage.id()).ward_overrides(), IsEmpty());
  const v1::Alert again = Update(outage.id(), {"--re-alert"});
  EXPECT_EQ(again.round(), outage.round() + 1);
  EXPECT_THAT(again.missed(), SizeIs(0));
}

}  // namespace
}  // namespace wardcast::testing
