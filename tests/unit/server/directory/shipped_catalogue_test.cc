// deploy/catalogue is what docs/domain says, and gives way to a hospital's own files.
#include "server/directory/shipped/catalogue.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/file.h"
#include "server/alert/lifecycle.h"
#include "server/alert/zoned_time.h"
#include "server/directory/change/entries.h"
#include "server/directory/files/export.h"
#include "tests/unit/server/directory/hospital.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class ShippedCatalogueTest : public testing::Test {
 protected:
  // An import over the shipped catalogue.
  Result<ChangePlan> ImportOver(const Files& files, const DirectoryContent& current) const {
    std::vector<ImportFileView> views;
    for (const auto& [name, content] : files) views.push_back({name, content});
    return PlanImport(current, views, [](std::string_view) { return true; }, shipped_);
  }
  static std::map<std::string, int> Removed(const ChangePlan& plan) {
    std::map<std::string, int> removed;
    for (const v1::ImportCount& count : plan.counts) removed[count.file()] = count.removed();
    return removed;
  }

  const DirectoryContent shipped_ = ShippedCatalogue();
};

TEST_F(ShippedCatalogueTest, HoldsTheServicesOfATypicalHospital) {
  EXPECT_EQ(shipped_.teams.size(), 6u);
  std::map<std::string, int> services;
  for (const v1::Service& service : shipped_.services) ++services[service.team_id()];
  EXPECT_EQ(services, (std::map<std::string, int>{{"inpatient-apps", 9},
                                                  {"ambulatory-apps", 11},
                                                  {"business-apps", 6},
                                                  {"infrastructure", 9},
                                                  {"desktop-support", 1},
                                                  {"it-training", 1}}));
  EXPECT_THAT(shipped_.sites, IsEmpty());
  EXPECT_THAT(shipped_.wards, IsEmpty());
  EXPECT_THAT(shipped_.endpoints, IsEmpty());
  EXPECT_THAT(shipped_.people, IsEmpty());
}

TEST_F(ShippedCatalogueTest, EveryServiceHasAPageThatNobodyHasApproved) {
  std::set<std::string> of;
  for (const v1::Procedure& procedure : shipped_.procedures) {
    SCOPED_TRACE(procedure.id());
    EXPECT_TRUE(of.insert(procedure.service_id()).second);
    EXPECT_EQ(procedure.approved_by(), "");
    EXPECT_EQ(procedure.approved_on(), "");
    EXPECT_GE(procedure.steps_size(), 5);
    std::size_t letters = 0;
    for (const std::string& step : procedure.steps()) {
      letters += step.size();
      EXPECT_LE(step.size(), 300u) << step;
    }
    EXPECT_LE(letters, 2'000u) << "more than a page";
    EXPECT_TRUE(
        std::ranges::any_of(procedure.steps(),
                            [](const std::string& step) { return step.starts_with("Now: "); }) ||
        procedure.id() == "drills");
  }
  EXPECT_EQ(of.size(), shipped_.services.size());
}

TEST_F(ShippedCatalogueTest, EveryTemplateCanBeSentForTheLongestService) {
  DirectoryContent content = Import(SmallHospital())->content;
  content.teams = shipped_.teams;
  content.services = shipped_.services;
  for (v1::Ward& ward : content.wards) {
    ward.clear_services();
    ward.add_services("inpatient-ehr");
  }
  const Directory directory(std::move(content), 1);
  std::string longest;
  for (const v1::Service& service : shipped_.services)
    if (service.name().size() > longest.size()) longest = service.name();
  std::vector<std::string> titles;
  for (const v1::Template& one : shipped_.templates) {
    titles.push_back(one.title());
    std::string json = one.alert_json();
    const auto fill = [&json](const std::string& what, const std::string& with) {
      for (auto at = json.find(what); at != std::string::npos; at = json.find(what, at))
        json.replace(at, what.size(), with);
    };
    fill("{service}", longest);
    fill("{start}", "Sun 14:07 MST");
    fill("{next}", "Sun 14:37 MST");
    fill("{end}", "Sun 16:00 MST");
    EXPECT_THAT(json, testing::Not(testing::ContainsRegex("[{][a-z]+[}]"))) << "an unknown place";
    v1::Alert alert;
    ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(json, &alert).ok());
    alert.add_services("inpatient-ehr");
    const auto sent = NewAlert(alert, directory, "service desk",
                               TimePoint(std::chrono::milliseconds(1'772'373'600'000)));
    EXPECT_TRUE(sent) << one.id() << ": " << sent.error().message;
  }
  EXPECT_THAT(titles,
              UnorderedElementsAre("Looking into it", "Outage", "Planned downtime", "All clear"));
}

TEST_F(ShippedCatalogueTest, IsExportedAsItsFiles) {
  for (const ExportedFile& file : ExportFiles(shipped_)) {
    const auto path = std::filesystem::path(WARDCAST_CATALOGUE) / file.name;
    if (!std::filesystem::exists(path)) continue;
    EXPECT_EQ(file.content, *ReadFile(path)) << file.name;
  }
}

TEST_F(ShippedCatalogueTest, OnesOwnServicesTakeTheSamplesOfOthersWithThem) {
  // services.csv of the hospital has neither most of the shipped services nor their pages.
  const auto plan = ImportOver(SmallHospital(), shipped_);
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_THAT(plan->content.procedures,
              ElementsAre(testing::Property(&v1::Procedure::id, "fax"),
                          testing::Property(&v1::Procedure::id, "lab-results"),
                          testing::Property(&v1::Procedure::id, "network")));
  EXPECT_EQ(plan->content.templates.size(), 4u);
  EXPECT_EQ(plan->counts.back().file(), "procedures.json");
  EXPECT_EQ(plan->counts.back().removed(), 34);
  EXPECT_EQ(plan->counts.back().added() + plan->counts.back().changed(), 0);
}

TEST_F(ShippedCatalogueTest, WhatSomebodyHasChangedOrApprovedStaysInTheWay) {
  for (const bool approved : {true, false}) {
    DirectoryContent current = shipped_;
    v1::Procedure& page = *std::ranges::find(current.procedures, "pacs", &v1::Procedure::id);
    if (approved) {
      page.set_approved_by("Ann Lee");
      page.set_approved_on("2026-02-14");
    } else {
      page.add_steps("One more step of our own.");
    }
    const auto plan = ImportOver(SmallHospital(), current);
    ASSERT_FALSE(plan);
    EXPECT_THAT(plan.error().message, HasSubstr("\"pacs\" in procedures.json needs it"));
    EXPECT_THAT(plan.error().message, testing::Not(HasSubstr("\"payroll\"")));
  }
}

TEST_F(ShippedCatalogueTest, AServiceThatIsRemovedTakesItsSampleWithIt) {
  v1::RemoveFromCatalogueRequest request;
  request.add_services("payroll");
  const auto plan = PlanRemoval(shipped_, request, shipped_);
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_EQ(Removed(*plan),
            (std::map<std::string, int>{{"procedures.json", 1}, {"services.csv", 1}}));
  request.add_services("network");
  const auto needed = PlanRemoval(shipped_, request, shipped_);
  ASSERT_FALSE(needed);
  EXPECT_EQ(needed.error().violations[0].field, "services[1]");
  EXPECT_THAT(needed.error().message, HasSubstr("in services.csv and"));
}

TEST_F(ShippedCatalogueTest, TheDemoHospitalComesOverIt) {
  Files files;
  for (const auto& entry : std::filesystem::directory_iterator(WARDCAST_DEMO)) {
    const std::string name = entry.path().filename().string();
    if (name != "README.md" && name != "behaviour.csv") files[name] = *ReadFile(entry.path());
  }
  const auto plan = ImportOver(files, shipped_);
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_EQ(plan->content.services.size(), 37u);
  // And its map and services alone, without pages.
  files.erase("procedures.json");
  files.erase("templates.json");
  EXPECT_TRUE(ImportOver(files, shipped_));
}

}  // namespace
}  // namespace wardcast
