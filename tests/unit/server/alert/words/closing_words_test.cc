#include "server/alert/words/closing_words.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "base/proto_time.h"
#include "server/alert/words/phrases.h"

namespace wardcast {
namespace {

constexpr Language kAll[] = {Language::kEnglish, Language::kGerman, Language::kSpanish,
                             Language::kFrench};

v1::ZonedTime Wall(const char* at, int offset, const char* abbreviation) {
  v1::ZonedTime time;
  *time.mutable_at() = ToTimestamp(*FromRfc3339(at));
  time.set_utc_offset_minutes(offset);
  time.set_abbreviation(abbreviation);
  return time;
}

const v1::ZonedTime kAtTwo = Wall("2026-03-01T21:07:00Z", -420, "MST");
const v1::ZonedTime kLater = Wall("2026-03-01T22:10:00Z", -420, "MST");

v1::Alert Notice() {
  v1::Alert alert;
  alert.set_kind(v1::Kind::OUTAGE);
  alert.add_service_names("EHR");
  *alert.mutable_published_at() = kAtTwo;
  return alert;
}

TEST(ClosingWords, SpeakFourLanguages) {
  EXPECT_EQ(AllClearWords(Notice(), kLater, {}), "ALL CLEAR 15:10. EHR: working again.");
  EXPECT_EQ(AllClearWords(Notice(), kLater, {.language = Language::kGerman}),
            "ENTWARNUNG 15:10. EHR: funktioniert wieder.");
  EXPECT_EQ(AllClearWords(Notice(), kLater, {.language = Language::kSpanish}),
            "FIN DE LA ALERTA 15:10. EHR: funciona de nuevo.");
  EXPECT_EQ(RecallWords(Notice(), "", kLater, {.language = Language::kFrench}),
            "RETIRÉ 15:10. L'avis de 14:07 a été envoyé par erreur. Aucune action n'est "
            "nécessaire.");
}

TEST(ClosingWords, NameTheZoneWhereItMatters) {
  EXPECT_EQ(AllClearWords(Notice(), kLater, {.with_zone = true}),
            "ALL CLEAR 15:10 MST. EHR: working again.");
  EXPECT_EQ(MomentText(Wall("2026-11-01T07:30:00Z", -360, "MDT"),
                       Wall("2026-11-01T08:30:00Z", -420, "MST"), {.with_zone = true}),
            "01:30 MDT");
}

TEST(ClosingWords, NameTheDayOfAnotherDay) {
  const v1::ZonedTime next_week = Wall("2026-03-08T21:07:00Z", -360, "MDT");
  EXPECT_EQ(MomentText(kAtTwo, next_week, {}), "Sun 1 Mar 14:07");
  EXPECT_EQ(MomentText(kAtTwo, next_week, {.language = Language::kGerman}), "So 1.3. 14:07");
  EXPECT_EQ(MomentText(kAtTwo, Wall("2026-03-02T21:07:00Z", -420, "MST"), {}), "Sun 14:07");
}

TEST(ClosingWords, SayThatNobodySawWhatNeverWentOut) {
  v1::Alert alert = Notice();
  alert.clear_published_at();
  EXPECT_EQ(RecallWords(alert, "", kLater, {}),
            "RECALLED 15:10. The notice was not shown anywhere.");
}

TEST(ClosingWords, OfAPartNameTheRest) {
  EXPECT_EQ(PartlyClearWords({"Fax"}, {}, {"EHR"}, kLater, {}),
            "ALL CLEAR 15:10. Fax: working again. Still down: EHR.");
  EXPECT_EQ(PartlyClearWords({"Fax"}, {"Main"}, {}, kLater, {}),
            "ALL CLEAR 15:10. Fax: working again at Main. Everywhere else it is still down.");
  EXPECT_EQ(PartlyClearWords({}, {"Main"}, {}, kLater, {}),
            "ALL CLEAR 15:10. Working again at Main. Everywhere else it is still down.");
  EXPECT_EQ(PartlyClearWords({"a", "b", "c", "d", "e"}, {}, {"EHR"}, kLater, {}),
            "ALL CLEAR 15:10. a, b, c and 2 more: working again. Still down: EHR.");
}

TEST(ClosingWords, OfADrillNeverSoundLikeAnAllClear) {
  v1::Alert drill = Notice();
  drill.set_status(v1::Status::EXERCISE);
  EXPECT_EQ(AllClearWords(drill, kLater, {}),
            "EXERCISE ENDED 15:10. The notice of 14:07 was an exercise.");
  EXPECT_EQ(ExpiryWords(drill, kLater, {.language = Language::kGerman}),
            "ÜBUNG BEENDET 15:10. Die Meldung von 14:07 war eine Übung.");
  EXPECT_EQ(DrillStoppedWords(drill, {}), "EXERCISE STOPPED. The next notice is real.");
  drill.clear_published_at();
  EXPECT_EQ(ExpiryWords(drill, kLater, {}),
            "EXERCISE ENDED 15:10. The notice was not shown anywhere.");
  EXPECT_EQ(DrillStoppedWords(drill, {}), "EXERCISE STOPPED. The notice was not shown anywhere.");
}

// Every phrase with a place is filled, in every language.
TEST(ClosingWords, LeaveNoPlaceOpen) {
  for (const Language language : kAll) {
    const Wording wording{.language = language, .with_zone = true};
    v1::Alert unnamed = Notice();
    unnamed.clear_service_names();
    v1::Alert information = Notice();
    information.set_kind(v1::Kind::INFORMATION);
    v1::Alert drill = Notice();
    drill.set_status(v1::Status::EXERCISE);
    const std::vector<std::string> texts{RestoredWords(wording),
                                         AllClearWords(Notice(), kLater, wording),
                                         AllClearWords(unnamed, kLater, wording),
                                         AllClearWords(information, kLater, wording),
                                         RecallWords(Notice(), "", kLater, wording),
                                         RecallWords(Notice(), "Why", kLater, wording),
                                         ExpiryWords(Notice(), kLater, wording),
                                         ExpiryWords(drill, kLater, wording),
                                         DrillStoppedWords(drill, wording),
                                         PartlyClearWords({"Fax"}, {"Main"}, {}, kLater, wording),
                                         PartlyClearWords({"Fax"}, {}, {"EHR"}, kLater, wording),
                                         PartlyClearWords({}, {"Main"}, {}, kLater, wording)};
    for (const std::string& text : texts) {
      EXPECT_FALSE(text.empty());
      EXPECT_EQ(text.find_first_of("{}"), std::string::npos) << text;
    }
  }
}

TEST(Phrases, HaveAWordForEverything) {
  for (const Language language : kAll) {
    for (int value = v1::Phase::Value_MIN; value <= v1::Phase::Value_MAX; ++value)
      EXPECT_STRNE(PhaseWords(static_cast<v1::Phase::Value>(value), language), "");
    for (int value = v1::Kind::Value_MIN; value <= v1::Kind::Value_MAX; ++value)
      EXPECT_STRNE(KindWords(static_cast<v1::Kind::Value>(value), language), "");
    for (int value = v1::Severity::Value_MIN; value <= v1::Severity::Value_MAX; ++value)
      EXPECT_STRNE(SeverityWord(static_cast<v1::Severity::Value>(value), language), "");
  }
  EXPECT_STREQ(SeverityWord(v1::Severity::SEVERE, Language::kEnglish), "WARNING");
  EXPECT_STREQ(SeverityWord(v1::Severity::UNSPECIFIED, Language::kGerman), "VORSICHT");
}

}  // namespace
}  // namespace wardcast
