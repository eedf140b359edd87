// Backups of a running store, and putting one back.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "base/file.h"
#include "server/store/copies/restore.h"
#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class BackupContract : public StoreContract {
 protected:
  void SetUp() override {
    StoreContract::SetUp();
    if (IsSkipped() || GetParam() == Database::kSqlite) return;
    // A broker has a folder beside PostgreSQL too.
    config().data_dir = folder() / "data";
    Reopen();
  }
  std::filesystem::path File(const std::string& name = "copy.db") const { return folder() / name; }
};

TEST_P(BackupContract, IsMadeWhileEverythingGoesOnAndCanBePutBack) {
  const std::string kept = Publish("kept").stored.alert.id();
  std::atomic<bool> stop = false;
  std::atomic<int> failed = 0;
  std::atomic<int> written = 0;
  {
    std::jthread writer([&] {
      while (!stop) {
        store_->Change(Setting("meanwhile"), Seal()) ? ++written : ++failed;
      }
    });
    while (written < 5) std::this_thread::yield();
    const auto bytes = store_->Backup(File());
    ASSERT_TRUE(bytes) << bytes.error().message;
    EXPECT_EQ(*bytes, std::filesystem::file_size(File()));
    const int during = written;
    while (written < during + 5) std::this_thread::yield();
    stop = true;
  }
  EXPECT_EQ(failed, 0);
  struct stat status{};
  ASSERT_EQ(stat(File().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600u);
  EXPECT_FALSE(std::filesystem::exists(File("copy.db.part")));

  const LogIdentity before = store_->identity();
  const Sequence head = store_->Head()->sequence;
  const std::string lost = Publish("published after the backup").stored.alert.id();
  store_.reset();
  const auto restored = RestoreStore(config(), File(), kStart);
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(restored->log, before);
  EXPECT_EQ(restored->schema, SchemaVersion());
  EXPECT_GE(restored->sequence, 6);
  EXPECT_LT(restored->sequence, head);
  EXPECT_TRUE(std::filesystem::exists(restored->aside)) << restored->aside;
  Reopen();
  ExpectNoGaps(restored->sequence);
  EXPECT_TRUE(store_->LoadAlert(kept));
  EXPECT_EQ(store_->LoadAlert(lost).error().code, Code::kNotFound);
  // The next life begins by itself.
  EXPECT_NE(store_->suspicion(), "");
  const auto taken = store_->TakeGeneration(before.generation, kStart, Seal(), kStart);
  EXPECT_GT(taken->generation, before.generation);
  Reopen();
  EXPECT_EQ(store_->suspicion(), "");
}

TEST_P(BackupContract, NothingIsOverwritten) {
  std::ofstream(File()) << "mine";
  const auto refused = store_->Backup(File());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kAlreadyExists);
  EXPECT_EQ(ReadFile(File()).value_or(""), "mine");
  const auto nowhere = store_->Backup(folder() / "no such folder" / "copy.db");
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, Code::kUnavailable);
  EXPECT_THAT(nowhere.error().message, HasSubstr("no such folder"));
}

TEST_P(BackupContract, IsRefusedWhileABrokerHoldsTheStore) {
  ASSERT_TRUE(store_->Backup(File()));
  const auto refused = RestoreStore(config(), File(), kStart);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(refused.error().message, HasSubstr("in use by another broker"));
  if (GetParam() == Database::kSqlite) return;
  // Also one on another machine.
  StoreConfig elsewhere = config();
  elsewhere.data_dir = folder() / "elsewhere";
  const auto connected = RestoreStore(elsewhere, File(), kStart);
  ASSERT_FALSE(connected);
  EXPECT_EQ(connected.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(connected.error().message, HasSubstr("Stop all brokers"));
}

TEST_P(BackupContract, WhatIsNoBackupLeavesTheStoreAsItWas) {
  Publish("one");
  store_.reset();
  std::ofstream(File("text")) << std::string(10'000, 'x');
  std::ofstream(File("empty")) << "";
  for (const char* name : {"text", "empty", "missing"}) {
    const auto refused = RestoreStore(config(), File(name), kStart);
    ASSERT_FALSE(refused) << name;
    EXPECT_THAT(refused.error().message, HasSubstr(name));
    EXPECT_EQ(refused.error().code,
              std::string(name) == "missing" ? Code::kNotFound : Code::kInvalidArgument)
        << refused.error().message;
  }
  Reopen();
  ExpectNoGaps(1);
  EXPECT_EQ(store_->suspicion(), "");
}

TEST_P(BackupContract, ABackupOfANewerSchemaIsRefused) {
  if (GetParam() == Database::kSqlite) {
    ASSERT_TRUE(store_->Backup(File()));
    store_.reset();
    soci::session session(soci::sqlite3, "dbname=" + File().string());
    session << "UPDATE meta SET value = '9' WHERE name = 'schema'";
  } else {
    ASSERT_TRUE(
        Postgres().Run(config().postgresql, "UPDATE meta SET value = '9' WHERE name = 'schema'"));
    ASSERT_TRUE(store_->Backup(File()));
    store_.reset();
  }
  const auto refused = RestoreStore(config(), File(), kStart);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(refused.error().message, AllOf(HasSubstr("version 9"), HasSubstr("newer wardcastd")));
}

TEST_P(BackupContract, GoesIntoAnEmptyPlaceToo) {
  Publish("one");
  ASSERT_TRUE(store_->Backup(File()));
  store_.reset();
  StoreConfig other = config();
  other.data_dir = folder() / "other";
  if (GetParam() == Database::kPostgresql) other.postgresql = Postgres().NewDatabase();
  const auto restored = RestoreStore(other, File(), kStart);
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_TRUE(restored->aside.empty());
  const auto store = OpenStore(other, kStart);
  ASSERT_TRUE(store) << store.error().message;
  EXPECT_EQ((*store)->Head()->sequence, 1);
  EXPECT_NE((*store)->suspicion(), "");
}

// A copy of the whole file, as a snapshot of a machine would be.
TEST_P(BackupContract, ACopiedFileIsNoticed) {
  if (GetParam() == Database::kPostgresql) GTEST_SKIP() << "a file is what SQLite has";
  Publish("one");
  store_.reset();
  const auto file = config().data_dir / "wardcast.db";
  std::filesystem::copy_file(file, File());
  // The old inode stays taken, as it is for a copy on another machine.
  std::filesystem::rename(file, File("old.db"));
  std::filesystem::rename(File(), file);
  Reopen();
  EXPECT_THAT(store_->suspicion(), HasSubstr("another place"));
}

TEST_P(BackupContract, ADamagedBackupIsRefused) {
  if (GetParam() == Database::kPostgresql) GTEST_SKIP() << "pg_restore looks after its archives";
  DirectoryContent content;
  for (int i = 1000; i < 2000; ++i)
    content.wards.emplace_back().set_id("ward-" + std::to_string(i));
  ASSERT_TRUE(store_->ReplaceDirectory(content, std::nullopt, kStart));
  ASSERT_TRUE(store_->Backup(File()));
  store_.reset();
  const int fd = open(File().c_str(), O_WRONLY | O_CLOEXEC);
  const std::string garbage(4096, '\xa5');
  const auto pages = static_cast<off_t>(std::filesystem::file_size(File()) / 4096);
  for (off_t page = pages / 2; page < pages; ++page)
    ASSERT_EQ(pwrite(fd, garbage.data(), garbage.size(), page * 4096), 4096);
  close(fd);
  const auto refused = RestoreStore(config(), File(), kStart);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kDataLoss);
  EXPECT_THAT(refused.error().message, HasSubstr("damaged"));
  Reopen();
  ExpectNoGaps(1);
}

INSTANTIATE_TEST_SUITE_P(Databases, BackupContract,
                         ::testing::Values(Database::kSqlite, Database::kPostgresql),
                         [](const auto& param) {
                           return param.param == Database::kSqlite ? "Sqlite" : "Postgresql";
                         });

}  // namespace
}  // namespace wardcast
