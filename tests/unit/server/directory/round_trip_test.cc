// A large hospital there and back: imported, changed, exported, imported again.
#include <gtest/gtest.h>

#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>

#include "server/directory/change/entries.h"
#include "server/directory/files/export.h"
#include "tests/unit/server/directory/large_hospital.h"

namespace wardcast {
namespace {

// The processor's time, so that a busy machine does not matter.
class Stopwatch {
 public:
  // Milliseconds since the last call.
  int Lap(const char* what) {
    const std::clock_t now = std::clock();
    const int millis = static_cast<int>((now - last_) * 1000 / CLOCKS_PER_SEC);
    last_ = now;
    std::printf("%-40s %5d ms\n", what, millis);
    return millis;
  }

 private:
  std::clock_t last_ = std::clock();
};

// Also under a sanitizer.
constexpr int Most(int millis) {
#ifdef __OPTIMIZE__
  return millis;
#else
  return millis * 60;
#endif
}

Files AllExported(const DirectoryContent& content) {
  Files files;
  for (ExportedFile& file : ExportFiles(content)) files[file.name] = std::move(file.content);
  return files;
}

TEST(LargeRoundTrip, TwoThousandWardsAndFiftyThousandEndpoints) {
  const Files written = LargeHospital();
  std::size_t bytes = 0;
  for (const auto& [name, content] : written) bytes += content.size();
  EXPECT_LT(bytes, kMostImportBytes / 2) << "there is room for longer names";

  Stopwatch watch;
  const auto first = Import(written);
  EXPECT_LT(watch.Lap("import from nothing"), Most(1'500));
  ASSERT_TRUE(first) << first.error().message;
  ASSERT_EQ(first->content.wards.size(), 2'000u);
  ASSERT_EQ(first->content.endpoints.size(), 50'000u);

  // A ward gets another name and two PCs; one PC goes.
  v1::UpsertDirectoryRequest upsert;
  *upsert.add_wards() = first->content.wards[1'234];
  upsert.mutable_wards(0)->set_name("Ward \"twelve\", west");
  for (const char* id : {"new-01", "new-02"}) {
    v1::Endpoint& endpoint = *upsert.add_endpoints();
    endpoint.set_id(id);
    endpoint.set_ward_id(first->content.wards[1'234].id());
  }
  const auto changed = PlanUpsert(first->content, upsert, [](std::string_view) { return true; });
  EXPECT_LT(watch.Lap("three entries changed"), Most(1'500));
  ASSERT_TRUE(changed) << changed.error().message;
  v1::RemoveFromDirectoryRequest removal;
  removal.add_endpoints("pc-49999");
  const auto second = PlanRemoval(changed->content, removal);
  EXPECT_LT(watch.Lap("one entry removed"), Most(1'500));
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(second->content.endpoints.size(), 50'001u);

  const Files exported = AllExported(second->content);
  EXPECT_LT(watch.Lap("export"), Most(1'000));
  const auto again = Import(exported, second->content);
  EXPECT_LT(watch.Lap("import of the export"), Most(2'000));
  ASSERT_TRUE(again) << again.error().message;
  ASSERT_EQ(again->counts.size(), 10u);
  for (const v1::ImportCount& count : again->counts)
    EXPECT_EQ(count.added() + count.changed() + count.removed(), 0) << count.ShortDebugString();
  EXPECT_EQ(AllExported(again->content), exported);

  // Against what was imported first, only what was changed differs.
  const auto back = Import(written, second->content);
  ASSERT_TRUE(back) << back.error().message;
  for (const v1::ImportCount& count : back->counts) {
    const bool wards = count.file() == "wards.csv";
    const bool endpoints = count.file() == "endpoints.csv";
    EXPECT_EQ(count.changed(), wards ? 1 : 0) << count.file();
    EXPECT_EQ(count.added(), endpoints ? 1 : 0) << count.file();
    EXPECT_EQ(count.removed(), endpoints ? 2 : 0) << count.file();
  }
}

}  // namespace
}  // namespace wardcast
