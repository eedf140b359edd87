#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

DirectoryContent SmallHospital() {
  DirectoryContent content;
  content.sites.emplace_back().set_id("main");
  content.sites.back().set_name("Hauptgebäude · 本院");
  content.buildings.emplace_back().set_id("tower");
  content.wards.emplace_back().set_id("4w");
  content.wards.back().add_services("lab-results");
  content.wards.emplace_back().set_id("ICU");  // before "icu": the order of bytes
  content.wards.emplace_back().set_id("icu");
  for (int i = 0; i < 500; ++i) {
    content.endpoints.emplace_back().set_id("4w-pc-" + std::to_string(1000 + i));
    content.endpoints.back().set_ward_id("4w");
  }
  content.endpoints.back().set_by_rule(true);
  content.placement.emplace_back().set_id("*-cart-??");
  content.placement.back().set_ward_id("4w");
  content.placement.back().set_order(2);
  content.placement.emplace_back().set_id("4w-*");
  content.placement.back().set_ward_id("4w");
  content.placement.back().set_class_(v1::EndpointClass::CLINICAL);
  content.placement.back().add_tags("roaming");
  content.placement.back().set_site_id("main");
  content.people.emplace_back().set_id("p1");
  content.teams.emplace_back().set_id("clinical");
  content.services.emplace_back().set_id("lab-results");
  content.procedures.emplace_back().set_id("lab-paper");
  content.procedures.back().add_steps("Use form \"L-7\"\nand a runner");
  content.templates.emplace_back().set_id("outage");
  content.templates.back().set_alert_json(R"({"headline": "{service} is down"})");
  return content;
}

template <class Item>
std::string Serialised(const std::vector<Item>& list) {
  std::string all;
  for (const Item& item : list) all += item.SerializeAsString() + "|";
  return all;
}

void ExpectSame(const DirectoryContent& a, const DirectoryContent& b) {
  EXPECT_EQ(Serialised(a.sites), Serialised(b.sites));
  EXPECT_EQ(Serialised(a.buildings), Serialised(b.buildings));
  EXPECT_EQ(Serialised(a.wards), Serialised(b.wards));
  EXPECT_EQ(Serialised(a.endpoints), Serialised(b.endpoints));
  EXPECT_EQ(Serialised(a.placement), Serialised(b.placement));
  EXPECT_EQ(Serialised(a.people), Serialised(b.people));
  EXPECT_EQ(Serialised(a.teams), Serialised(b.teams));
  EXPECT_EQ(Serialised(a.services), Serialised(b.services));
  EXPECT_EQ(Serialised(a.procedures), Serialised(b.procedures));
  EXPECT_EQ(Serialised(a.templates), Serialised(b.templates));
}

TEST_P(StoreContract, TheDirectoryComesBackAsItWas) {
  const auto empty = store_->LoadDirectory();
  ASSERT_TRUE(empty) << empty.error().message;
  EXPECT_EQ(empty->second, 0);
  EXPECT_TRUE(empty->first.sites.empty());

  const DirectoryContent hospital = SmallHospital();
  const auto sequence = store_->ReplaceDirectory(hospital, std::nullopt, kStart);
  ASSERT_TRUE(sequence) << sequence.error().message;
  EXPECT_EQ(*sequence, 1);
  Reopen();
  const auto loaded = store_->LoadDirectory();
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->second, 1);
  ExpectSame(loaded->first, hospital);
  const auto log = store_->ReadLog(0, 10);
  ASSERT_EQ(log->size(), 1u);
  EXPECT_EQ(log->front().kind, EntryKind::kDirectory);
  EXPECT_EQ(log->front().alert_id, "");
}

TEST_P(StoreContract, ReplacingTheDirectoryLeavesNothingOfTheOldOne) {
  ASSERT_TRUE(store_->ReplaceDirectory(SmallHospital(), std::nullopt, kStart));
  DirectoryContent smaller;
  smaller.sites.emplace_back().set_id("north");
  EXPECT_EQ(store_->ReplaceDirectory(smaller, std::nullopt, kStart).value_or(-1), 2);
  ExpectSame(store_->LoadDirectory()->first, smaller);
  EXPECT_EQ(store_->ReplaceDirectory({}, std::nullopt, kStart).value_or(-1), 3);
  ExpectSame(store_->LoadDirectory()->first, {});
  ExpectNoGaps(3);
}

TEST_P(StoreContract, AnIdThatIsThereTwiceChangesNothing) {
  ASSERT_TRUE(store_->ReplaceDirectory(SmallHospital(), std::nullopt, kStart));
  DirectoryContent twice = SmallHospital();
  twice.sites.push_back(twice.sites.front());
  EXPECT_FALSE(store_->ReplaceDirectory(twice, std::nullopt, kStart));
  ExpectSame(store_->LoadDirectory()->first, SmallHospital());
  ExpectNoGaps(1);
}

}  // namespace
}  // namespace wardcast
