// What the clock missed, and what its publisher does about it.
#include <gmock/gmock.h>

#include <string>

#include "server/alert/lifecycle.h"
#include "tests/unit/server/alert/notice.h"

namespace wardcast {
namespace {

using testing::IsEmpty;
using namespace std::chrono_literals;

const TimePoint kSettledNow = At("2026-03-01T21:07:00Z");

// With a question about a moment that is over.
v1::Alert Asked(v1::Alert alert, v1::MissedStep::Kind kind, TimePoint due) {
  v1::MissedStep& step = *alert.add_missed();
  step.set_kind(kind);
  *step.mutable_due()->mutable_at() = ToTimestamp(due);
  return alert;
}

v1::Alert OpenOutage() {
  return Asked(*NewAlert(LabOutage(), Hospital(), "x", kSettledNow - 10h),
               v1::MissedStep::KIND_SHIFT_START, kSettledNow - 7h);
}

// It was to go out at 13:07.
v1::Alert Unsent() {
  v1::Alert written = LabOutage();
  *written.mutable_send_at()->mutable_at() = ToTimestamp(kSettledNow - 1h);
  return Asked(*NewAlert(written, Hospital(), "x", kSettledNow - 2h), v1::MissedStep::KIND_SEND,
               kSettledNow - 1h);
}

// Work at 15:07 whose reminders nobody got.
v1::Alert UntoldWork() {
  v1::Alert written = LabOutage();
  written.set_kind(v1::Kind::PLANNED_DOWNTIME);
  *written.mutable_start()->mutable_at() = ToTimestamp(kSettledNow + 1h);
  return Asked(*NewAlert(written, Hospital(), "x", kSettledNow - std::chrono::days(9)),
               v1::MissedStep::KIND_REMINDER, kSettledNow - 1h);
}

Result<std::optional<v1::Alert>> Edited(const v1::Alert& alert, const std::string& json) {
  return UpdatedAlert(alert, FromJson<v1::UpdateAlertRequest>(json), Hospital(), kSettledNow);
}

v1::Alert MustChange(const Result<std::optional<v1::Alert>>& result) {
  EXPECT_TRUE(result) << result.error().message;
  EXPECT_TRUE(result && result->has_value());
  return result && *result ? **result : v1::Alert();
}

TEST(SettlingMissed, IsDoneByWhateverAPersonDoesToTheNotice) {
  const v1::Alert alert = OpenOutage();
  const auto end = [&](const std::string& json) {
    return EndedAlert(alert, FromJson<v1::EndAlertRequest>(json), Hospital(), kSettledNow);
  };
  for (const v1::Alert& after :
       {MustChange(Edited(alert, R"({"alert":{"impact":"Reading works"}})")),
        MustChange(Edited(alert, R"({"reAlert":"YES"})")), MustChange(end("{}")),
        MustChange(end(R"({"allClear":true})")),
        MustChange(RecalledAlert(alert, {}, Hospital(), kSettledNow)),
        MustChange(PostponedAlert(
            UntoldWork(),
            FromJson<v1::PostponeAlertRequest>(R"({"start":{"at":"2026-03-05T21:00:00Z"}})"),
            Hospital(), kSettledNow))}) {
    EXPECT_THAT(after.missed(), IsEmpty()) << after.ShortDebugString();
  }
}

TEST(SettlingMissed, AloneIsNoRevision) {
  const v1::Alert alert = OpenOutage();
  const v1::Alert left = MustChange(Edited(alert, R"({"settleMissed":true})"));
  EXPECT_THAT(left.missed(), IsEmpty());
  v1::Alert expected = alert;
  expected.clear_missed();
  EXPECT_EQ(left.SerializeAsString(), expected.SerializeAsString()) << "and nothing else";
  EXPECT_FALSE(Edited(left, R"({"settleMissed":true})").value().has_value()) << "again is nothing";
  EXPECT_EQ(Edited(alert, R"({"settleMissed":true,"expectedRevision":7})").error().code,
            Code::kAborted);
}

TEST(SettlingMissed, BesideAnEditThatChangesNothingIsNoRevisionEither) {
  const v1::Alert alert = OpenOutage();
  const std::string same = R"({"alert":{"headline":")" + alert.headline() + R"("})";
  EXPECT_FALSE(Edited(alert, same + "}").value().has_value());
  const v1::Alert left = MustChange(Edited(alert, same + R"(,"settleMissed":true})"));
  EXPECT_THAT(left.missed(), IsEmpty());
  EXPECT_EQ(left.revision(), alert.revision());
}

TEST(SettlingMissed, LeavesWhatWasNotSentUnsent) {
  const v1::Alert left = MustChange(Edited(Unsent(), R"({"settleMissed":true})"));
  EXPECT_EQ(left.state(), v1::State::SCHEDULED);
  EXPECT_EQ(left.round(), 0);
}

TEST(MissedSend, IsMadeUpForByTakingItsTimeOut) {
  const v1::Alert alert = Unsent();
  const v1::Alert sent = MustChange(Edited(alert, R"({"updateMask":"sendAt"})"));
  EXPECT_EQ(sent.state(), v1::State::ACTIVE);
  EXPECT_EQ(sent.round(), 1);
  EXPECT_EQ(sent.revision(), alert.revision() + 1);
  EXPECT_EQ(FromTimestamp(sent.published_at().at()), kSettledNow);
  EXPECT_FALSE(sent.has_send_at());
  EXPECT_THAT(sent.missed(), IsEmpty());
}

TEST(MissedSend, IsMadeUpForByAnotherTimeOrByCalling) {
  const v1::Alert later =
      MustChange(Edited(Unsent(), R"({"alert":{"sendAt":{"at":"2026-03-01T22:00:00Z"}}})"));
  EXPECT_EQ(later.state(), v1::State::SCHEDULED);
  EXPECT_EQ(FromTimestamp(later.send_at().at()), At("2026-03-01T22:00:00Z"));
  EXPECT_THAT(later.missed(), IsEmpty());
  EXPECT_EQ(MustChange(Edited(Unsent(), R"({"reAlert":"YES"})")).state(), v1::State::ACTIVE);
}

// The notice of one o'clock must not go to every ward at three because a typing error is mended.
TEST(MissedSend, IsNotMadeUpForByAnEditOfSomethingElse) {
  const v1::Alert alert = Unsent();
  const v1::Alert edited = MustChange(Edited(alert, R"({"alert":{"impact":"Reading works"}})"));
  EXPECT_EQ(edited.state(), v1::State::SCHEDULED);
  EXPECT_EQ(edited.round(), 0);
  EXPECT_FALSE(edited.has_published_at());
  EXPECT_EQ(MustChange(Edited(edited, R"({"updateMask":"sendAt"})")).state(), v1::State::ACTIVE);
}

TEST(MissedReminder, OfWorkThatNoWardKnowsOfCanBeSentNow) {
  const v1::Alert work = UntoldWork();
  ASSERT_EQ(work.state(), v1::State::SCHEDULED);
  for (const char* words : {R"({"updateMask":"sendAt"})", R"({"reAlert":"YES"})"}) {
    const v1::Alert sent = MustChange(Edited(work, words));
    EXPECT_EQ(sent.state(), v1::State::ACTIVE) << words;
    EXPECT_EQ(sent.round(), 1);
    EXPECT_THAT(sent.missed(), IsEmpty());
  }
}

TEST(MissedReminder, IsNotMadeUpForByAMachineThatSaysTheSameAgain) {
  const v1::Alert work = UntoldWork();
  v1::UpdateAlertRequest same;
  *same.mutable_alert() = work;
  for (const char* field : {"kind", "headline", "services", "audience", "start", "send_at"})
    same.mutable_update_mask()->add_paths(field);
  const auto updated = UpdatedAlert(work, same, Hospital(), kSettledNow);
  ASSERT_TRUE(updated) << updated.error().message;
  EXPECT_FALSE(updated->has_value());
}

TEST(MissedReminder, OfWorkThatIsFarAwayIsNoReasonToSendIt) {
  v1::Alert written = LabOutage();
  written.set_kind(v1::Kind::PLANNED_DOWNTIME);
  *written.mutable_start()->mutable_at() = ToTimestamp(kSettledNow + std::chrono::days(9));
  const v1::Alert work = *NewAlert(written, Hospital(), "x", kSettledNow);
  for (const char* words : {R"({"updateMask":"sendAt"})", R"({"reAlert":"YES"})"})
    EXPECT_FALSE(Edited(work, words).value().has_value()) << words;
}

}  // namespace
}  // namespace wardcast
