// The table of cases that the ward's page in a browser is held to as well.
#include "agent/core/standing.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "agent/core/holding.h"
#include "agent/core/site_time.h"
#include "agent/core/words/language.h"
#include "base/file.h"
#include "base/proto_time.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast::agent {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

const Value& Member(const Value& value, const std::string& name) {
  return value.struct_value().fields().at(name);
}
std::string TextIn(const Value& value, const std::string& name) {
  return Member(value, name).string_value();
}

template <class Message>
Message MessageIn(const Value& value) {
  std::string json;
  EXPECT_TRUE(google::protobuf::util::MessageToJsonString(value, &json).ok());
  Message message;
  const auto status = google::protobuf::util::JsonStringToMessage(json, &message);
  EXPECT_TRUE(status.ok()) << status.ToString() << json;
  return message;
}

Value Cases() {
  Value all;
  const auto text = ReadFile(std::filesystem::path(WARDCAST_TEST_DATA) / "standing.json");
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(*text, all.mutable_struct_value()).ok());
  return all;
}

TEST(Standing, IsAsInTheTableOfCasesInEveryLanguage) {
  const Value all = Cases();
  v1::GetSettingsResponse settings;
  for (const Value& offset : Member(all, "offsets").list_value().values()) {
    *settings.add_zone_offsets() = MessageIn<v1::ZoneOffset>(offset);
  }
  ASSERT_GT(Member(all, "cases").list_value().values_size(), 20);
  for (const Value& one : Member(all, "cases").list_value().values()) {
    const TimePoint now = FromRfc3339(TextIn(one, "now")).value();
    const auto alert = MessageIn<v1::Alert>(Member(one, "alert"));
    const WardRound round = RoundAt(alert, TextIn(all, "ward"));
    EXPECT_EQ(v1::Presentation::Value_Name(round.presentation), TextIn(one, "presentation"))
        << TextIn(one, "name");
    for (const char* tag : {"en", "de", "es", "fr"}) {
      const SiteTime site(settings.zone_offsets(), LanguageOf(tag));
      EXPECT_EQ(StandingOf(alert, round.occasion, site, now).text,
                TextIn(Member(one, "standing"), tag))
          << TextIn(one, "name");
      EXPECT_EQ(ClearedText(ClearedAt(alert, TextIn(all, "site")), site, now),
                TextIn(Member(one, "cleared"), tag))
          << TextIn(one, "name");
    }
  }
}

v1::Alert PlanAt(TimePoint start) {
  v1::Alert alert;
  alert.set_kind(v1::Kind::PLANNED_DOWNTIME);
  alert.set_phase(v1::Phase::ANNOUNCED);
  alert.set_state(v1::State::ACTIVE);
  *alert.mutable_start()->mutable_at() = ToTimestamp(start);
  return alert;
}

TEST(Standing, SaysWhenItsTextChangesAndNotEarlier) {
  using std::chrono::minutes;
  using std::chrono::seconds;
  const TimePoint start = FromRfc3339("2026-09-20T08:00:00Z").value();
  const v1::Alert alert = PlanAt(start);
  const auto at = [&](TimePoint now) {
    return StandingOf(alert, v1::Occasion::REMINDER, SiteTime(), now);
  };
  // Through the last three days, from change to change.
  TimePoint now = start - minutes(3 * 24 * 60);
  int changes = 0;
  while (now < start) {
    const Standing standing = at(now);
    ASSERT_TRUE(standing.changes);
    ASSERT_GT(*standing.changes, now);
    EXPECT_LE(*standing.changes - now, minutes(30));
    const auto span = [&](TimePoint when) { return AheadText(when, start, Language::kEnglish); };
    EXPECT_EQ(span(now), span(*standing.changes - seconds(1))) << "nothing changed in between";
    now = *standing.changes;
    ++changes;
  }
  EXPECT_EQ(now, start);
  EXPECT_LT(changes, 300);
  EXPECT_FALSE(at(start).changes);
}

TEST(Cleared, NothingIsLeftWhereAllServicesOrTheWholeSiteWorkAgain) {
  v1::Alert alert;
  alert.add_services("imaging");
  alert.add_services("lab");
  EXPECT_FALSE(ClearedAt(alert, "main").all_here);
  alert.add_cleared()->add_services("lab");
  EXPECT_FALSE(ClearedAt(alert, "main").all_here);
  v1::ClearedPart* rest = alert.add_cleared();
  rest->add_services("imaging");
  rest->add_sites("main");
  EXPECT_TRUE(ClearedAt(alert, "main").all_here);
  EXPECT_FALSE(ClearedAt(alert, "south").all_here);
  EXPECT_FALSE(ClearedAt(alert, "").all_here) << "who has no site is at none";
  v1::Alert whole = alert;
  whole.clear_cleared();
  whole.add_cleared()->add_sites("south");
  EXPECT_TRUE(ClearedAt(whole, "south").all_here);
  EXPECT_FALSE(ClearedAt(whole, "main").all_here);
}

}  // namespace
}  // namespace wardcast::agent
