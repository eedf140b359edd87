// Single entries: added, replaced, removed, under the checks of an import.
#include "server/directory/change/entries.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <functional>
#include <string>

#include "server/directory/files/export.h"
#include "tests/unit/server/directory/hospital.h"

namespace wardcast {
namespace {

using testing::Contains;
using testing::Field;
using testing::HasSubstr;

const DirectoryContent& SmallContent() {
  static const DirectoryContent kContent = [] {
    Files files = SmallHospital();
    files["procedures.json"] =
        R"([{"id":"fax","serviceId":"fax","title":"No fax","steps":["Call"]}])";
    files["people.csv"] = "id,name,role,team,wards\nann.lee,Ann Lee,ward manager,apps,4w\n";
    return Import(files)->content;
  }();
  return kContent;
}

bool IsAmerican(std::string_view zone) { return zone.starts_with("America/"); }

template <class Request>
Request Written(const std::string& json) {
  Request request;
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, &request);
  EXPECT_TRUE(parsed.ok()) << std::string(parsed.message().data(), parsed.message().size());
  return request;
}

Result<ChangePlan> UpsertMap(const std::string& json,
                             const DirectoryContent& current = SmallContent()) {
  return PlanUpsert(current, Written<v1::UpsertDirectoryRequest>(json), IsAmerican);
}
Result<ChangePlan> UpsertCatalogue(const std::string& json) {
  return PlanUpsert(SmallContent(), Written<v1::UpsertCatalogueRequest>(json));
}
Result<ChangePlan> RemoveFromMap(const std::string& json,
                                 const DirectoryContent& current = SmallContent()) {
  return PlanRemoval(current, Written<v1::RemoveFromDirectoryRequest>(json));
}

template <class T>
const T* FindIn(const std::vector<T>& list, const std::string& id) {
  const auto found = std::ranges::find(list, id, &T::id);
  return found == list.end() ? nullptr : &*found;
}

void ExpectRefused(const Result<ChangePlan>& plan, const std::string& place,
                   const std::string& says) {
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().code, Code::kInvalidArgument);
  EXPECT_THAT(plan.error().message, HasSubstr("nothing was changed"));
  EXPECT_THAT(plan.error().violations,
              Contains(testing::AllOf(Field(&FieldViolation::field, place),
                                      Field(&FieldViolation::description, HasSubstr(says)))))
      << plan.error().message;
}

TEST(UpsertEntries, AddsAndReplacesAndLeavesTheRest) {
  const auto plan = UpsertMap(R"({
      "sites":[{"id":"main","name":"Main Campus","zone":"America/Denver","phone":"970-555-0100",
                "language":"de"}],
      "wards":[{"id":"5w","name":"5 West","buildingId":"tower","type":"inpatient","floor":"5",
                "walkingOrder":3,"phones":["970-555-0111","970-555-0112"],"shiftStarts":["07:00"],
                "openingHours":"Mon-Fri 07:00-19:00","services":["fax","ehr"]}],
      "endpoints":[{"id":"5w-pc-01","wardId":"5w","class":"DOWNTIME","tags":["roaming"]}]})");
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_EQ(FindIn(plan->content.sites, "main")->name(), "Main Campus");
  EXPECT_EQ(FindIn(plan->content.sites, "main")->language(), "de");
  const v1::Ward* ward = FindIn(plan->content.wards, "5w");
  ASSERT_NE(ward, nullptr);
  EXPECT_EQ(ward->phones_size(), 2);
  EXPECT_EQ(ward->walking_order(), 3);
  EXPECT_EQ(ward->opening_hours(), "Mon-Fri 07:00-19:00");
  EXPECT_EQ(FindIn(plan->content.endpoints, "5w-pc-01")->class_(), v1::EndpointClass::DOWNTIME);
  EXPECT_EQ(FindIn(plan->content.endpoints, "5w-pc-01")->name(), "5w-pc-01");
  EXPECT_EQ(plan->content.wards.size(), SmallContent().wards.size() + 1);
  EXPECT_TRUE(std::ranges::is_sorted(plan->content.wards, {}, &v1::Ward::id));
  ASSERT_EQ(plan->counts.size(), 3u);
  EXPECT_EQ(plan->counts[0].file(), "sites.csv");
  EXPECT_EQ(plan->counts[0].changed(), 1);
  EXPECT_EQ(plan->counts[0].unchanged(), 1);
  EXPECT_EQ(plan->counts[1].file(), "wards.csv");
  EXPECT_EQ(plan->counts[1].added(), 1);
  EXPECT_EQ(plan->counts[1].removed(), 0);
}

TEST(UpsertEntries, TheCatalogueToo) {
  const auto plan = UpsertCatalogue(R"({
      "teams":[{"id":"new","name":"New team"}],
      "services":[{"id":"fax","name":"Fax machines","teamId":"new","dependsOn":["network"]}],
      "procedures":[{"id":"fax","serviceId":"fax","title":"No fax","steps":["Call; or go"],
                     "approvedBy":"Ann Lee","approvedOn":"2026-02-14","reviewOn":"2026-08-14"}],
      "templates":[{"id":"t","title":"T","alertJson":
                    "{\"kind\":\"OUTAGE\",\"headline\":\"{service} is down\"}"}]})");
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_EQ(FindIn(plan->content.services, "fax")->team_id(), "new");
  EXPECT_EQ(FindIn(plan->content.procedures, "fax")->steps(0), "Call; or go");
  EXPECT_EQ(FindIn(plan->content.procedures, "fax")->review_on(), "2026-08-14");
  EXPECT_NE(FindIn(plan->content.templates, "t"), nullptr);
  ASSERT_EQ(plan->counts.size(), 4u);
  EXPECT_EQ(plan->counts[2].file(), "procedures.json");
  EXPECT_EQ(plan->counts[2].changed(), 1);
}

TEST(UpsertEntries, WhatIsThereAlreadyChangesNothing) {
  v1::UpsertDirectoryRequest map;
  const DirectoryContent& all = SmallContent();
  map.mutable_sites()->Assign(all.sites.begin(), all.sites.end());
  map.mutable_buildings()->Assign(all.buildings.begin(), all.buildings.end());
  map.mutable_wards()->Assign(all.wards.begin(), all.wards.end());
  map.mutable_endpoints()->Assign(all.endpoints.begin(), all.endpoints.end());
  map.mutable_people()->Assign(all.people.begin(), all.people.end());
  v1::UpsertCatalogueRequest catalogue;
  catalogue.mutable_teams()->Assign(all.teams.begin(), all.teams.end());
  catalogue.mutable_services()->Assign(all.services.begin(), all.services.end());
  catalogue.mutable_procedures()->Assign(all.procedures.begin(), all.procedures.end());
  for (const auto& plan : {PlanUpsert(all, map, IsAmerican), PlanUpsert(all, catalogue)}) {
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_FALSE(plan->counts.empty());
    for (const v1::ImportCount& count : plan->counts)
      EXPECT_EQ(count.added() + count.changed() + count.removed(), 0) << count.ShortDebugString();
  }
}

// Once somebody lists it, no rule moves it.
TEST(UpsertEntries, AnEndpointThatARuleHasPlacedIsListedFromThenOn) {
  DirectoryContent content = SmallContent();
  v1::Endpoint& by_rule = content.endpoints.emplace_back();
  by_rule.set_id("zz-01");
  by_rule.set_name("zz-01");
  by_rule.set_ward_id("4w");
  by_rule.set_by_rule(true);
  const auto plan = UpsertMap(R"({"endpoints":[{"id":"zz-01","wardId":"or"}]})", content);
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_FALSE(FindIn(plan->content.endpoints, "zz-01")->by_rule());
  EXPECT_EQ(FindIn(plan->content.endpoints, "zz-01")->ward_id(), "or");
  EXPECT_EQ(plan->content.endpoints.size(), content.endpoints.size());
}

// One faulty entry in a request.
struct FaultyEntry {
  const char* name;
  std::function<Result<ChangePlan>()> plan;
  const char* place;
  const char* says;
};

class FaultyEntries : public testing::TestWithParam<FaultyEntry> {};

TEST_P(FaultyEntries, AreRefusedAtTheirField) {
  ExpectRefused(GetParam().plan(), GetParam().place, GetParam().says);
}

std::string Ward(const std::string& rest) {
  return R"({"wards":[{"id":"4w","name":"4 West","buildingId":"tower","type":"inpatient"},
            {"id":"x","name":"X","type":"lab",)" +
         rest + "}]}";
}
std::string TemplateWith(const std::string& alert_json) {
  v1::UpsertCatalogueRequest request;
  v1::Template& one = *request.add_templates();
  one.set_id("t");
  one.set_title("T");
  one.set_alert_json(alert_json);
  std::string json;
  EXPECT_TRUE(google::protobuf::util::MessageToJsonString(request, &json).ok());
  return json;
}

INSTANTIATE_TEST_SUITE_P(
    Table, FaultyEntries,
    testing::Values(
        FaultyEntry{"Nothing", [] { return UpsertMap("{}"); }, "request", "is empty"},
        FaultyEntry{"UnknownBuilding", [] { return UpsertMap(Ward(R"("buildingId":"towr")")); },
                    "wards[1].building_id", "did you mean \"tower\"?"},
        FaultyEntry{"NoBuilding", [] { return UpsertMap(Ward(R"("floor":"4")")); },
                    "wards[1].building_id", "is empty"},
        FaultyEntry{"UnknownService",
                    [] { return UpsertMap(Ward(R"("buildingId":"tower","services":["fx"])")); },
                    "wards[1].services", "no service \"fx\""},
        FaultyEntry{"SeparatorInAnItem",
                    [] { return UpsertMap(Ward(R"("buildingId":"tower","phones":["1;2"])")); },
                    "wards[1].phones", "holds \";\""},
        FaultyEntry{
            "ThreePhones",
            [] { return UpsertMap(Ward(R"("buildingId":"tower","phones":["1","2","3"])")); },
            "wards[1].phones", "at most two"},
        FaultyEntry{"LineBreak",
                    [] { return UpsertMap(Ward(R"("buildingId":"tower","binder":"a\nb")")); },
                    "wards[1].binder", "line break"},
        FaultyEntry{"TooLong",
                    [] {
                      return UpsertMap(Ward(R"("buildingId":"tower","binder":")" +
                                            std::string(121, 'x') + "\""));
                    },
                    "wards[1].binder", "at most 120"},
        FaultyEntry{"NegativeOrder",
                    [] { return UpsertMap(Ward(R"("buildingId":"tower","walkingOrder":-1)")); },
                    "wards[1].walking_order", "no whole number"},
        FaultyEntry{"Twice",
                    [] {
                      return UpsertMap(
                          R"({"endpoints":[{"id":"a","wardId":"4w"},{"id":"a","wardId":"or"}]})");
                    },
                    "endpoints[1].id", "there twice"},
        FaultyEntry{"NoId", [] { return UpsertMap(R"({"people":[{"name":"A","role":"r"}]})"); },
                    "people[0].id", "is empty"},
        FaultyEntry{"UnknownClass",
                    [] {
                      v1::UpsertDirectoryRequest request;
                      request.add_endpoints()->set_id("a");
                      request.mutable_endpoints(0)->set_class_(
                          static_cast<v1::EndpointClass::Value>(77));
                      return PlanUpsert(SmallContent(), request, IsAmerican);
                    },
                    "endpoints[0].class", "is no class"},
        FaultyEntry{"NoUtf8",
                    [] {
                      v1::UpsertDirectoryRequest request;
                      request.add_people()->set_id("a");
                      request.mutable_people(0)->set_name("\xC3");
                      return PlanUpsert(SmallContent(), request, IsAmerican);
                    },
                    "people[0].name", "UTF-8"},
        FaultyEntry{
            "BadZone",
            [] { return UpsertMap(R"({"sites":[{"id":"a","name":"A","zone":"Mars/Base"}]})"); },
            "sites[0].zone", "IANA"},
        FaultyEntry{
            "BadLanguage",
            [] {
              return UpsertMap(
                  R"({"sites":[{"id":"a","name":"A","zone":"America/Denver","language":"it"}]})");
            },
            "sites[0].language", "en, de, es or fr"},
        FaultyEntry{"BadPattern",
                    [] { return UpsertMap(R"({"placementRules":[{"id":"a b","wardId":"4w"}]})"); },
                    "placement_rules[0].id", "no pattern"},
        FaultyEntry{"UnknownWardOfARule",
                    [] { return UpsertMap(R"({"placementRules":[{"id":"a*","wardId":"4x"}]})"); },
                    "placement_rules[0].ward_id", "did you mean \"4w\"?"},
        FaultyEntry{"UnknownTeam",
                    [] {
                      return UpsertCatalogue(
                          R"({"services":[{"id":"a","name":"A","teamId":"app"}]})");
                    },
                    "services[0].team_id", "did you mean \"apps\"?"},
        FaultyEntry{
            "NeedsItself",
            [] {
              return UpsertCatalogue(
                  R"({"services":[{"id":"a","name":"A","teamId":"apps","dependsOn":["a"]}]})");
            },
            "services[0].depends_on", "need itself"},
        FaultyEntry{
            "ProcedureOfNothing",
            [] {
              return UpsertCatalogue(
                  R"({"procedures":[{"id":"a","serviceId":"b","title":"T","steps":["s"]}]})");
            },
            "procedures[0].service_id", "no service \"b\""},
        FaultyEntry{
            "ReviewWithoutApproval",
            [] {
              return UpsertCatalogue(
                  R"({"procedures":[{"id":"a","serviceId":"fax","title":"T","steps":["s"],"reviewOn":"2026-01-01"}]})");
            },
            "procedures[0].review_on", "not reviewed"},
        FaultyEntry{"EndlessSteps",
                    [] {
                      v1::UpsertCatalogueRequest request;
                      v1::Procedure& one = *request.add_procedures();
                      one.set_id("a");
                      one.set_service_id("fax");
                      one.set_title("T");
                      for (int i = 0; i < 101; ++i) one.add_steps("s");
                      return PlanUpsert(SmallContent(), request);
                    },
                    "procedures[0].steps", "1 to 100"},
        FaultyEntry{"TemplateThatIsNoJson",
                    [] { return UpsertCatalogue(TemplateWith("{} , {\"id\":\"other\"}")); },
                    "templates[0].alert_json", "must be an object"},
        FaultyEntry{"TemplateTooDeep",
                    [] { return UpsertCatalogue(TemplateWith(std::string(50'000, '['))); },
                    "templates[0].alert_json", "must be an object"},
        FaultyEntry{"TemplateTooLong",
                    [] {
                      return UpsertCatalogue(TemplateWith(R"({"kind":"OUTAGE","headline":")" +
                                                          std::string(40'000, 'x') + "\"}"));
                    },
                    "templates[0].alert_json", "32768 bytes"},
        FaultyEntry{"TemplateOfUnknownService",
                    [] {
                      return UpsertCatalogue(
                          TemplateWith(R"({"kind":"OUTAGE","headline":"h","services":["x"]})"));
                    },
                    "templates[0].alert_json", "no service \"x\""},
        FaultyEntry{"RemovesNothing", [] { return RemoveFromMap("{}"); }, "request", "is empty"},
        FaultyEntry{"RemovesWhatThereIsNot",
                    [] { return RemoveFromMap(R"({"wards":["n-2","4x"]})"); }, "wards[1]",
                    "did you mean \"4w\"?"},
        FaultyEntry{"RemovesTwice",
                    [] { return RemoveFromMap(R"({"people":["ann.lee","ann.lee"]})"); },
                    "people[1]", "there twice"},
        FaultyEntry{"RemovesWhatOthersNeed",
                    [] { return RemoveFromMap(R"({"wards":["lab","4w"]})"); }, "wards[1]",
                    "in endpoints.csv and 3 more need it"}),
    [](const auto& row) { return row.param.name; });

TEST(UpsertEntries, AThousandFaultsAreFiftyAndACount) {
  v1::UpsertDirectoryRequest request;
  for (int i = 0; i < 1'000; ++i) {
    v1::Endpoint& endpoint = *request.add_endpoints();
    endpoint.set_id("pc-" + std::to_string(i));
    endpoint.set_ward_id("nowhere");
  }
  const auto plan = PlanUpsert(SmallContent(), request, IsAmerican);
  ASSERT_FALSE(plan);
  ASSERT_EQ(plan.error().violations.size(), 51u);
  EXPECT_EQ(plan.error().violations[0].field, "endpoints[0].ward_id");
  EXPECT_THAT(plan.error().violations.back().description, HasSubstr("950 more problems"));
}

TEST(UpsertEntries, RulesOfPlacementStayFew) {
  v1::UpsertDirectoryRequest request;
  for (int i = 0; i < 2'001; ++i) {
    v1::PlacementRule& rule = *request.add_placement_rules();
    rule.set_id("p" + std::to_string(i) + "*");
    rule.set_ward_id("4w");
  }
  const auto plan = PlanUpsert(SmallContent(), request, IsAmerican);
  ASSERT_FALSE(plan);
  EXPECT_THAT(plan.error().message, HasSubstr("at most 2000 fit"));
}

TEST(RemoveEntries, TakesAwayWhatNothingNeeds) {
  const auto plan =
      RemoveFromMap(R"({"wards":["n-2"],"endpoints":["n-2-pc-01"],"buildings":["n1"]})");
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_EQ(FindIn(plan->content.wards, "n-2"), nullptr);
  EXPECT_EQ(FindIn(plan->content.endpoints, "n-2-pc-01"), nullptr);
  EXPECT_EQ(FindIn(plan->content.buildings, "n1"), nullptr);
  EXPECT_EQ(plan->content.endpoints.size(), SmallContent().endpoints.size() - 1);
  ASSERT_EQ(plan->counts.size(), 3u);
  for (const v1::ImportCount& count : plan->counts) EXPECT_EQ(count.removed(), 1) << count.file();
}

TEST(RemoveEntries, WithAWardGoWhomARulePlacedThere) {
  DirectoryContent content = SmallContent();
  v1::Endpoint& by_rule = content.endpoints.emplace_back();
  by_rule.set_id("zz-01");
  by_rule.set_ward_id("n-2");
  by_rule.set_by_rule(true);
  const auto ward = RemoveFromMap(R"({"wards":["n-2"],"endpoints":["n-2-pc-01"]})", content);
  ASSERT_TRUE(ward) << ward.error().message;
  EXPECT_EQ(FindIn(ward->content.endpoints, "zz-01"), nullptr);
  ExpectRefused(RemoveFromMap(R"({"endpoints":["zz-01"]})", content), "endpoints[0]",
                "placed by a rule");
}

// Whatever an export of the hospital says comes back, whichever way it was changed.
TEST(RemoveEntries, WhatIsLeftCanBeExportedAndImported) {
  const auto plan = RemoveFromMap(R"({"people":["ann.lee"]})");
  ASSERT_TRUE(plan) << plan.error().message;
  Files files;
  for (const ExportedFile& file : ExportFiles(plan->content)) files[file.name] = file.content;
  const auto again = Import(files, plan->content);
  ASSERT_TRUE(again) << again.error().message;
  for (const v1::ImportCount& count : again->counts)
    EXPECT_EQ(count.added() + count.changed() + count.removed(), 0) << count.ShortDebugString();
}

}  // namespace
}  // namespace wardcast
