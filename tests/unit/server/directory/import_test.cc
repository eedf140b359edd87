#include "server/directory/change/import.h"

#include <gmock/gmock.h>

#include <ctime>
#include <string>

#include "tests/unit/server/directory/hospital.h"

namespace wardcast {
namespace {

using testing::Contains;
using testing::Field;
using testing::HasSubstr;

// One fault in an otherwise good hospital.
struct Fault {
  const char* name;
  const char* file;
  std::string content;
  const char* place;
  const char* says;
};

class FaultyImport : public testing::TestWithParam<Fault> {};

TEST_P(FaultyImport, IsRefusedWithPlaceAndRemedy) {
  Files files = SmallHospital();
  files[GetParam().file] = GetParam().content;
  const auto plan = Import(files);
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().code, Code::kInvalidArgument);
  EXPECT_THAT(plan.error().message, HasSubstr("nothing was imported"));
  EXPECT_THAT(
      plan.error().violations,
      Contains(testing::AllOf(Field(&FieldViolation::field, GetParam().place),
                              Field(&FieldViolation::description, HasSubstr(GetParam().says)))))
      << plan.error().message;
}

const std::string kWards = "id,name,building,type,services,shift_starts,opening_hours\n";
const std::string kEndpoints = "id,name,ward,class,tags\n";

INSTANTIATE_TEST_SUITE_P(
    Table, FaultyImport,
    testing::Values(
        Fault{"UnknownColumn", "teams.csv", "id,name,fone\n", "teams.csv:1",
              "unknown column \"fone\", did you mean \"phone\"?"},
        Fault{"MissingColumn", "buildings.csv", "id,name\ntower,T\n", "buildings.csv:1",
              "column \"site\" is missing"},
        Fault{"WardColumnForgotten", "endpoints.csv", "id,name\nx,y\n", "endpoints.csv:1",
              "\"ward\" is missing"},
        Fault{"DoubledColumn", "teams.csv", "id,name,id\na,b,c\n", "teams.csv:1", "there twice"},
        Fault{"Semicolons", "teams.csv", "id;name;phone\n", "teams.csv:1", "commas"},
        Fault{"DuplicateId", "teams.csv", "id,name\napps,A\ninfra,I\napps,B\n", "teams.csv:4",
              "\"apps\" is there twice"},
        Fault{"UpperCaseId", "endpoints.csv", kEndpoints + "4W-PC-01,,4w,,\n", "endpoints.csv:2",
              "is no id"},
        Fault{"EmptyId", "teams.csv", "id,name\n,A\n", "teams.csv:2", "id: is empty"},
        Fault{"LongId", "teams.csv", "id,name\n" + std::string(41, 'a') + ",A\n", "teams.csv:2",
              "1 to 40"},
        Fault{"EmptyName", "wards.csv", kWards + "4w,,tower,inpatient,,,\n", "wards.csv:2",
              "name: is empty"},
        Fault{"UnknownBuilding", "wards.csv", kWards + "4w,4 West,towr,inpatient,,,\n",
              "wards.csv:2", "no building \"towr\", did you mean \"tower\"?"},
        Fault{"UnknownService", "wards.csv", kWards + "4w,4 West,tower,inpatient,lab-result,,\n",
              "wards.csv:2", "no service \"lab-result\", did you mean \"lab-results\"?"},
        Fault{"UnknownWard", "endpoints.csv", kEndpoints + "a,,4w,,\nb,,4x,,\n", "endpoints.csv:3",
              "no ward \"4x\", did you mean \"4w\"?"},
        Fault{"UnknownTeam", "services.csv",
              "id,name,team\nlab-results,L,app\nehr,E,apps\nfax,F,apps\nnetwork,N,infra\n",
              "services.csv:2", "no team \"app\""},
        Fault{"ServiceNeedsItself", "services.csv",
              "id,name,team,depends_on\nlab-results,L,apps,lab-results\nehr,E,apps,\nfax,F,apps,\n",
              "services.csv:2", "cannot need itself"},
        Fault{"UnknownSite", "buildings.csv", "id,name,site\ntower,T,mian\n", "buildings.csv:2",
              "no site \"mian\", did you mean \"main\"?"},
        Fault{"BadClass", "endpoints.csv", kEndpoints + "a,,4w,standard,\n", "endpoints.csv:2",
              "STANDARD, CLINICAL, DOWNTIME or BOARD"},
        Fault{"BadZone", "sites.csv", "id,name,zone\nmain,Main,Denver\n", "sites.csv:2",
              "no IANA zone name"},
        Fault{"BadLanguage", "sites.csv", "id,name,zone,language\nmain,Main,America/Denver,it\n",
              "sites.csv:2", "must be en, de, es or fr"},
        Fault{"ReviewBeforeApproval", "procedures.json",
              R"([{"id":"a","serviceId":"fax","title":"T","steps":["s"],"approvedBy":"A",
                   "approvedOn":"2026-02-14","reviewOn":"2026-01-14"}])",
              "procedures.json[0]", "reviewOn: is before approvedOn"},
        Fault{"ReviewOnNoDay", "procedures.json",
              R"([{"id":"a","serviceId":"fax","title":"T","steps":["s"],"approvedBy":"A",
                   "approvedOn":"2026-02-14","reviewOn":"in a year"}])",
              "procedures.json[0]", "reviewOn: is no date"},
        Fault{"BadShift", "wards.csv", kWards + "4w,4 West,tower,inpatient,,7:00,\n", "wards.csv:2",
              "no time of day"},
        Fault{"BadHours", "wards.csv", kWards + "4w,4 West,tower,inpatient,,,weekdays\n",
              "wards.csv:2", "opening hours"},
        Fault{"LineBreakInName", "teams.csv", "id,name\napps,\"two\nlines\"\n", "teams.csv:2",
              "on one line"},
        Fault{"RowsTooShort", "teams.csv", "id,name,phone\napps,A\n", "teams.csv:2", "has 2 cells"},
        Fault{"UnterminatedQuote", "wards.csv", kWards + "4w,\"4 West,tower,inpatient,,,\n",
              "wards.csv:2", "never closed"},
        Fault{"UnknownFile", "ward.csv", "id\n", "ward.csv", "did you mean \"wards.csv\"?"},
        Fault{"JsonSyntax", "procedures.json", "[\n  {\"id\": \"x\",\n  }\n]", "procedures.json:3",
              "is not JSON"},
        Fault{"JsonNoList", "procedures.json", "{}", "procedures.json", "must be a list"},
        Fault{"JsonTooDeep", "templates.json", std::string(100'000, '['), "templates.json:1",
              "levels deep"},
        Fault{"JsonLatin1", "templates.json", "[\n\"\xE4\"]", "templates.json:2", "UTF-8"},
        Fault{"JsonUnknownKey", "procedures.json", R"([{"id":"a","service":"fax"}])",
              "procedures.json[0]", "service: unknown key"},
        Fault{"ProcedureOfNoService", "procedures.json",
              R"([{"id":"a","serviceId":"faxx","title":"T","steps":["s"]}])", "procedures.json[0]",
              "no service \"faxx\", did you mean \"fax\"?"},
        Fault{"ProcedureWithoutSteps", "procedures.json",
              R"([{"id":"a","serviceId":"fax","title":"T","steps":[]}])", "procedures.json[0]",
              "steps: must be a list"},
        Fault{
            "ApprovedByNobody", "procedures.json",
            R"([{"id":"a","serviceId":"fax","title":"T","steps":["s"],"approvedOn":"2026-01-01"}])",
            "procedures.json[0]", "both approvedBy and approvedOn"},
        Fault{"TemplateIsNoAlert", "templates.json",
              R"([{"id":"a","title":"T","alert":{"kind":"OUTTAGE"}}])", "templates.json[0]",
              "is no alert"},
        Fault{
            "TemplateOfUnknownService", "templates.json",
            R"([{"id":"a","title":"T","alert":{"kind":"OUTAGE","headline":"h","services":["x"]}}])",
            "templates.json[0]", "no service \"x\""}),
    [](const auto& row) { return row.param.name; });

TEST(Import, TakesOverAHospitalAndCounts) {
  const Files files = SmallHospital();
  const auto first = Import(files);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->content.endpoints.size(), 8u);
  EXPECT_EQ(first->content.endpoints.front().id(), "4w-board-01");
  EXPECT_EQ(first->content.endpoints.front().name(), "4w-board-01");
  ASSERT_EQ(first->counts.size(), files.size());
  EXPECT_EQ(first->counts[0].file(), "buildings.csv");
  EXPECT_EQ(first->counts[0].added(), 3);

  const auto again = Import(files, first->content);
  ASSERT_TRUE(again);
  for (const v1::ImportCount& count : again->counts) {
    EXPECT_EQ(count.added() + count.changed() + count.removed(), 0) << count.file();
  }

  Files one{{"teams.csv",
             "id,name,phone\napps,New name,970-555-0101\nnew,New,\ninfra,Infrastructure,\n"}};
  const auto changed = Import(one, first->content);
  ASSERT_TRUE(changed) << changed.error().message;
  EXPECT_EQ(changed->counts[0].added(), 1);
  EXPECT_EQ(changed->counts[0].changed(), 1);
  EXPECT_EQ(changed->counts[0].unchanged(), 1);
  EXPECT_EQ(changed->counts[0].removed(), 0);
  EXPECT_EQ(changed->content.wards.size(), 4u) << "what no file is about stays";
}

TEST(Import, AFileThatTakesAwayWhatOthersNeedIsRefused) {
  const auto first = Import(SmallHospital());
  const auto plan =
      Import({{"wards.csv", "id,name,building,type\n4w,4 West,tower,inpatient\n"}}, first->content);
  ASSERT_FALSE(plan);
  EXPECT_THAT(plan.error().violations,
              Contains(testing::AllOf(Field(&FieldViolation::field, "wards.csv"),
                                      Field(&FieldViolation::description,
                                            HasSubstr("\"or-pc-01\" in endpoints.csv needs it")))));
}

TEST(Import, NamesFiftyFaultsAndCountsTheRest) {
  std::string endpoints = kEndpoints;
  for (int i = 0; i < 80; ++i) endpoints += "pc-" + std::to_string(i) + ",,nowhere,,\n";
  Files files = SmallHospital();
  files["endpoints.csv"] = endpoints;
  const auto plan = Import(files);
  ASSERT_FALSE(plan);
  ASSERT_EQ(plan.error().violations.size(), 51u);
  EXPECT_EQ(plan.error().violations[0].field, "endpoints.csv:2");
  EXPECT_THAT(plan.error().violations.back().description, HasSubstr("30 more problems"));
}

TEST(Import, NoFilesADoubledFileAndTooMuchAreRefused) {
  const auto any = [](std::string_view) { return true; };
  EXPECT_EQ(PlanImport({}, {}, any).error().code, Code::kInvalidArgument);
  const auto twice = PlanImport({}, {{"teams.csv", "id,name\n"}, {"teams.csv", "id,name\n"}}, any);
  EXPECT_THAT(twice.error().message, HasSubstr("there twice"));
  const std::string much(kMostImportBytes + 1, 'x');
  EXPECT_EQ(PlanImport({}, {{"teams.csv", much}}, any).error().code, Code::kResourceExhausted);
}

TEST(Import, FiftyThousandEndpointsTakeNoTime) {
  Files files = SmallHospital();
  std::string& endpoints = files["endpoints.csv"] = kEndpoints;
  for (int i = 0; i < 50'000; ++i)
    endpoints += "host-" + std::to_string(i) + ",Workstation " + std::to_string(i) + ",4w,,x;y\n";
  // The processor's time, so that a busy machine does not matter.
  const std::clock_t began = std::clock();
  const auto plan = Import(files);
  const auto millis = static_cast<int>((std::clock() - began) * 1000 / CLOCKS_PER_SEC);
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_EQ(plan->content.endpoints.size(), 50'000u);
  RecordProperty("import_ms", millis);
#ifdef __OPTIMIZE__
  EXPECT_LT(millis, 1'000);
#else
  EXPECT_LT(millis, 60'000);  // also under a sanitizer
#endif
}

}  // namespace
}  // namespace wardcast
