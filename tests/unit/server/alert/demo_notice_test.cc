// The notice in full structure, the example of docs/protocol.md and the templates, for the demo.
#include <gmock/gmock.h>

#include <filesystem>
#include <string>

#include "base/file.h"
#include "server/alert/audience.h"
#include "server/alert/lifecycle.h"
#include "server/alert/zoned_time.h"
#include "tests/unit/server/alert/notice.h"
#include "wardcast/v1/alert_service.pb.h"

namespace wardcast {
namespace {

const TimePoint kNow = At("2026-03-01T21:07:00Z");

const Directory& Demo() {
  static const Directory kDirectory = [] {
    std::vector<std::pair<std::string, std::string>> files;
    for (const char* name :
         {"sites.csv", "buildings.csv", "wards.csv", "endpoints.csv", "people.csv", "teams.csv",
          "services.csv", "procedures.json", "templates.json"})
      files.emplace_back(name, *ReadFile(std::filesystem::path(WARDCAST_DEMO) / name));
    std::vector<ImportFileView> views;
    views.reserve(files.size());
    for (const auto& [name, content] : files) views.push_back({name, content});
    return Directory(PlanImport({}, views, ZoneExists)->content, 1);
  }();
  return kDirectory;
}

TEST(DemoNotice, TheExampleOfTheProtocolReachesTheMainCampus) {
  const auto request = FromJson<v1::PublishAlertRequest>(
      R"({"sourceKey":"nagios/lab-results","alert":{"kind":"OUTAGE","severity":"SEVERE",
          "headline":"Lab results not reaching the EHR","services":["lab-results"],
          "audience":{"sites":["main"]}}})");
  const auto alert = NewAlert(request.alert(), Demo(), "nagios", kNow);
  ASSERT_TRUE(alert) << alert.error().message;
  EXPECT_EQ(alert->phone(), "970-555-0100");
  EXPECT_EQ(alert->zone(), "America/Denver");
  const ResolvedAudience reach = Resolve(alert->audience(), {"lab-results"}, Demo());
  EXPECT_EQ(reach.wards.size(), 25u);
  EXPECT_EQ(reach.boards, 4);
}

TEST(DemoNotice, TheFullNoticeIsAcceptedAsWritten) {
  const auto request = FromJson<v1::PublishAlertRequest>(
      *ReadFile(std::filesystem::path(WARDCAST_TEST_DATA) / "notice-full.json"));
  const auto alert = NewAlert(request.alert(), Demo(), "service desk", kNow);
  ASSERT_TRUE(alert) << alert.error().message;
  // Every field that a publisher writes is there, and none was altered but for the zones of times.
  const auto* descriptor = v1::Alert::descriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    if (field->is_repeated()) continue;
    if (request.alert().GetReflection()->HasField(request.alert(), field)) {
      EXPECT_TRUE(alert->GetReflection()->HasField(*alert, field)) << field->name();
    }
  }
  EXPECT_EQ(alert->headline(), request.alert().headline());
  EXPECT_EQ(alert->instructions_size(), 7);
  EXPECT_EQ(alert->back_entry_size(), 3);
  EXPECT_EQ(ClockText(alert->start()), "13:52");
  EXPECT_LE(alert->ByteSizeLong(), 16'384u);
  const ResolvedAudience reach = Resolve(alert->audience(), {"lab-results"}, Demo());
  EXPECT_EQ(reach.wards.size(), 5u + 4u);
  EXPECT_EQ(reach.unplaced.size(), 1u);
  for (const v1::Endpoint* endpoint : reach.endpoints) {
    EXPECT_NE(endpoint->id(), "4w-pc-14");
    EXPECT_NE(endpoint->id(), "4w-cart-01");
  }
}

TEST(DemoNotice, EveryTemplateCanBeSentForTheLongestService) {
  std::string longest;
  for (const v1::Service& service : Demo().content().services)
    if (service.name().size() > longest.size()) longest = service.name();
  for (const v1::Template& one : Demo().content().templates) {
    std::string json = one.alert_json();
    const auto fill = [&json](const std::string& what, const std::string& with) {
      for (auto at = json.find(what); at != std::string::npos; at = json.find(what, at))
        json.replace(at, what.size(), with);
    };
    fill("{service}", longest);
    fill("{start}", "Sun 14:07 MST");
    fill("{next}", "Sun 14:37 MST");
    auto alert = FromJson<v1::Alert>(json);
    alert.add_services("lab-results");
    const auto sent = NewAlert(alert, Demo(), "service desk", kNow);
    EXPECT_TRUE(sent) << one.id() << ": " << sent.error().message;
    EXPECT_THAT(json, testing::Not(testing::ContainsRegex("[{][a-z]+[}]"))) << "an unknown place";
  }
}

}  // namespace
}  // namespace wardcast
