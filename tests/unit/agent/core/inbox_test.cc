#include "agent/core/inbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/agent/core/hospital.h"

namespace wardcast::agent {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Inbox, AnOutageIsADialogWithEverythingInTheSitesTime) {
  Ward ward;
  v1::Alert& alert = ward.Hold(Outage("A"));
  *alert.mutable_next_update() = Denver(Utc("21:30:00"));
  *alert.mutable_expected_end() = Denver(Utc("23:00:00"));
  v1::Instruction* step = alert.add_instructions();
  step->set_text("Call the lab for critical values: 4711");
  step = alert.add_instructions();
  step->set_when(v1::Instruction::When::DO_NOT);
  step->set_text("Re-enter orders");
  const Notice notice = ward.Shown("21:10:00");
  EXPECT_EQ(notice.presentation, Presentation::kDialog);
  EXPECT_EQ(notice.severity, Severity::kWarning);
  EXPECT_EQ(notice.kind, "System outage");
  EXPECT_EQ(notice.published, "14:07");
  EXPECT_EQ(notice.since, "13:52");
  EXPECT_EQ(notice.next_update, "14:30");
  EXPECT_EQ(notice.expected_back, "about 16:00");
  EXPECT_EQ(notice.phone, "5555") << "the site's, because the alert names none";
  EXPECT_EQ(notice.binder, "red binder, station B");
  EXPECT_EQ(notice.do_now, std::vector<std::string>{"Call the lab for critical values: 4711"});
  EXPECT_EQ(notice.do_not, std::vector<std::string>{"Re-enter orders"});
  EXPECT_EQ(notice.ward_id, "4w");
  EXPECT_TRUE(notice.asks_answer);
  EXPECT_EQ(notice.unconfirmed, "");
}

struct ClassCase {
  v1::EndpointClass::Value endpoint_class;
  v1::Presentation::Value asked;
  Presentation shown;
};

TEST(Inbox, TheClassDecidesHowStronglyItIsShown) {
  using C = v1::EndpointClass;
  using P = v1::Presentation;
  for (const ClassCase& c : {ClassCase{C::STANDARD, P::TAKEOVER, Presentation::kTakeover},
                             ClassCase{C::STANDARD, P::TOAST, Presentation::kToast},
                             ClassCase{C::STANDARD, P::UNSPECIFIED, Presentation::kDialog},
                             ClassCase{C::DOWNTIME, P::TAKEOVER, Presentation::kDialog},
                             ClassCase{C::CLINICAL, P::TAKEOVER, Presentation::kTicker},
                             ClassCase{C::CLINICAL, P::DIALOG, Presentation::kTicker},
                             ClassCase{C::BOARD, P::DIALOG, Presentation::kDialog}}) {
    Ward ward;
    ward.settings = FourWest(c.endpoint_class);
    ward.Hold(Outage("A")).set_presentation(c.asked);
    EXPECT_EQ(ward.Shown("21:10:00").presentation, c.shown) << c.endpoint_class << " " << c.asked;
  }
}

TEST(Inbox, AnUnplacedPcGetsTheStripAndNoAcknowledgement) {
  Ward ward;
  ward.settings.mutable_endpoint()->clear_ward_id();
  ward.Hold(Outage("A"));
  const Picture picture = ward.At("21:10:00");
  ASSERT_THAT(picture.screen.notices, SizeIs(1));
  EXPECT_EQ(picture.screen.notices[0].presentation, Presentation::kTicker);
  EXPECT_EQ(picture.screen.notices[0].ward_id, "");
  EXPECT_FALSE(picture.screen.notices[0].asks_answer);
  EXPECT_EQ(picture.screen.place, "unplaced · Main campus");
}

TEST(Inbox, NothingIsShownBeforeTheFirstSettingsCameThenAsUnplaced) {
  Ward ward;
  ward.Hold(Outage("A"));
  const auto at = [&](std::chrono::seconds after) {
    return Compose({ward.holdings, ward.attentions, ward.outbox, nullptr, ward.endpoint_id,
                    ward.confirmation, ward.contact},
                   {after, Utc("21:10:00") + after});
  };
  EXPECT_THAT(at(std::chrono::seconds(9)).screen.notices, IsEmpty());
  EXPECT_EQ(at(std::chrono::seconds(9)).ask_again, Elapsed(10'000));
  ASSERT_THAT(at(std::chrono::seconds(10)).screen.notices, SizeIs(1));
  EXPECT_EQ(at(std::chrono::seconds(10)).screen.notices[0].presentation, Presentation::kTicker);
}

TEST(Inbox, DrillsStayAwayFromClinicalPcsAndNeverTakeTheScreen) {
  Ward ward;
  v1::Alert& alert = ward.Hold(Outage("A"));
  alert.set_status(v1::Status::EXERCISE);
  alert.set_presentation(v1::Presentation::TAKEOVER);
  EXPECT_TRUE(ward.Shown("21:10:00").exercise);
  EXPECT_EQ(ward.Shown("21:10:00").presentation, Presentation::kDialog);
  ward.settings = FourWest(v1::EndpointClass::CLINICAL);
  EXPECT_THAT(ward.At("21:10:00").screen.notices, IsEmpty());
}

TEST(Inbox, APublicBoardShowsNoSecurityNoticeAndNoInitials) {
  Ward ward;
  ward.settings = FourWest(v1::EndpointClass::BOARD);
  ward.Hold(Outage("A")).set_kind(v1::Kind::SECURITY);
  EXPECT_THAT(ward.At("21:10:00").screen.notices, IsEmpty());
  ward.settings.mutable_endpoint()->add_tags("staff-only");
  EXPECT_THAT(ward.At("21:10:00").screen.notices, SizeIs(1));
  ward.holdings["A"].answers = {AnswerOf("A", 1, v1::Response::PROCEDURE_STARTED, Utc("21:09:00"))};
  EXPECT_EQ(ward.Shown("21:10:00").ward_answer, "4 West: procedure started, 4W-PC-01, 14:09");
}

TEST(Inbox, SeenTakesTheWindowToTheStripUntilTheNextRound) {
  Ward ward;
  ward.Hold(Outage("A"));
  ward.attentions[{"A", 1, Stage::kOpen}] = {.version = 5, .displayed = true, .seen = true};
  EXPECT_EQ(ward.Shown("21:10:00").presentation, Presentation::kTicker);
  EXPECT_TRUE(ward.Shown("21:10:00").seen);
  ward.holdings["A"].alert.set_round(2);
  EXPECT_EQ(ward.Shown("21:10:00").presentation, Presentation::kDialog)
      << "attention is called again";
}

TEST(Inbox, ANoticeThatWasOnlyDisplayedReopensAfterARestart) {
  Ward ward;
  ward.Hold(Outage("A"));
  ward.attentions[{"A", 1, Stage::kOpen}] = {.version = 5, .displayed = true};
  EXPECT_EQ(ward.Shown("21:10:00").presentation, Presentation::kDialog);
}

TEST(Inbox, TheWardsOwnRoundRaisesItsOwnPcsOnly) {
  Ward ward;
  v1::Alert& alert = ward.Hold(Outage("A"));
  ward.attentions[{"A", 1, Stage::kOpen}] = {.displayed = true, .seen = true};
  v1::WardOverride* raised = alert.add_ward_overrides();
  raised->set_ward_id("icu");
  raised->set_round(2);
  EXPECT_TRUE(ward.Shown("21:10:00").seen);
  raised = alert.add_ward_overrides();
  raised->set_ward_id("4w");
  raised->set_round(3);
  raised->set_presentation(v1::Presentation::TOAST);
  EXPECT_EQ(ward.Shown("21:10:00").round, 3);
  EXPECT_EQ(ward.Shown("21:10:00").presentation, Presentation::kToast);
}

TEST(Inbox, WhenTheWardAnsweredElsewhereTheWindowBecomesACorner) {
  Ward ward;
  ward.Hold(Outage("A"));
  ward.holdings["A"].answers = {AnswerOf("A", 1, v1::Response::NEED_HELP, Utc("21:08:00"))};
  EXPECT_EQ(ward.Shown("21:10:00").presentation, Presentation::kDialog)
      << "a help request answers nothing";
  ward.holdings["A"].answers = {AnswerOf("A", 1, v1::Response::PROCEDURE_STARTED, Utc("21:09:00"))};
  const Notice notice = ward.Shown("21:10:00");
  EXPECT_EQ(notice.presentation, Presentation::kToast);
  EXPECT_EQ(notice.ward_answer, "4 West: procedure started, J.R., 14:09");
  EXPECT_FALSE(notice.asks_answer);
}

TEST(Inbox, AnAnswerOfAnEarlierRoundIsSaidToBeEarlierAndTheWardIsAskedAgain) {
  Ward ward;
  ward.Hold(Outage("A")).set_round(2);
  ward.holdings["A"].answers = {AnswerOf("A", 1, v1::Response::PROCEDURE_STARTED, Utc("21:09:00"))};
  const Notice notice = ward.Shown("21:10:00");
  EXPECT_EQ(notice.presentation, Presentation::kDialog);
  EXPECT_THAT(notice.ward_answer,
              HasSubstr("4 West answered before the change: procedure started"));
  EXPECT_TRUE(notice.asks_answer);
}

TEST(Inbox, WhatWasPressedHereIsShownAsSendingUntilItIsConfirmedAndComesBackWhenRefused) {
  Ward ward;
  ward.Hold(Outage("A"));
  ward.attentions[{"A", 1, Stage::kOpen}] = {.displayed = true, .answered = true};
  v1::Acknowledgement pressed;
  pressed.set_id("01H");
  pressed.set_alert_id("A");
  pressed.set_round(1);
  pressed.set_ward_id("4w");
  pressed.set_response(v1::Response::NOT_AFFECTED);
  *pressed.mutable_pressed_at() = ToTimestamp(Utc("21:09:00"));
  OutboxItem item;
  item.report = pressed;
  ward.outbox = Outbox({item});
  Notice notice = ward.Shown("21:10:00");
  EXPECT_TRUE(notice.sending);
  EXPECT_TRUE(notice.seen);
  EXPECT_EQ(notice.ward_answer, "4 West: not affected, 4W-PC-03, 14:09");
  item.state = OutboxItem::State::kConfirmed;
  ward.outbox = Outbox({item});
  EXPECT_FALSE(ward.Shown("21:10:00").sending);
  item.state = OutboxItem::State::kRefused;
  item.refusal = "this PC is not of 4 West";
  ward.outbox = Outbox({item});
  notice = ward.Shown("21:10:00");
  EXPECT_EQ(notice.refused, "this PC is not of 4 West");
  EXPECT_FALSE(notice.seen) << "a person must know";
}

TEST(Inbox, MostSevereFirstThenNewest) {
  Ward ward;
  ward.Hold(Outage("old"));
  *ward.Hold(Outage("new")).mutable_published_at() = Denver(Utc("21:09:00"));
  ward.Hold(Outage("minor")).set_severity(v1::Severity::MINOR);
  ward.Hold(Outage("danger")).set_severity(v1::Severity::EXTREME);
  std::vector<std::string> order;
  for (const Notice& notice : ward.At("21:10:00").screen.notices) order.push_back(notice.alert_id);
  EXPECT_THAT(order, ::testing::ElementsAre("danger", "new", "old", "minor"));
}

TEST(Inbox, ALateUpdateReadsOverdueFromItsMinuteOn) {
  Ward ward;
  *ward.Hold(Outage("A")).mutable_next_update() = Denver(Utc("21:30:00"));
  EXPECT_EQ(ward.At("21:29:00").ask_again, Utc("21:30:00") - Utc("00:00:00"));
  EXPECT_EQ(ward.Shown("21:30:00").next_update, "14:30, overdue");
}

TEST(Inbox, AnUpdateSaysWhatChanged) {
  Ward ward;
  v1::Alert& alert = ward.Hold(Outage("A"));
  alert.set_what_changed("expected back about 16:00");
  *alert.mutable_changed_at() = Denver(Utc("21:20:00"));
  EXPECT_EQ(ward.Shown("21:21:00").what_changed, "Changed 14:20: expected back about 16:00");
}

TEST(Inbox, TheAllClearIsToldWhereItWasDisplayedAndStaysUntilBackEntryIsDone) {
  Ward ward;
  v1::Alert& alert = ward.Hold(Outage("A"));
  alert.set_state(v1::State::CLOSED);
  alert.set_closing(v1::Closing::ENDED);
  alert.set_closing_text("Results are complete.");
  alert.add_back_entry("Vital signs of the downtime");
  *alert.mutable_changed_at() = Denver(Utc("22:00:00"));
  EXPECT_THAT(ward.At("22:01:00").screen.notices, IsEmpty())
      << "a late comer gets nothing that has ended";

  ward.attentions[{"A", 1, Stage::kOpen}] = {.displayed = true, .seen = true};
  Notice notice = ward.Shown("22:01:00");
  EXPECT_EQ(notice.phase, Phase::kAllClear);
  EXPECT_EQ(notice.presentation, Presentation::kDialog)
      << "shown once, although the outage was seen";
  EXPECT_EQ(notice.closing, "Results are complete.");
  EXPECT_EQ(notice.afterwards, std::vector<std::string>{"Vital signs of the downtime"});

  ward.attentions[{"A", 1, Stage::kClosing}] = {.displayed = true, .seen = true};
  EXPECT_EQ(ward.Shown("22:02:00").presentation, Presentation::kTicker);
  ward.holdings["A"].answers = {AnswerOf("A", 1, v1::Response::BACK_ENTRY_DONE, Utc("22:30:00"))};
  EXPECT_THAT(ward.At("22:31:00").screen.notices, IsEmpty());
}

struct ClosedCase {
  v1::Closing::Value closing;
  bool back_entry;
  hours shown_for;
};

TEST(Inbox, WhatClosedGoesAfterItsTime) {
  for (const ClosedCase& c : {ClosedCase{v1::Closing::ENDED, true, hours(48)},
                              ClosedCase{v1::Closing::ENDED, false, hours(4)},
                              ClosedCase{v1::Closing::RECALLED, false, hours(12)},
                              ClosedCase{v1::Closing::EXPIRED, false, hours(0)}}) {
    Ward ward;
    v1::Alert& alert = ward.Hold(Outage("A"));
    alert.set_state(v1::State::CLOSED);
    alert.set_closing(c.closing);
    if (c.back_entry) alert.add_back_entry("x");
    const TimePoint closed = Utc("22:00:00");
    *alert.mutable_changed_at() = Denver(closed);
    ward.attentions[{"A", 1, Stage::kOpen}].displayed = true;
    const auto shown = [&](TimePoint at) {
      return !Compose({ward.holdings, ward.attentions, ward.outbox, &ward.settings,
                       ward.endpoint_id, ward.confirmation, ward.contact},
                      {at - Utc("00:00:00"), at})
                  .screen.notices.empty();
    };
    if (c.shown_for > hours(0)) {
      EXPECT_TRUE(shown(closed + c.shown_for - minutes(1))) << c.closing;
    }
    EXPECT_FALSE(shown(closed + c.shown_for)) << c.closing;
  }
}

TEST(Inbox, ARecallIsShownUntilSeen) {
  Ward ward;
  v1::Alert& alert = ward.Hold(Outage("A"));
  alert.set_state(v1::State::CLOSED);
  alert.set_closing(v1::Closing::RECALLED);
  *alert.mutable_changed_at() = Denver(Utc("21:08:00"));
  ward.attentions[{"A", 1, Stage::kOpen}].displayed = true;
  const Notice notice = ward.Shown("21:09:00");
  EXPECT_EQ(notice.phase, Phase::kRecalled);
  EXPECT_EQ(notice.closing,
            "RECALLED 14:08. The notice of 14:07 was sent by mistake. No action needed.");
  ward.attentions[{"A", 1, Stage::kClosing}].seen = true;
  EXPECT_THAT(ward.At("21:10:00").screen.notices, IsEmpty());
}

TEST(Inbox, ANewAlertForTheSameServiceReplacesTheAllClear) {
  Ward ward;
  v1::Alert& ended = ward.Hold(Outage("A"));
  ended.set_state(v1::State::CLOSED);
  ended.set_closing(v1::Closing::ENDED);
  *ended.mutable_changed_at() = Denver(Utc("22:00:00"));
  ward.attentions[{"A", 1, Stage::kOpen}].displayed = true;
  *ward.Hold(Outage("B")).mutable_published_at() = Denver(Utc("22:10:00"));
  const Picture picture = ward.At("22:11:00");
  ASSERT_THAT(picture.screen.notices, SizeIs(1));
  EXPECT_EQ(picture.screen.notices[0].alert_id, "B");
}

TEST(Inbox, AtStartTheCacheWaitsForABrokerThenIsAStripAsOfAnEarlierTime) {
  Ward ward;
  ward.Hold(Outage("A"));
  ward.confirmation = {};
  ward.confirmation.last_run = Utc("21:07:00");
  ward.confirmation.started = Utc("22:00:00") - Utc("00:00:00");
  ward.contact.connected = false;
  EXPECT_THAT(ward.At("22:00:09").screen.notices, IsEmpty());
  const Notice notice = ward.Shown("22:00:10");
  EXPECT_EQ(notice.presentation, Presentation::kTicker);
  EXPECT_EQ(notice.unconfirmed, "as of 14:07, not confirmed");
  ward.confirmation.confirmed["log-a"] = Utc("22:00:12");
  EXPECT_EQ(ward.Shown("22:00:12").presentation, Presentation::kDialog)
      << "confirmed and unanswered: it reopens";
  EXPECT_EQ(ward.Shown("22:00:12").unconfirmed, "");
}

TEST(Inbox, AnAlertOfAnotherLogStaysMarkedUntilItsSignedExpiry) {
  Ward ward;
  v1::Alert& alert = ward.Hold(Outage("A"));
  alert.set_log_id("log-b");
  *alert.mutable_expires() = ToTimestamp(Utc("23:00:00"));
  ward.confirmation.last_run = Utc("21:07:00");
  EXPECT_EQ(ward.Shown("22:00:00").unconfirmed, "not confirmed since 14:07");
  EXPECT_EQ(ward.Shown("22:00:00").presentation, Presentation::kTicker);
  EXPECT_THAT(ward.At("23:00:00").screen.notices, IsEmpty());
}

TEST(Inbox, OutOfContactEachNoticeSaysThatItMayHaveChanged) {
  Ward ward;
  *ward.Hold(Outage("A")).mutable_expected_end() = Denver(Utc("21:30:00"));
  ward.contact = {.connected = false,
                  .since = Utc("21:10:00"),
                  .announce = true,
                  .lost_since = Utc("21:10:00"),
                  .unconfirmed = true,
                  .ask_again = std::nullopt};
  const Picture picture = ward.At("21:40:00");
  ASSERT_THAT(picture.screen.notices, SizeIs(1));
  EXPECT_EQ(picture.screen.notices[0].unconfirmed,
            "last confirmed 14:10, may have changed, call 5555");
  EXPECT_EQ(picture.screen.notices[0].expected_back, "14:30, should be over, not confirmed");
  EXPECT_EQ(picture.screen.contact.message,
            "No contact with the alert service since 14:10 — command centre 5555");
}

}  // namespace
}  // namespace wardcast::agent
