// Changes of the map and the catalogue: committed whole or not at all, known here when answered.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <string>

#include "tests/unit/server/api/map/map_scene.h"
#include "tests/unit/server/directory/large_hospital.h"

namespace wardcast {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class MapHandlers : public testing::MapScene {
 protected:
  template <class Request>
  static Request As(const std::string& json) {
    Request request;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &request).ok()) << json;
    return request;
  }
  Result<v1::UpsertDirectoryResponse> Upsert(const std::string& json) {
    return map_.UpsertDirectory(context_, As<v1::UpsertDirectoryRequest>(json));
  }
  Result<v1::RemoveFromDirectoryResponse> Remove(const std::string& json) {
    return map_.RemoveFromDirectory(context_, As<v1::RemoveFromDirectoryRequest>(json));
  }
  Result<v1::ImportDirectoryResponse> ImportFiles(const Files& files) {
    v1::ImportDirectoryRequest request;
    for (const auto& [name, content] : files) {
      v1::ImportFile& file = *request.add_files();
      file.set_name(name);
      file.set_content(content);
    }
    return map_.ImportDirectory(context_, request);
  }
  void TakeOverSmall() {
    ASSERT_TRUE(
        store_->ReplaceDirectory(testing::SmallHospital(), std::nullopt, clock_.Now()).has_value());
    Follow();
    clock_.Advance(hours(1));
  }
};

TEST_F(MapHandlers, AStoreThatWasNeverImportedGetsTheShippedCatalogueOnce) {
  const Sequence before = Head();
  writer_.BringShipped();
  EXPECT_THAT(Stored().services, SizeIs(37));
  EXPECT_EQ(hub_.directory()->content().procedures.size(), 37u) << "known when it returns";
  EXPECT_EQ(Head(), before + 1);
  writer_.BringShipped();
  EXPECT_EQ(Head(), before + 1);
}

TEST_F(MapHandlers, AnImportedDirectoryIsNeverTouchedAlsoIfItHasNoService) {
  TakeOverSmall();
  const Sequence head = Head();
  writer_.BringShipped();
  EXPECT_EQ(Head(), head);
  EXPECT_THAT(Stored().services, IsEmpty());
}

TEST_F(MapHandlers, WhenAnotherBrokerWasFasterItsCatalogueStays) {
  // This broker's hub has not heard of it.
  ear_.Cancel();
  ASSERT_TRUE(
      store_->ReplaceDirectory(testing::SmallHospital(), std::nullopt, clock_.Now()).has_value());
  const Sequence head = Head();
  writer_.BringShipped();
  EXPECT_THAT(Stored().services, IsEmpty());
  EXPECT_EQ(Head(), head);
}

TEST_F(MapHandlers, OnesOwnHospitalComesOverTheShippedCatalogue) {
  writer_.BringShipped();
  const auto counts = ImportFiles(SmallHospital());
  ASSERT_TRUE(counts) << counts.error().message;
  EXPECT_EQ(counts->counts().rbegin()->file(), "procedures.json");
  EXPECT_EQ(counts->counts().rbegin()->removed(), 34);
  EXPECT_THAT(Stored().services, SizeIs(4));
  EXPECT_THAT(Stored().templates, SizeIs(4));
}

TEST_F(MapHandlers, AnEntryIsKnownHereWhenTheCallIsAnswered) {
  TakeOverSmall();
  const auto counts = Upsert(
      R"({"wards":[{"id":"5w","name":"5 West","buildingId":"tower","type":"inpatient"}],
          "endpoints":[{"id":"5w-pc-01","wardId":"5w"}]})");
  ASSERT_TRUE(counts) << counts.error().message;
  ASSERT_EQ(counts->counts_size(), 2);
  EXPECT_EQ(counts->counts(0).file(), "wards.csv");
  EXPECT_EQ(counts->counts(0).added(), 1);
  EXPECT_NE(hub_.directory()->FindWard("5w"), nullptr);
  ASSERT_TRUE(Remove(R"({"wards":["5w"],"endpoints":["5w-pc-01"]})"));
  EXPECT_EQ(hub_.directory()->FindWard("5w"), nullptr);
}

TEST_F(MapHandlers, ADryRunAndAFaultChangeNothing) {
  TakeOverSmall();
  const Sequence head = Head();
  const auto dry = Upsert(R"({"dryRun":true,"endpoints":[{"id":"a","wardId":"icu"}]})");
  ASSERT_TRUE(dry) << dry.error().message;
  EXPECT_EQ(dry->counts(0).added(), 1);
  const auto faulty =
      Upsert(R"({"endpoints":[{"id":"a","wardId":"icu"},{"id":"b","wardId":"x"}]})");
  ASSERT_FALSE(faulty);
  EXPECT_EQ(faulty.error().code, Code::kInvalidArgument);
  EXPECT_EQ(faulty.error().violations.at(0).field, "endpoints[1].ward_id");
  EXPECT_EQ(Remove(R"({"wards":["icu"]})").error().code, Code::kInvalidArgument);
  EXPECT_EQ(Head(), head);
}

// A PC moves: the directory of an hour ago is still known.
TEST_F(MapHandlers, TheHistoryOfWhoWasWhereIsKept) {
  TakeOverSmall();
  const TimePoint before = clock_.Now() - hours(1) + std::chrono::minutes(1);
  ASSERT_TRUE(Upsert(R"({"endpoints":[{"id":"4w-pc-01","wardId":"icu","class":"STANDARD"}]})"));
  const auto ward_at = [&](TimePoint when) {
    const auto rows = store_->LoadMembership(when, when);
    EXPECT_TRUE(rows);
    const auto row = std::ranges::find_if(
        *rows, [](const MembershipRow& one) { return one.endpoint.id() == "4w-pc-01"; });
    return row == rows->end() ? std::string("nowhere") : row->endpoint.ward_id();
  };
  EXPECT_EQ(ward_at(before), "4w");
  EXPECT_EQ(ward_at(clock_.Now() + hours(1)), "icu");
  clock_.Advance(hours(2));
  ASSERT_TRUE(Remove(R"({"endpoints":["4w-pc-01"]})"));
  clock_.Advance(hours(2));
  EXPECT_EQ(ward_at(clock_.Now()), "nowhere");
  EXPECT_EQ(ward_at(before), "4w");
}

// What plans a change runs after the store was read and before it is written.
TEST_F(MapHandlers, ASingleEntryIsAbortedWhenTheDirectoryChangedMeanwhile) {
  TakeOverSmall();
  int asked = 0;
  const ChangeOrder once{
      .plan = [&](const DirectoryContent& current, const DirectoryContent&) -> Result<ChangePlan> {
        if (++asked == 1) ChangeElsewhere();
        v1::ImportCount one;
        one.set_changed(1);
        return ChangePlan{.content = current, .counts = {one}};
      },
      .who = "ann",
      .what = "edited"};
  const auto aborted = writer_.Apply(once);
  ASSERT_FALSE(aborted);
  EXPECT_EQ(aborted.error().code, Code::kAborted);
  EXPECT_EQ(asked, 1);
  asked = 0;
  ChangeOrder again = once;
  again.attempts = 2;
  EXPECT_TRUE(writer_.Apply(again));
  EXPECT_EQ(asked, 2) << "an import is made again from what there is then";
}

TEST_F(MapHandlers, TheSameAgainWritesNothing) {
  TakeOverSmall();
  const auto before = store_->LoadDirectory();
  const ChangeOrder same{
      .plan = [](const DirectoryContent& current, const DirectoryContent&) -> Result<ChangePlan> {
        return ChangePlan{.content = current, .counts = {v1::ImportCount()}};
      },
      .who = "ann",
      .what = "imported"};
  ASSERT_TRUE(writer_.Apply(same));
  EXPECT_EQ(store_->LoadDirectory()->second, before->second);
}

TEST_F(MapHandlers, TheCatalogueIsChangedEntryByEntry) {
  writer_.BringShipped();
  const auto approved = catalogue_.UpsertCatalogue(
      context_,
      As<v1::UpsertCatalogueRequest>(
          R"({"procedures":[{"id":"fax","serviceId":"fax","title":"No fax","steps":["Call"],
                        "approvedBy":"Ann Lee","approvedOn":"2026-02-14"}]})"));
  ASSERT_TRUE(approved) << approved.error().message;
  EXPECT_EQ(approved->counts(0).changed(), 1);
  v1::RemoveFromCatalogueRequest removal;
  removal.add_services("payroll");
  const auto removed = catalogue_.RemoveFromCatalogue(context_, removal);
  ASSERT_TRUE(removed) << removed.error().message;
  ASSERT_EQ(removed->counts_size(), 2) << "its sample goes with it";
  EXPECT_THAT(Stored().procedures, SizeIs(36));
  removal.set_services(0, "fax");
  const auto needed = catalogue_.RemoveFromCatalogue(context_, removal);
  ASSERT_FALSE(needed) << "its page was approved";
  EXPECT_THAT(needed.error().message, HasSubstr("in procedures.json needs it"));
}

TEST_F(MapHandlers, ImpactIsProposedAndUnknownServicesAreSaid) {
  ASSERT_TRUE(ImportFiles(SmallHospital()));
  v1::ProposeImpactRequest request;
  EXPECT_EQ(catalogue_.ProposeImpact(context_, request).error().code, Code::kInvalidArgument);
  request.add_services("ehr");
  const auto impact = catalogue_.ProposeImpact(context_, request);
  ASSERT_TRUE(impact) << impact.error().message;
  EXPECT_THAT(impact->wards(), ElementsAre("or"));
  EXPECT_THAT(impact->further_wards(), ElementsAre("lab", "4w"));
  ASSERT_EQ(impact->affected_size(), 1);
  EXPECT_EQ(impact->affected(0).id(), "lab-results");
  ASSERT_EQ(impact->still_works_size(), 1);
  EXPECT_EQ(impact->still_works(0).id(), "fax");
  request.add_services("nothing");
  const auto unknown = catalogue_.ProposeImpact(context_, request);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().violations.at(0).field, "services[1]");
}

// 2,000 wards and 50,000 endpoints through the store: imported, changed, exported, imported again.
TEST_F(MapHandlers, ALargeHospitalComesBackAsItWas) {
  auto timed = [last = std::chrono::steady_clock::now()](const char* what) mutable {
    const auto now = std::chrono::steady_clock::now();
    std::printf("%-28s %6lld ms\n", what,
                static_cast<long long>((now - last) / std::chrono::milliseconds(1)));
    last = now;
  };
  writer_.BringShipped();
  const auto imported = ImportFiles(LargeHospital());
  ASSERT_TRUE(imported) << imported.error().message;
  timed("import");
  ASSERT_TRUE(Upsert(R"({"endpoints":[{"id":"new-01","wardId":"w-7"}]})"));
  timed("one entry changed");
  ASSERT_TRUE(Remove(R"({"endpoints":["pc-49999"]})"));
  timed("one entry removed");
  const auto exported = map_.ExportDirectory(context_, {});
  ASSERT_TRUE(exported);
  timed("export");
  v1::ImportDirectoryRequest request;
  *request.mutable_files() = exported->files();
  const auto again = map_.ImportDirectory(context_, request);
  ASSERT_TRUE(again) << again.error().message;
  timed("import of the export");
  ASSERT_EQ(again->counts_size(), 10);
  for (const v1::ImportCount& count : again->counts())
    EXPECT_EQ(count.added() + count.changed() + count.removed(), 0) << count.ShortDebugString();
  EXPECT_THAT(Stored().endpoints, SizeIs(50'000));
}

}  // namespace
}  // namespace wardcast
