// What wards read of a text with blanks, from version to version.
#include "server/alert/texts/filled.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "server/alert/texts/filling.h"
#include "server/alert/validation.h"
#include "tests/unit/server/alert/texts/sent_notice.h"

namespace wardcast {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::vector<std::string> FieldsOfWritten(const v1::Alert& alert) {
  std::vector<std::string> fields;
  for (const v1::WrittenText& text : alert.written()) fields.push_back(text.field());
  return fields;
}

TEST(FilledTexts, SayWhatTheNoticeSaysNow) {
  const v1::Alert filled = Filled(SentWithBlanks(R"({"stillWorks":["{service} of yesterday"],
          "instructions":[{"text":"Call the lab"},{"text":"Paper from {start}"}],
          "reason":"A switch of {service}","backEntry":["What was written since {start}"]})"),
                                  Hospital(), kSunday);
  EXPECT_EQ(filled.headline(), "Orders and results (lab): not reaching the EHR");
  EXPECT_EQ(filled.impact(), "Since 14:07, until 16:00. Next update 14:37.");
  EXPECT_EQ(filled.still_works(0), "Orders and results (lab) of yesterday");
  EXPECT_EQ(filled.instructions(1).text(), "Paper from 14:07");
  EXPECT_EQ(filled.reason(), "A switch of Orders and results (lab)");
  EXPECT_EQ(filled.back_entry(0), "What was written since 14:07");
  EXPECT_THAT(FieldsOfWritten(filled), ElementsAre("headline", "impact", "still_works[0]",
                                                   "instructions[1]", "reason", "back_entry[0]"));
  EXPECT_EQ(filled.written(1).text(), "Since {start}, until {end}. Next update {next}.");
}

TEST(FilledTexts, WithoutBlanksStayAlone) {
  const auto plain = NewAlert(LabOutage(), Hospital(), "desk", kSunday);
  EXPECT_EQ(Filled(*plain, Hospital(), kSunday).SerializeAsString(), plain->SerializeAsString());
}

TEST(FilledTexts, GoBackToWhatWasWritten) {
  const v1::Alert sent = SentWithBlanks(R"({"instructions":[{"text":"Paper from {start}"}]})");
  const v1::Alert filled = Filled(sent, Hospital(), kSunday);
  EXPECT_EQ(Unfilled(filled).SerializeAsString(), sent.SerializeAsString());
  EXPECT_EQ(Filled(Unfilled(filled), Hospital(), kSunday).SerializeAsString(),
            filled.SerializeAsString());
}

// The next update was moved, and wards went on reading the old one.
TEST(FilledTexts, FollowTheTimesThatMove) {
  const auto later = Edited(SentWithBlanks(), R"({"reAlert":"NO","updateMask":"nextUpdate",
          "alert":{"nextUpdate":{"at":"2026-03-01T22:07:00Z"}}})",
                            kSunday + 20min);
  ASSERT_TRUE(later && *later);
  const v1::Alert filled = Filled(**later, Hospital(), kSunday + 20min);
  EXPECT_THAT(filled.impact(), HasSubstr("Next update 15:07."));
  EXPECT_EQ(filled.what_changed(), "next update 15:07") << "nobody has edited a text";
  EXPECT_EQ(filled.round(), 1);
}

TEST(FilledTexts, SayTheDayOnceItIsAnother) {
  const v1::Alert filled = Filled(SentWithBlanks(), Hospital(), kSunday + 24h);
  EXPECT_EQ(filled.impact(), "Since Sun 14:07, until Sun 16:00. Next update Sun 14:37.");
}

TEST(FilledTexts, SayThatATimeIsNotKnownAnyMore) {
  const struct {
    const char* language;
    const char* words;
  } cases[] = {{"en", "until a time not known yet."},
               {"de", "until eine noch nicht bekannte Zeit."},
               {"es", "until una hora aún no conocida."},
               {"fr", "until une heure pas encore connue."}};
  for (const auto& one : cases) {
    const v1::Alert sent = SentWithBlanks(std::string(R"({"language":")") + one.language + R"("})");
    const auto open = Edited(sent, R"({"updateMask":"expectedEnd"})", kSunday + 5min);
    ASSERT_TRUE(open && *open) << one.language;
    EXPECT_THAT(Filled(**open, Hospital(), kSunday + 5min).impact(), HasSubstr(one.words));
  }
}

TEST(FilledTexts, NameServicesInTheLanguageOfTheNotice) {
  EXPECT_THAT(
      Filled(SentWithBlanks(R"({"services":["ehr","fax"]})"), Hospital(), kSunday).headline(),
      StartsWith("Orders and results (lab), EHR and Fax: "));
  EXPECT_THAT(Filled(SentWithBlanks(R"({"services":["fax"],"language":"de"})"), Hospital(), kSunday)
                  .headline(),
              StartsWith("Orders and results (lab) und Fax: "));
}

TEST(FilledTexts, AreFilledOnce) {
  v1::Alert alert = SentWithBlanks();
  alert.set_service_names(0, "The {start} service");
  EXPECT_THAT(Filled(alert, Hospital(), kSunday).headline(), StartsWith("The {start} service: "));
}

TEST(FilledTexts, OfADraftAreAsWritten) {
  const auto draft = DraftOf(WithBlanks(), Hospital(), "desk", kSunday);
  ASSERT_TRUE(draft);
  const v1::Alert filled = Filled(*draft, Hospital(), kSunday);
  EXPECT_EQ(filled.headline(), "{service}: not reaching the EHR");
  EXPECT_THAT(filled.written(), IsEmpty());
}

// A closed notice promises nothing any more; what it said stays as wards have read it.
TEST(FilledTexts, OfAClosedNoticeGoOnReadingAsTheyDid) {
  const v1::Alert stored = Filled(SentWithBlanks(), Hospital(), kSunday);
  v1::EndAlertRequest all_clear;
  all_clear.set_all_clear(true);
  all_clear.add_back_entry("Vital signs since {start}");
  const TimePoint next_day = kSunday + 24h;
  const auto ended = EndedAlert(Unfilled(stored), all_clear, Hospital(), next_day);
  ASSERT_TRUE(ended && *ended);
  const v1::Alert closed = Filled(**ended, Hospital(), next_day, &stored);
  EXPECT_EQ(closed.impact(), stored.impact());
  EXPECT_EQ(closed.back_entry(0), "Vital signs since Sun 14:07") << "this is new";
  EXPECT_THAT(FieldsOfWritten(closed), ElementsAre("headline", "impact", "back_entry[0]"));
}

TEST(FilledTexts, StayFilledWhereBothWouldBeTooMuch) {
  v1::Alert written = WithBlanks();
  for (int i = 0; i < 30; ++i)
    written.add_instructions()->set_text("{start} " + std::string(190, 'x'));
  for (int i = 0; i < 20; ++i) written.add_back_entry("{start} " + std::string(190, 'x'));
  const auto sent = NewAlert(written, Hospital(), "desk", kSunday);
  ASSERT_TRUE(sent) << sent.error().message;
  const v1::Alert filled = Filled(*sent, Hospital(), kSunday);
  EXPECT_THAT(filled.written(), IsEmpty());
  EXPECT_THAT(filled.instructions(29).text(), StartsWith("14:07 xxx"));
  EXPECT_FALSE(CheckSize(filled));
  EXPECT_EQ(Unfilled(filled).SerializeAsString(), filled.SerializeAsString());
}

TEST(FillText, GrowsNoFurtherThanThereIsRoom) {
  Filling filling;
  filling[static_cast<std::size_t>(Blank::kService)] = std::string(100, 'x');
  std::size_t room = 250;
  EXPECT_THAT(FillText("{service}{service}", filling, room), SizeIs(200));
  EXPECT_EQ(room, 50u);
  EXPECT_EQ(FillText("{service}", filling, room), "{service}");
  EXPECT_EQ(FillText("{end} stays", filling, room), "{end} stays");
}

}  // namespace
}  // namespace wardcast
