// deploy/demo is what docs/domain.md says, and what it promises the demo.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include "base/file.h"
#include "server/alert/zoned_time.h"
#include "server/directory/change/import.h"
#include "server/directory/directory.h"
#include "server/directory/files/csv.h"

namespace wardcast {
namespace {

class DemoHospital : public testing::Test {
 protected:
  static std::string Read(const std::string& name) {
    return *ReadFile(std::filesystem::path(WARDCAST_DEMO) / name);
  }
  void SetUp() override {
    const std::vector<std::string> names{"sites.csv",     "buildings.csv",   "wards.csv",
                                         "endpoints.csv", "people.csv",      "teams.csv",
                                         "services.csv",  "procedures.json", "templates.json"};
    std::vector<std::string> contents;
    contents.reserve(names.size());
    for (const std::string& name : names) contents.push_back(Read(name));
    std::vector<ImportFileView> files;
    files.reserve(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) files.push_back({names[i], contents[i]});
    auto plan = PlanImport({}, files, ZoneExists);
    ASSERT_TRUE(plan) << plan.error().message;
    content_ = std::move(plan->content);
  }
  DirectoryContent content_;
};

TEST_F(DemoHospital, HasTheSizeThatItClaims) {
  EXPECT_EQ(content_.sites.size(), 2u);
  EXPECT_EQ(content_.buildings.size(), 6u);
  EXPECT_EQ(content_.wards.size(), 31u);
  EXPECT_EQ(content_.people.size(), 40u);
  EXPECT_EQ(content_.templates.size(), 4u);
  EXPECT_EQ(content_.procedures.size(), content_.services.size());
  const auto count = [&](auto matches) {
    return std::ranges::count_if(content_.endpoints, matches);
  };
  const auto of_class = [&](v1::EndpointClass::Value wanted) {
    return count([=](const v1::Endpoint& e) { return e.class_() == wanted; });
  };
  EXPECT_EQ(content_.endpoints.size(), 412u + 5u);
  EXPECT_EQ(of_class(v1::EndpointClass::BOARD), 5);
  EXPECT_EQ(of_class(v1::EndpointClass::DOWNTIME), 31);
  EXPECT_EQ(count([](const v1::Endpoint& e) { return e.ward_id().empty(); }), 4);
  EXPECT_EQ(count([](const v1::Endpoint& e) {
              return std::ranges::find(e.tags(), "roaming") != e.tags().end();
            }),
            2);
}

TEST_F(DemoHospital, EveryWardIsWholeAndItsDowntimePcExists) {
  const Directory directory(content_, 1);
  for (const v1::Ward& ward : content_.wards) {
    EXPECT_EQ(ward.phones_size(), 2) << ward.id();
    EXPECT_FALSE(ward.binder().empty()) << ward.id();
    EXPECT_FALSE(ward.radio_channel().empty()) << ward.id();
    EXPECT_FALSE(ward.floor().empty()) << ward.id();
    EXPECT_GT(ward.services_size(), 0) << ward.id();
    const v1::Endpoint* pc = directory.FindEndpoint(ward.downtime_pc());
    ASSERT_NE(pc, nullptr) << ward.id();
    EXPECT_EQ(pc->ward_id(), ward.id());
    EXPECT_GE(directory.EndpointsOfWard(ward.id()).size(), 8u);
  }
  for (const char* id : {"4w", "icu", "ed", "or", "central-monitoring", "lab", "pharmacy",
                         "dialysis", "registration"})
    EXPECT_NE(directory.FindWard(id), nullptr) << id;
}

TEST_F(DemoHospital, BehavesForEveryWardAsTheStoryNeeds) {
  const auto table = ReadCsv("behaviour.csv", Read("behaviour.csv"));
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_THAT(table->header,
              testing::ElementsAre("ward", "endpoints_off", "displayed_after_s", "seen_after_s",
                                   "answer_after_s", "response", "help", "screen"));
  std::set<std::string> wards;
  int off = 0;
  int locked = 0;
  int silent = 0;
  int help = 0;
  for (const CsvRow& row : table->rows) {
    ASSERT_EQ(row.cells.size(), 8u);
    wards.insert(row.cells[0]);
    off += std::stoi(row.cells[1]);
    locked += row.cells[2].empty() ? 1 : 0;
    EXPECT_EQ(row.cells[7], row.cells[2].empty() ? "LOCKED" : "UNLOCKED");
    silent += !row.cells[2].empty() && row.cells[5].empty() ? 1 : 0;
    help += row.cells[5] == "NEED_HELP" && row.cells[6] == "FORMS_OR_PRINTER" ? 1 : 0;
  }
  std::set<std::string> known;
  for (const v1::Ward& ward : content_.wards) known.insert(ward.id());
  EXPECT_EQ(wards, known);
  EXPECT_EQ(off, 25 + 3);
  EXPECT_EQ(locked, 1);
  EXPECT_EQ(silent, 1);
  EXPECT_EQ(help, 1);
}

}  // namespace
}  // namespace wardcast
