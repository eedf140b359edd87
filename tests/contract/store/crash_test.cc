#include <signal.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <random>
#include <set>
#include <thread>

#include "tests/contract/store/store_contract.h"
#include "tests/servers/child_process.h"

namespace wardcast {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct Ledger {
  std::vector<std::pair<std::string, Sequence>> alerts;
  std::set<int> receipts;
};

// Complete lines only: the last one may be half, since the writer was killed.
Ledger ReadLedger(const std::filesystem::path& path) {
  Ledger ledger;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line) && !file.eof();) {
    std::istringstream words(line);
    std::string kind;
    words >> kind;
    if (kind == "alert") {
      std::string id;
      Sequence version = 0;
      words >> id >> version;
      ledger.alerts.emplace_back(id, version);
    } else {
      int number = 0;
      words >> number;
      ledger.receipts.insert(number);
    }
  }
  return ledger;
}

TEST_P(StoreContract, AKilledWriterLosesNothingThatItWasTold) {
  constexpr int kKills = 6;
  const testing::TempFolder folder;
  const auto path = folder.path() / "ledger";
  const bool sqlite = GetParam() == Database::kSqlite;
  std::mt19937 random(std::random_device{}());
  store_.reset();
  for (int kill = 0; kill < kKills; ++kill) {
    const Ledger before = ReadLedger(path);
    const int next = before.receipts.empty() ? 0 : *before.receipts.rbegin() + 2;
    testing::ChildProcess writer(
        {WARDCAST_STORE_WRITER, path.string(), sqlite ? "sqlite" : "postgresql",
         sqlite ? config().data_dir.string() : config().postgresql, std::to_string(next)},
        folder.path() / "log");
    const auto deadline = std::chrono::steady_clock::now() + seconds(20);
    while (ReadLedger(path).alerts.size() <= before.alerts.size()) {
      ASSERT_TRUE(writer.Running()) << "the writer ended by itself";
      ASSERT_LT(std::chrono::steady_clock::now(), deadline);
      std::this_thread::sleep_for(milliseconds(1));
    }
    // Any moment will do, as long as nobody chose it.
    std::this_thread::sleep_for(milliseconds(std::uniform_int_distribution(0, 120)(random)));
    writer.Signal(SIGKILL);
    ASSERT_EQ(writer.Wait(seconds(10)), 128 + SIGKILL);
  }

  Reopen();
  const Ledger ledger = ReadLedger(path);
  ASSERT_GE(ledger.alerts.size(), static_cast<std::size_t>(kKills));
  for (const auto& [id, version] : ledger.alerts) {
    const auto versions = store_->LoadVersions(id);
    ASSERT_TRUE(versions) << versions.error().message;
    EXPECT_TRUE(
        std::any_of(versions->begin(), versions->end(),
                    [&](const StoredAlert& stored) { return stored.alert.version() == version; }))
        << id << " " << version;
  }
  const auto head = store_->Head();
  ASSERT_TRUE(head);
  ExpectNoGaps(head->sequence);
  const auto log = store_->ReadLog(0, 1'000'000);
  for (const LogEntry& entry : *log)
    EXPECT_TRUE(store_->LoadAlert(entry.alert_id)) << entry.sequence;

  // Every receipt is counted once: telling all of them again adds only those that were never
  // committed.
  const int last = ledger.receipts.empty() ? 0 : *ledger.receipts.rbegin() + 2;
  JournalBatch again{.receipts = {}, .answers = {}, .now = kStart, .broker_id = "writer"};
  const int counted = store_->LoadCounts("A", 1)->front().displayed;
  EXPECT_GE(counted, static_cast<int>(ledger.receipts.size()));
  for (int i = 0; i < last; ++i) {
    again.receipts.push_back({.alert_id = "A",
                              .round = 1,
                              .endpoint_id = "pc" + std::to_string(i),
                              .ward_id = "4w",
                              .kind = v1::Receipt::Kind::DISPLAYED});
  }
  ASSERT_TRUE(store_->Record(again));
  EXPECT_EQ(store_->LoadCounts("A", 1)->front().displayed, last);
  EXPECT_EQ(store_->LoadCounts("A", 1)->front().delivered, last);
}

}  // namespace
}  // namespace wardcast
