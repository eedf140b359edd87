// Flags, templates and JSON become one notice.
#include "agent/cli/notice/notice_flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/proto_time.h"

namespace wardcast::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const TimePoint kFlagsNow = *FromRfc3339("2026-03-01T14:00:00Z");

// The command line as a person writes it.
Result<v1::Alert> Written(std::vector<std::string> words, const v1::Alert& base = {}) {
  CLI::App app;
  NoticeFlags flags;
  AddNoticeFlags(app, flags);
  std::ranges::reverse(words);
  app.parse(words);
  return ToAlert(flags, base, kFlagsNow);
}

TEST(NoticeFlags, OfAnUpdateWithoutAPlaceKeepTheAudience) {
  const auto alert = Written({"--impact", "slower"});
  ASSERT_TRUE(alert);
  EXPECT_FALSE(alert->has_audience());
}

TEST(NoticeFlags, NameEveryPlaceFilterAndExclusion) {
  const auto alert = Written({"--site", "main", "--role", "manager", "--tag", "roaming", "--class",
                              "standard", "--except-ward", "icu", "--except-class", "clinical"});
  ASSERT_TRUE(alert) << alert.error().message;
  const v1::Audience& audience = alert->audience();
  EXPECT_THAT(audience.sites(), ElementsAre("main"));
  EXPECT_THAT(audience.roles(), ElementsAre("manager"));
  EXPECT_THAT(audience.tags(), ElementsAre("roaming"));
  EXPECT_THAT(audience.classes(), ElementsAre(v1::EndpointClass::STANDARD));
  EXPECT_THAT(audience.exclude().wards(), ElementsAre("icu"));
  EXPECT_THAT(audience.exclude().classes(), ElementsAre(v1::EndpointClass::CLINICAL));
  EXPECT_FALSE(audience.everyone());
}

TEST(NoticeFlags, ReplaceWhatATemplateSaysAndAddToItsLists) {
  v1::Alert base;
  base.set_kind(v1::Kind::OUTAGE);
  base.set_severity(v1::Severity::SEVERE);
  base.set_headline("{service} is down");
  base.add_still_works("Phones");
  const auto alert = Written({"--severity", "moderate", "--still-works", "Paging"}, base);
  ASSERT_TRUE(alert);
  EXPECT_EQ(alert->kind(), v1::Kind::OUTAGE);
  EXPECT_EQ(alert->severity(), v1::Severity::MODERATE);
  EXPECT_EQ(alert->headline(), "{service} is down");
  EXPECT_THAT(alert->still_works(), ElementsAre("Phones", "Paging"));
}

TEST(NoticeFlags, TakeWallTimesWithOneWordForTheDoubledHour) {
  const auto alert = Written({"--start", "2026-11-01 01:30", "--until", "2026-11-01 01:30 second",
                              "--first-time", "--zone", "America/Denver", "--send-at", "+2h"});
  ASSERT_TRUE(alert) << alert.error().message;
  EXPECT_EQ(alert->start().local(), "2026-11-01T01:30");
  EXPECT_FALSE(alert->start().second_time());
  EXPECT_TRUE(alert->expected_end().second_time());
  EXPECT_EQ(alert->zone(), "America/Denver");
  EXPECT_EQ(FromTimestamp(alert->send_at().at()), kFlagsNow + std::chrono::hours(2));
}

TEST(NoticeFlags, ThatAreWrongAreNamedWithWhatIsAllowed) {
  const auto kind = Written({"--kind", "fire"});
  ASSERT_FALSE(kind);
  EXPECT_THAT(kind.error().message, HasSubstr("--kind must be one of: planned-downtime, outage"));
  const auto start = Written({"--start", "soon"});
  ASSERT_FALSE(start);
  EXPECT_THAT(start.error().message, HasSubstr("--start must be now"));
  EXPECT_THROW(Written({"--language", "it"}), CLI::ValidationError);
}

}  // namespace
}  // namespace wardcast::cli
