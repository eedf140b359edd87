// Where endpoints were, and what a publishing costs.
#include <gmock/gmock.h>

#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

DirectoryContent WithPcs(const std::vector<std::pair<std::string, std::string>>& ids_and_wards) {
  DirectoryContent content;
  for (const auto& [id, ward] : ids_and_wards) {
    content.endpoints.emplace_back().set_id(id);
    content.endpoints.back().set_ward_id(ward);
  }
  return content;
}

// "pc1 4w 0-1": id, ward, hours since the start.
std::vector<std::string> Lines(const Result<std::vector<MembershipRow>>& rows) {
  EXPECT_TRUE(rows) << rows.error().message;
  std::vector<std::string> lines;
  for (const MembershipRow& row : rows.value_or(std::vector<MembershipRow>{})) {
    const auto hour = [](TimePoint at) {
      return std::to_string(std::chrono::duration_cast<hours>(at - kStart).count());
    };
    lines.push_back(row.endpoint.id() + " " + row.endpoint.ward_id() + " " + hour(row.since) + "-" +
                    (row.until == TimePoint{} ? "" : hour(row.until)));
  }
  return lines;
}

TEST_P(StoreContract, MembershipIsKeptAsHistory) {
  ASSERT_TRUE(
      store_->ReplaceDirectory(WithPcs({{"pc1", "4w"}, {"pc2", "4w"}}), std::nullopt, kStart));
  ASSERT_TRUE(store_->ReplaceDirectory(WithPcs({{"pc1", "icu"}, {"pc2", "4w"}, {"pc3", ""}}),
                                       std::nullopt, kStart + hours(1)));
  ASSERT_TRUE(store_->ReplaceDirectory(WithPcs({{"pc1", "icu"}}), std::nullopt, kStart + hours(2)));
  ASSERT_TRUE(store_->ReplaceDirectory(WithPcs({{"pc1", "icu"}, {"pc2", "4w"}}), std::nullopt,
                                       kStart + hours(3)));
  EXPECT_THAT(Lines(store_->LoadMembership(kStart, kStart + hours(9))),
              ElementsAre("pc1 4w 0-1", "pc1 icu 1-", "pc2 4w 0-2", "pc2 4w 3-", "pc3  1-2"));
  // One moment is the directory of that moment; an end is not in it, a beginning is.
  EXPECT_THAT(Lines(store_->LoadMembership(kStart + hours(1), kStart + hours(1))),
              ElementsAre("pc1 icu 1-", "pc2 4w 0-2", "pc3  1-2"));
  EXPECT_THAT(Lines(store_->LoadMembership(kStart + hours(2), kStart + hours(2))),
              ElementsAre("pc1 icu 1-"));
  EXPECT_THAT(Lines(store_->LoadMembership(kStart - hours(2), kStart - hours(1))), IsEmpty());
}

TEST_P(StoreContract, AnImportThatChangesNothingWritesNoHistory) {
  const DirectoryContent content = WithPcs({{"pc1", "4w"}, {"pc2", "4w"}});
  ASSERT_TRUE(store_->ReplaceDirectory(content, std::nullopt, kStart));
  ASSERT_TRUE(store_->ReplaceDirectory(content, std::nullopt, kStart + hours(1)));
  EXPECT_THAT(Lines(store_->LoadMembership(kStart, kStart + hours(9))),
              ElementsAre("pc1 4w 0-", "pc2 4w 0-"));
}

TEST_P(StoreContract, HistoryStaysInOrderWhenTheClockIsSetBack) {
  ASSERT_TRUE(store_->ReplaceDirectory(WithPcs({{"pc1", "4w"}}), std::nullopt, kStart));
  ASSERT_TRUE(store_->ReplaceDirectory(WithPcs({{"pc1", "icu"}}), std::nullopt, kStart - hours(1)));
  ASSERT_TRUE(store_->ReplaceDirectory(WithPcs({{"pc1", "ed"}}), std::nullopt, kStart));
  const auto rows = store_->LoadMembership(kStart, kStart + hours(1));
  ASSERT_TRUE(rows) << rows.error().message;
  ASSERT_EQ(rows->size(), 3u);
  for (const MembershipRow& row : *rows) {
    EXPECT_TRUE(row.until == TimePoint{} || row.since < row.until);
  }
  EXPECT_EQ(rows->back().endpoint.ward_id(), "ed");
  EXPECT_EQ(rows->back().until, TimePoint{});
}

// Named bug: of two imports at two brokers the later one took back what the earlier one had
// brought.
TEST_P(StoreContract, AnImportOfAnOlderDirectoryIsAborted) {
  const auto first = store_->ReplaceDirectory(WithPcs({{"pc1", "4w"}}), 0, kStart);
  ASSERT_TRUE(first) << first.error().message;
  const auto second = store_->ReplaceDirectory(WithPcs({{"pc2", "4w"}}), 0, kStart);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::kAborted);
  EXPECT_EQ(store_->LoadDirectory()->first.endpoints.front().id(), "pc1");
  ExpectNoGaps(1);
  Publish("between");
  EXPECT_TRUE(store_->ReplaceDirectory(WithPcs({{"pc2", "4w"}}), *first, kStart));
}

TEST_P(StoreContract, PublishingToFiftyThousandEndpointsWritesAHandfulOfRows) {
  DirectoryContent content;
  std::vector<ExpectedWard> expected;
  for (int ward = 0; ward < 50; ++ward) {
    const std::string id = "ward-" + std::to_string(ward);
    content.wards.emplace_back().set_id(id);
    expected.push_back({.ward_id = id, .endpoints = 1000});
    for (int pc = 0; pc < 1000; ++pc) {
      content.endpoints.emplace_back().set_id(id + "-pc-" + std::to_string(10'000 + pc));
      content.endpoints.back().set_ward_id(id);
    }
  }
  ASSERT_TRUE(store_->ReplaceDirectory(content, std::nullopt, kStart));
  const std::int64_t before = AllRows();
  ASSERT_GE(before, 100'000);
  Publish("to everybody", expected);
  // Alert, version, log entry, and a row a ward.
  EXPECT_EQ(AllRows() - before, 3 + 50);
  // And an import that changes nothing keeps no second history.
  ASSERT_TRUE(store_->ReplaceDirectory(content, std::nullopt, kStart + hours(1)));
  EXPECT_EQ(AllRows() - before, 3 + 50 + 1);
}

TEST_P(StoreContract, AWardThatLeavesTheAudienceKeepsItsInterval) {
  const std::string id =
      Publish("one", {{.ward_id = "4w", .endpoints = 3}, {.ward_id = "icu", .endpoints = 2}})
          .stored.alert.id();
  const auto retarget = [&](std::vector<ExpectedWard> wards, TimePoint now) {
    AlertChange change = Setting("one");
    change.alert_id = id;
    change.now = now;
    change.decide = [wards](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
      return AlertDecision{.alert = *current, .expected = wards};
    };
    ASSERT_TRUE(store_->Change(change, Seal()));
  };
  retarget({{.ward_id = "icu", .endpoints = 4}, {.ward_id = "ed", .endpoints = 1}},
           kStart + hours(1));
  const auto lines = [&] {
    std::vector<std::string> text;
    const auto wards = store_->LoadExpected(id).value();
    for (const ExpectedWard& ward : wards) {
      const auto hour = [](TimePoint at) {
        return std::to_string(std::chrono::duration_cast<hours>(at - kStart).count());
      };
      text.push_back(ward.ward_id + " " + std::to_string(ward.endpoints) + " " + hour(ward.since) +
                     "-" + (ward.until == TimePoint{} ? "" : hour(ward.until)));
    }
    return text;
  };
  EXPECT_THAT(lines(), ElementsAre("4w 3 0-1", "ed 1 1-", "icu 4 0-"));
  retarget({}, kStart + hours(2));  // an edit that is not about the audience
  EXPECT_THAT(lines(), ElementsAre("4w 3 0-1", "ed 1 1-", "icu 4 0-"));
  retarget({{.ward_id = "4w", .endpoints = 5}}, kStart + hours(3));
  EXPECT_THAT(lines(), ElementsAre("4w 5 0-", "ed 1 1-3", "icu 4 0-3"));
}

}  // namespace
}  // namespace wardcast
