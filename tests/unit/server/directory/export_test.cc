#include "server/directory/files/export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <utility>

#include "tests/unit/server/directory/hospital.h"

namespace wardcast {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Files Exported(const DirectoryContent& content) {
  Files files;
  for (const ExportedFile& file : ExportFiles(content)) files[file.name] = file.content;
  return files;
}

// What would differ after importing what was exported: nothing, file by file.
void ExpectToComeBack(const DirectoryContent& content) {
  const auto again = Import(Exported(content), content);
  ASSERT_TRUE(again) << again.error().message;
  ASSERT_EQ(again->counts.size(), 10u);
  for (const v1::ImportCount& count : again->counts) {
    EXPECT_EQ(count.added() + count.changed() + count.removed(), 0) << count.ShortDebugString();
  }
  // And from nothing.
  const auto fresh = Import(Exported(content));
  ASSERT_TRUE(fresh) << fresh.error().message;
  EXPECT_EQ(Exported(fresh->content), Exported(content));
}

DirectoryContent Small() {
  auto plan = Import(SmallHospital());
  EXPECT_TRUE(plan);
  return plan ? std::move(plan->content) : DirectoryContent{};
}

TEST(ExportFiles, OfNothingIsEmptyFilesThatImportToNothing) {
  const Files files = Exported({});
  EXPECT_EQ(files.size(), 10u);
  EXPECT_EQ(files.at("teams.csv"), "id,name,phone\n");
  EXPECT_EQ(files.at("templates.json"), "[]\n");
  ExpectToComeBack({});
}

TEST(ExportFiles, ComesBackAsItWas) { ExpectToComeBack(Small()); }

TEST(ExportFiles, EveryFieldComesBack) {
  DirectoryContent content = Small();
  content.sites[0].set_phone_fallback("radio 3, or a runner");
  content.sites[0].set_emergency_phone("911");
  content.sites[0].set_language("fr");
  v1::Ward& ward = content.wards[0];
  ward.set_name("4 \"West\", neu – 東 – שלום");
  ward.set_floor("4");
  ward.add_phones("970-555-0111");
  ward.add_phones("970-555-0112");
  ward.set_radio_channel("3");
  ward.set_downtime_pc("4W-DOWNTIME");
  ward.set_binder("behind the desk, left");
  ward.add_shift_starts("06:45");
  ward.add_shift_starts("18:45");
  ward.set_opening_hours("Mon-Fri 07:00-19:00;Sat 08:00-12:00");
  v1::Person& person = content.people.emplace_back();
  person.set_id("ann.lee");
  person.set_name("Ann Lee");
  person.set_role("ward manager");
  person.set_team_id("apps");
  person.add_wards("4w");
  v1::Procedure& procedure = content.procedures.emplace_back();
  procedure.set_id("fax-down");
  procedure.set_service_id("fax");
  procedure.set_title("Fax is down");
  procedure.add_steps("Use the \"red\" phone");
  procedure.add_steps("Call 5555");
  procedure.set_approved_by("Ann Lee");
  procedure.set_approved_on("2026-02-14");
  procedure.set_review_on("2026-08-14");
  v1::Template& one = content.templates.emplace_back();
  one.set_id("looking");
  one.set_title("Looking into it");
  one.set_hint("For the first minutes");
  one.set_order(1);
  one.set_alert_json(R"({"kind":"OUTAGE","headline":"We know of a problem with {service}"})");
  v1::PlacementRule& any = content.placement.emplace_back();
  any.set_id("4w-*");
  any.set_ward_id("4w");
  any.set_order(7);
  v1::PlacementRule& or_only = content.placement.emplace_back();
  or_only.set_id("4w-or-??");
  or_only.set_ward_id("or");
  or_only.set_class_(v1::EndpointClass::CLINICAL);
  or_only.add_tags("ring-1");
  or_only.add_tags("roaming");
  or_only.set_site_id("main");
  ExpectToComeBack(content);
  EXPECT_THAT(Exported(content).at("wards.csv"), HasSubstr("\"4 \"\"West\"\", neu – 東 – שלום\""));
}

TEST(ExportFiles, RulesAreReadFromTopToBottom) {
  DirectoryContent content = Small();
  for (const auto& [pattern, order] :
       {std::pair("a*", 3), std::pair("b*", 0), std::pair("c*", 1)}) {
    v1::PlacementRule& rule = content.placement.emplace_back();
    rule.set_id(pattern);
    rule.set_ward_id("4w");
    rule.set_order(order);
  }
  EXPECT_EQ(Exported(content).at("placement.csv"),
            "pattern,ward,class,tags,site,order\nb*,4w,,,,0\nc*,4w,,,,1\na*,4w,,,,3\n");
  ExpectToComeBack(content);
}

TEST(ExportFiles, WhatARuleHasPlacedNobodyHasListed) {
  DirectoryContent content = Small();
  v1::Endpoint& endpoint = content.endpoints.emplace_back();
  endpoint.set_id("zz-by-rule");
  endpoint.set_name("zz-by-rule");
  endpoint.set_ward_id("4w");
  endpoint.set_by_rule(true);
  EXPECT_THAT(Exported(content).at("endpoints.csv"), Not(HasSubstr("zz-by-rule")));
  const auto again = Import(Exported(content), content);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->content.endpoints.size(), content.endpoints.size());
  ExpectToComeBack(content);
}

// Names of any characters that an import takes.
TEST(ExportFiles, RandomNamesComeBack) {
  std::mt19937 random(20'261'122);
  const std::vector<std::string> pieces = {",", "\"", "\"\"", ";", "'", "=", "+",  "-", "@", " ",
                                           "ä", "東", "ש",    "x", "0", "/", "\\", "{", "|", "#"};
  for (int round = 0; round < 200; ++round) {
    DirectoryContent content = Small();
    for (v1::Ward& ward : content.wards) {
      std::string name = "n";
      for (int i = 0; i < 12; ++i) name += pieces[random() % pieces.size()];
      ward.set_name(name + "n");
    }
    ExpectToComeBack(content);
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace wardcast
