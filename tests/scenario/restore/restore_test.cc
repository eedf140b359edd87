// Incidents of databases: restored, copied, rolled back. With the real programs; endpoints recover
// by the new generation, and nobody has to tell them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "tests/programs/hospital.h"
#include "tests/programs/keen_pc.h"

namespace wardcast::testing {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Restore : public ::testing::Test {
 protected:
  using Open = std::map<std::string, std::int64_t>;  // alert → generation

  Open OpenAt(KeenPc& pc) {
    Open open;
    for (const auto& [id, alert] : pc.ledger().held) {
      if (alert.state() != v1::State::CLOSED) open[id] = alert.generation();
    }
    return open;
  }
  // Everything that it holds as open is this, all of this generation.
  bool Holds(KeenPc& pc, std::vector<std::string> ids, std::int64_t generation) {
    Open wanted;
    for (const std::string& id : ids) wanted[id] = generation;
    return Eventually([&] { return pc.settled() && OpenAt(pc) == wanted; }, 60s);
  }
  std::string PublishOne(const std::string& headline) {
    const auto id = hospital_.Publish(headline);
    if (!id) throw std::runtime_error(id.error().message);
    return *id;
  }
  int Answers(const std::string& alert, const std::string& ward) {
    const v1::AlertProgress progress = hospital_.Progress(alert);
    for (const v1::WardProgress& one : progress.by_ward()) {
      if (one.ward_id() == ward) return one.answers_size();
    }
    return 0;
  }
  int AgentEvents(const std::string& event, const std::string& alert, const std::string& detail) {
    const auto ledger = hospital_.Ledger("4w-pc-01");
    return static_cast<int>(std::ranges::count_if(ledger, [&](const LedgerLine& line) {
      return line.event == event && line.alert == alert && line.state == detail;
    }));
  }
  // What the broker says of the store's history; empty: nothing.
  std::string HistoryTrouble() {
    const v1::GetHealthResponse health = hospital_.Health();
    for (const v1::PartHealth& part : health.parts()) {
      if (part.part() == "store history" && !part.ok()) return part.detail();
    }
    return "";
  }
  fs::path Database() const { return hospital_.folder() / "broker" / "wardcast.db"; }

  Hospital hospital_{1};
};

// 14:00 a backup while everything goes on. 14:10 to 14:30 the day continues. 14:31 the disk fails,
// and the backup is all there is.
TEST_F(Restore, ABackupMadeWhileEverythingGoesOnIsPutBack) {
  const auto agent = hospital_.StartAgent("4w-pc-01", {"--auto-acknowledge", "PROCEDURE_STARTED"});
  KeenPc pc("icu-pc-01", "icu", hospital_.broker());
  const std::string kept = PublishOne("Lab results are not reaching the EHR");
  const std::int64_t life = hospital_.Version().generation();
  ASSERT_TRUE(Holds(pc, {kept}, life));
  const fs::path backup = hospital_.folder() / "backup.db";
  ASSERT_EQ(hospital_.Run("wardcast", {"admin", "backup", "--output", backup, "--data-dir",
                                       hospital_.folder() / "broker"}),
            0)
      << hospital_.Log("wardcast");
  // What the backup knows nothing of: more notices, more numbers, answers that were confirmed.
  std::vector<std::string> lost;
  lost.reserve(5);
  for (int i = 0; i < 5; ++i) lost.push_back(PublishOne("Later notice " + std::to_string(i)));
  std::vector<std::string> all = lost;
  all.push_back(kept);
  ASSERT_TRUE(Holds(pc, all, life));
  ASSERT_TRUE(Eventually([&] { return Answers(lost[4], "4w") == 1; }));

  ASSERT_TRUE(hospital_.StopBroker()) << hospital_.Log("broker");
  ASSERT_EQ(hospital_.Run("wardcastd",
                          {"--restore", backup, "--data-dir", hospital_.folder() / "broker"}),
            0)
      << hospital_.Log("wardcastd");
  hospital_.StartBroker();
  const std::int64_t now = hospital_.Version().generation();
  EXPECT_GT(now, life);
  EXPECT_THAT(HistoryTrouble(), ::testing::Not(IsEmpty())) << "a person must know";

  // Nobody is refused for having seen more than the backup knows. What it does not know goes; what
  // it knows stays, in the new life; attention is not called for it again.
  EXPECT_TRUE(Holds(pc, {kept}, now)) << hospital_.Log("broker");
  EXPECT_TRUE(Eventually([&] {
    return std::ranges::all_of(lost, [&](const auto& id) {
      return std::ranges::any_of(hospital_.Ledger("4w-pc-01"), [&](const LedgerLine& line) {
        return line.event == "removed" && line.alert == id;
      });
    });
  })) << hospital_.Log("4w-pc-01");
  EXPECT_EQ(AgentEvents("call", kept, "open"), 1);
  EXPECT_TRUE(Eventually([&] { return Answers(kept, "4w") == 1; }));
  EXPECT_TRUE(Eventually([&] { return Answers(kept, "icu") == 1; }));
  // The next notice goes to everybody, and is answered.
  const std::string next = PublishOne("Phones are down");
  EXPECT_TRUE(Holds(pc, {kept, next}, now));
  EXPECT_TRUE(Eventually([&] { return Answers(next, "4w") == 1; }));
}

// An answer was confirmed after the backup; the restored broker does not know it, and is told
// again.
TEST_F(Restore, AnAnswerThatTheBackupDoesNotKnowIsReportedAgain) {
  const std::string alert = PublishOne("Lab results are not reaching the EHR");
  const fs::path backup = hospital_.folder() / "backup.db";
  ASSERT_EQ(hospital_.Run("wardcast", {"admin", "backup", "--output", backup, "--data-dir",
                                       hospital_.folder() / "broker"}),
            0)
      << hospital_.Log("wardcast");
  const auto agent = hospital_.StartAgent("4w-pc-01", {"--auto-acknowledge", "PROCEDURE_STARTED"});
  ASSERT_TRUE(Eventually([&] { return Answers(alert, "4w") == 1; }));
  ASSERT_TRUE(Eventually([&] { return hospital_.Progress(alert).displayed() == 1; }));
  ASSERT_TRUE(hospital_.StopBroker());
  ASSERT_EQ(hospital_.Run("wardcastd",
                          {"--restore", backup, "--data-dir", hospital_.folder() / "broker"}),
            0)
      << hospital_.Log("wardcastd");
  hospital_.StartBroker();
  EXPECT_TRUE(Eventually([&] { return Answers(alert, "4w") == 1; })) << hospital_.Log("4w-pc-01");
  EXPECT_TRUE(Eventually([&] { return hospital_.Progress(alert).displayed() == 1; }));
  EXPECT_EQ(AgentEvents("call", alert, "open"), 1);
}

// Somebody copies the data folder, and starts the copy: the same log must not live twice.
TEST_F(Restore, ACopiedDatabaseIsNoticedWithoutBeingTold) {
  KeenPc pc("icu-pc-01", "icu", hospital_.broker());
  const std::string alert = PublishOne("Lab results are not reaching the EHR");
  const std::int64_t life = hospital_.Version().generation();
  ASSERT_TRUE(Holds(pc, {alert}, life));
  ASSERT_TRUE(hospital_.StopBroker());
  const fs::path folder = hospital_.folder() / "broker";
  fs::copy(folder, hospital_.folder() / "copy", fs::copy_options::recursive);
  fs::rename(folder, hospital_.folder() / "original");
  fs::rename(hospital_.folder() / "copy", folder);
  hospital_.StartBroker();
  const std::int64_t now = hospital_.Version().generation();
  EXPECT_GT(now, life);
  EXPECT_THAT(HistoryTrouble(), ::testing::Not(IsEmpty()));
  EXPECT_TRUE(Holds(pc, {alert}, now)) << hospital_.Log("broker");
  // A second start of the same file is no copy.
  ASSERT_TRUE(hospital_.StopBroker());
  hospital_.StartBroker();
  EXPECT_EQ(hospital_.Version().generation(), now);
  EXPECT_THAT(HistoryTrouble(), IsEmpty());
}

// The storage takes the file back to an earlier moment, in its place.
TEST_F(Restore, ARolledBackDatabaseIsNoticedWithoutBeingTold) {
  KeenPc pc("icu-pc-01", "icu", hospital_.broker());
  const std::string kept = PublishOne("Lab results are not reaching the EHR");
  const std::int64_t life = hospital_.Version().generation();
  ASSERT_TRUE(Holds(pc, {kept}, life));
  ASSERT_TRUE(hospital_.StopBroker());
  const fs::path snapshot = hospital_.folder() / "snapshot.db";
  fs::copy_file(Database(), snapshot);
  hospital_.StartBroker();
  const std::string lost = PublishOne("PACS is down");
  const std::string lost_too = PublishOne("Phones are down");
  ASSERT_TRUE(Holds(pc, {kept, lost, lost_too}, life));
  // The broker writes down how far it is within seconds.
  const fs::path witness = hospital_.folder() / "broker" / "store.witness";
  const auto before = fs::exists(witness) ? fs::last_write_time(witness) : fs::file_time_type();
  Eventually([&] { return fs::exists(witness) && fs::last_write_time(witness) != before; }, 7s);
  ASSERT_TRUE(hospital_.StopBroker());
  {
    std::ifstream from(snapshot, std::ios::binary);
    std::ofstream to(Database(), std::ios::binary | std::ios::trunc);  // the same file
    to << from.rdbuf();
  }
  for (const char* suffix : {"-wal", "-shm"}) fs::remove(Database().string() + suffix);
  hospital_.StartBroker();
  const std::int64_t now = hospital_.Version().generation();
  EXPECT_GT(now, life);
  EXPECT_THAT(HistoryTrouble(), HasSubstr("history"));
  EXPECT_TRUE(Holds(pc, {kept}, now)) << hospital_.Log("broker");
  const std::string next = PublishOne("Orders are slow");
  EXPECT_TRUE(Holds(pc, {kept, next}, now));
}

}  // namespace
}  // namespace wardcast::testing
