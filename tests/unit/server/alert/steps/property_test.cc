// What holds for every sequence of actions, and for every way of asking the clock.
#include <gmock/gmock.h>

#include <array>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/unit/server/alert/steps/legal.h"
#include "tests/unit/server/alert/steps/timeline.h"

namespace wardcast {
namespace {

using namespace std::chrono_literals;

using Random = std::mt19937;

template <class List>
const auto& OneOf(const List& list, Random& random) {
  return list[std::uniform_int_distribution<std::size_t>(0, std::size(list) - 1)(random)];
}

int Upto(int most, Random& random) { return std::uniform_int_distribution<int>(0, most)(random); }

std::string InHours(TimePoint now, int hours) {
  return R"({"at":")" + ToRfc3339(now + std::chrono::hours(hours)) + R"("})";
}

v1::Alert AnyNotice(TimePoint now, Random& random) {
  static const std::array<std::string, 6> kKinds{
      "PLANNED_DOWNTIME", "PLANNED_DOWNTIME", "OUTAGE", "DEGRADED", "SECURITY", "INFORMATION"};
  static const std::array<std::string, 3> kSeverities{"MINOR", "MODERATE", "SEVERE"};
  static const std::array<std::string, 3> kAudiences{
      R"({"everyone":true})", R"({"sites":["main"]})", R"({"wards":["4w","n-2"]})"};
  std::string json = R"({"headline":"Down","services":["ehr","fax"],"kind":")" +
                     OneOf(kKinds, random) + R"(","severity":")" + OneOf(kSeverities, random) +
                     R"(","audience":)" + OneOf(kAudiences, random);
  if (Upto(1, random) == 0) {
    const int start = Upto(60, random);
    json += R"(,"start":)" + InHours(now, start) + R"(,"expectedEnd":)" +
            InHours(now, start + 1 + Upto(4, random));
  }
  if (Upto(3, random) == 0) json += R"(,"sendAt":)" + InHours(now, 1 + Upto(30, random));
  return FromJson<v1::Alert>(json + "}");
}

// One action of a person, which may well be refused.
Result<std::optional<v1::Alert>> AnyAction(const v1::Alert& alert, TimePoint now, Random& random) {
  static const std::array<std::string, 14> kEdits{
      R"({"alert":{"impact":"Other words"}})",
      R"({"alert":{"severity":"SEVERE"}})",
      R"({"alert":{"severity":"MINOR"}})",
      R"({"alert":{"services":["ehr"]}})",
      R"({"alert":{"services":["ehr","fax"]}})",
      R"({"alert":{"phase":"CONFIRMED"}})",
      R"({"alert":{"phase":"ANNOUNCED"}})",
      R"({"alert":{"kind":"OUTAGE"}})",
      R"({"alert":{"audience":{"wards":["4w","or"]}}})",
      R"({"updateMask":"sendAt"})",
      R"({"updateMask":"expectedEnd,nextUpdate"})",
      R"({"reAlert":"YES"})",
      R"({"started":true})",
      R"({"started":true,"alert":{"impact":"Begun"},"reAlert":"YES"})"};
  static const std::array<std::string, 5> kEnds{
      "{}", R"({"allClear":true})", R"({"allClear":true,"services":["fax"]})",
      R"({"allClear":true,"sites":["main"]})", R"({"allClear":true,"backEntry":["Orders"]})"};
  const Directory& hospital = Hospital();
  switch (Upto(12, random)) {
    case 0:
      return RecalledAlert(alert, {}, hospital, now);
    case 1:
      return ApprovedAlert(alert, alert.revision(), hospital, now);
    case 2:
      return RejectedAlert(alert, "No", now);
    case 3:
    case 4: {
      std::string json = "{";
      if (Upto(3, random) > 0) json += R"("start":)" + InHours(now, 1 + Upto(60, random));
      return PostponedAlert(alert, FromJson<v1::PostponeAlertRequest>(json + "}"), hospital, now);
    }
    case 5:
    case 6: {
      if (Upto(2, random) > 0) return std::nullopt;  // an end is the end of a sequence
      return EndedAlert(alert, FromJson<v1::EndAlertRequest>(OneOf(kEnds, random)), hospital, now);
    }
    case 7: {
      auto sent = SentDraft(alert, hospital, now);
      if (!sent) return std::unexpected(sent.error());
      return *sent;
    }
    case 8: {
      const std::string later =
          R"({"alert":{"expectedEnd":)" + InHours(now, Upto(6, random)) + "}}";
      return UpdatedAlert(alert, FromJson<v1::UpdateAlertRequest>(later), hospital, now);
    }
    case 9: {
      const std::string news = R"({"alert":{"nextUpdate":)" + InHours(now, Upto(6, random)) + "}}";
      return UpdatedAlert(alert, FromJson<v1::UpdateAlertRequest>(news), hospital, now);
    }
    default:
      return UpdatedAlert(alert, FromJson<v1::UpdateAlertRequest>(OneOf(kEdits, random)), hospital,
                          now);
  }
}

v1::Alert Beginning(TimePoint now, Random& random) {
  const v1::Alert written = AnyNotice(now, random);
  if (Upto(3, random) == 0) {
    const auto draft = DraftOf(written, Hospital(), "x", now, "held");
    EXPECT_TRUE(draft) << draft.error().message;
    return *draft;
  }
  const auto alert = NewAlert(written, Hospital(), "x", now);
  EXPECT_TRUE(alert) << alert.error().message;
  return Upto(3, random) == 0 ? AwaitingApproval(*alert, "wide", now) : *alert;
}

// Weeks of whatever people and the clock may do, in the nights of both clock changes.
TEST(Property, NoSequenceOfActionsLeadsToAnIllegalState) {
  for (unsigned seed = 0; seed < 150; ++seed) {
    Random random(seed);
    TimePoint now = At(seed % 2 == 0 ? "2026-10-30T12:34:56Z" : "2026-03-06T12:34:56Z");
    v1::Alert alert = Beginning(now, random);
    ExpectLegal(alert);
    std::set<StepKey> known;
    for (int i = 0; i < 40 && !testing::Test::HasFailure(); ++i) {
      const TimePoint before = now;
      now += std::chrono::minutes(1 + Upto(300, random));
      const Plan plan = NextSteps(alert, Hospital(), now, before);
      std::vector<Step> missed;
      for (const Step& step : plan.missed) {
        if (known.insert(step.key).second) missed.push_back(step);
      }
      std::vector<StepKey> fresh;
      for (const Step& step : plan.due) {
        if (known.insert(step.key).second) fresh.push_back(step.key);
      }
      if (const auto asked = WithMissed(alert, missed, Hospital(), now)) {
        ExpectLegal(*asked);
        ExpectFollows(alert, *asked);
        alert = *asked;
      }
      if (const auto after = AfterSteps(alert, fresh, Hospital(), now)) {
        ExpectLegal(*after);
        ExpectFollows(alert, *after);
        alert = *after;
      }
      const auto after = AnyAction(alert, now, random);
      if (!after || !*after) continue;
      ExpectLegal(**after);
      ExpectFollows(alert, **after);
      EXPECT_EQ((*after)->revision(), alert.revision() + 1);
      EXPECT_EQ((*after)->missed_size(), 0) << "any edit settles it";
      alert = **after;
    }
    ASSERT_FALSE(testing::Test::HasFailure())
        << "seed " << seed << ": " << alert.ShortDebugString();
  }
}

// Whatever people do to a drill: two hours after it went out it is over, it is a DIALOG at most,
// and it is not for CLINICAL endpoints.
TEST(Property, NoSequenceOfActionsMakesADrillMoreThanADrill) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    Random random(seed);
    TimePoint now = At(seed % 2 == 0 ? "2026-10-30T12:34:56Z" : "2026-03-06T12:34:56Z");
    v1::Alert written = AnyNotice(now, random);
    written.set_status(v1::Status::EXERCISE);
    const auto drill = NewAlert(written, Hospital(), "x", now);
    ASSERT_TRUE(drill) << drill.error().message;
    v1::Alert alert = *drill;
    std::set<StepKey> known;
    for (int i = 0; i < 20 && !testing::Test::HasFailure(); ++i) {
      now += std::chrono::minutes(1 + Upto(60, random));
      std::vector<StepKey> fresh;
      for (const Step& step : NextSteps(alert, Hospital(), now).due) {
        if (known.insert(step.key).second) fresh.push_back(step.key);
      }
      if (Upto(20, random) == 0) fresh.push_back({.step = "real-notice", .target = "REAL"});
      if (const auto after = AfterSteps(alert, fresh, Hospital(), now)) {
        ExpectLegal(*after);
        ExpectFollows(alert, *after);
        alert = *after;
      }
      const bool on_wards =
          alert.state() == v1::State::ACTIVE || alert.state() == v1::State::RECOVERING;
      EXPECT_TRUE(!on_wards || now < FromTimestamp(alert.published_at().at()) + 2h);
      EXPECT_LE(alert.presentation(), v1::Presentation::DIALOG);
      EXPECT_LE(alert.round_presentation(), v1::Presentation::DIALOG);
      EXPECT_THAT(alert.audience().exclude().classes(),
                  testing::Contains(v1::EndpointClass::CLINICAL));
      const auto after = AnyAction(alert, now, random);
      if (!after || !*after) continue;
      ExpectLegal(**after);
      ExpectFollows(alert, **after);
      alert = **after;
    }
    ASSERT_FALSE(testing::Test::HasFailure())
        << "seed " << seed << ": " << alert.ShortDebugString();
  }
}

// A refusal changes nothing and says why; what is closed stays closed.
TEST(Property, WhatIsClosedStaysClosed) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    Random random(seed);
    const TimePoint now = At("2026-10-30T12:34:56Z");
    const auto recalled = RecalledAlert(Beginning(now, random), {}, Hospital(), now + 1min);
    ASSERT_TRUE(recalled && recalled->has_value());
    for (int i = 0; i < 40; ++i) {
      const auto after = AnyAction(**recalled, now + 1h, random);
      if (after) {
        EXPECT_FALSE(after->has_value()) << (**recalled).ShortDebugString();
      } else {
        EXPECT_FALSE(after.error().message.empty());
      }
    }
    EXPECT_EQ(NextSteps(**recalled, Hospital(), now + 48h).ask_again, std::nullopt);
  }
}

std::set<StepKey> MadeBy(const v1::Alert& alert, TimePoint begin, TimePoint end,
                         std::chrono::milliseconds every) {
  Timeline timeline(alert, begin);
  timeline.RunTo(end, every);
  return {timeline.made().begin(), timeline.made().end()};
}

bool IsCall(const StepKey& key) {
  return key.step.starts_with("reminder") || key.step.starts_with("send") ||
         key.step.starts_with("start@") || key.step.starts_with("shift-start");
}

TimePoint MomentOf(const StepKey& key) { return At(key.step.substr(key.step.find('@') + 1)); }

// Reminders depend on facts and time alone: whoever asks when told to, every minute, or every
// nine minutes, makes the same steps.
TEST(Property, ItDoesNotMatterHowOftenOneAsks) {
  for (unsigned seed = 0; seed < 8; ++seed) {
    Random random(seed);
    const TimePoint begin = At(seed % 2 == 0 ? "2026-10-30T12:34:56Z" : "2026-03-06T12:34:56Z");
    const auto alert = NewAlert(AnyNotice(begin, random), Hospital(), "x", begin);
    ASSERT_TRUE(alert);
    const TimePoint end = begin + 48h;
    Timeline told(*alert, begin);
    told.RunTo(end);
    const std::set<StepKey> when_told(told.made().begin(), told.made().end());
    EXPECT_EQ(MadeBy(*alert, begin, end, 1min), when_told) << seed;
    EXPECT_EQ(MadeBy(*alert, begin, end, 9min), when_told) << seed;
  }
}

// After a pause the same, but for calls that grew too old meanwhile: those are listed as missed.
TEST(Property, AfterAPauseOnlyWhatIsTooOldIsMissing) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    Random random(seed);
    const TimePoint begin = At(seed % 2 == 0 ? "2026-10-30T12:34:56Z" : "2026-03-06T12:34:56Z");
    v1::Alert written = AnyNotice(begin, random);
    written.clear_send_at();
    const auto alert = NewAlert(written, Hospital(), "x", begin);
    ASSERT_TRUE(alert);
    if (alert->state() != v1::State::ACTIVE) continue;  // what is sent late is published late
    const TimePoint end = begin + 66h;
    Timeline told(*alert, begin);
    told.RunTo(end);
    const std::set<StepKey> hourly = MadeBy(*alert, begin, end, 1h);
    const Plan after_pause = NextSteps(*alert, Hospital(), end, begin);
    std::set<StepKey> missed;
    for (const Step& step : after_pause.missed) missed.insert(step.key);
    for (const StepKey& key : told.made()) {
      if (!IsCall(key)) {
        EXPECT_TRUE(hourly.contains(key)) << seed << ": a fact stays one: " << key.step;
        continue;
      }
      const auto into_hour = (MomentOf(key) - begin) % 1h;
      const bool in_time = into_hour == 0ms || into_hour > 50min;
      EXPECT_EQ(hourly.contains(key), in_time) << seed << ": " << key.step;
      const bool is_missed = alert->kind() == v1::Kind::INFORMATION ||
                             MomentOf(key) > end - 10min || missed.contains(key);
      EXPECT_TRUE(is_missed) << seed << ": " << key.step;
    }
  }
}

}  // namespace
}  // namespace wardcast
