#include "agent/cli/drill/copy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wardcast::cli {
namespace {

using ::testing::ElementsAre;

TEST(CopyOfDrill, HasNoAudienceAndNoTimes) {
  v1::Alert drill;
  drill.set_id("01DRILL");
  drill.set_status(v1::Status::EXERCISE);
  drill.set_state(v1::State::CLOSED);
  drill.set_closing(v1::Closing::EXPIRED);
  drill.set_closing_text("EXERCISE STOPPED. The next notice is real.");
  drill.set_kind(v1::Kind::OUTAGE);
  drill.set_severity(v1::Severity::SEVERE);
  drill.set_phase(v1::Phase::ALL_CLEAR);
  drill.set_headline("Inpatient EHR is down");
  drill.add_services("inpatient-ehr");
  drill.mutable_audience()->add_wards("4w");
  drill.mutable_audience()->mutable_exclude()->add_classes(v1::EndpointClass::CLINICAL);
  drill.mutable_start()->mutable_at()->set_seconds(1);
  drill.mutable_next_update()->mutable_at()->set_seconds(2);
  drill.set_revision(3);
  const v1::Alert copy = CopyOfDrill(drill);

  v1::Alert expected;
  expected.set_status(v1::Status::EXERCISE);
  expected.set_kind(v1::Kind::OUTAGE);
  expected.set_severity(v1::Severity::SEVERE);
  expected.set_headline("Inpatient EHR is down");
  expected.add_services("inpatient-ehr");
  EXPECT_EQ(copy.ShortDebugString(), expected.ShortDebugString())
      << "an ending phase is no phase to begin with";
}

TEST(CopyOfDrill, KeepsTheTextsAsTheyWereWritten) {
  v1::Alert drill;
  drill.set_status(v1::Status::EXERCISE);
  drill.set_phase(v1::Phase::LOOKING_INTO_IT);
  drill.set_headline("Imaging: there is a problem");
  drill.set_impact("Since 13:52.");
  drill.add_still_works("Phones");
  drill.add_still_works("Imaging on paper");
  drill.add_instructions()->set_text("Start the procedure of Imaging.");
  drill.add_back_entry("Everything since 13:52");
  const auto written = [&](const char* field, const char* text) {
    v1::WrittenText& one = *drill.add_written();
    one.set_field(field);
    one.set_text(text);
  };
  written("headline", "{service}: there is a problem");
  written("impact", "Since {start}.");
  written("still_works[1]", "{service} on paper");
  written("instructions[0]", "Start the procedure of {service}.");
  written("back_entry[0]", "Everything since {start}");
  // What a list does not hold is passed over.
  written("back_entry[7]", "{end}");
  written("still_works[x]", "{end}");
  const v1::Alert copy = CopyOfDrill(drill);
  EXPECT_EQ(copy.phase(), v1::Phase::LOOKING_INTO_IT);
  EXPECT_EQ(copy.headline(), "{service}: there is a problem");
  EXPECT_EQ(copy.impact(), "Since {start}.");
  EXPECT_THAT(copy.still_works(), ElementsAre("Phones", "{service} on paper"));
  EXPECT_EQ(copy.instructions(0).text(), "Start the procedure of {service}.");
  EXPECT_THAT(copy.back_entry(), ElementsAre("Everything since {start}"));
  EXPECT_EQ(copy.written_size(), 0);
}

TEST(NamesPlace, IsTrueOfPlacesAndNotOfNarrowing) {
  v1::Audience audience;
  audience.add_classes(v1::EndpointClass::STANDARD);
  audience.add_tags("roaming");
  audience.mutable_exclude()->add_wards("icu");
  EXPECT_FALSE(NamesPlace(audience));
  audience.add_wards("4w");
  EXPECT_TRUE(NamesPlace(audience));
  v1::Audience everyone;
  everyone.set_everyone(true);
  EXPECT_TRUE(NamesPlace(everyone));
}

}  // namespace
}  // namespace wardcast::cli
