// Full disks, files that cannot be written, servers that are not the right one.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "base/file.h"
#include "tests/contract/store/plain_alert.h"
#include "tests/contract/store/store_contract.h"
#include "tests/servers/child_process.h"
#include "tests/servers/full_disk.h"

namespace wardcast {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class FullDisk : public ::testing::Test {
 protected:
  void TearDown() override { testing::SetDiskFull(false); }
  std::filesystem::path data() const { return folder_.path() / "data"; }
  testing::TempFolder folder_;
};

TEST_F(FullDisk, PublishingIsRefusedReadingGoesOnAndItRecoversByItself) {
  auto opened = OpenStore({.data_dir = data()}, kStart);
  ASSERT_TRUE(opened) << opened.error().message;
  Store& store = **opened;
  const auto before = PublishOn(store);
  ASSERT_TRUE(before) << before.error().message;
  EXPECT_TRUE(store.Writes().ok);
  testing::SetDiskFull(true);
  for (int i = 0; i < 3; ++i) {
    const auto refused = PublishOn(store);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::kResourceExhausted) << refused.error().message;
    EXPECT_THAT(refused.error().message, AllOf(HasSubstr("disk is full"), HasSubstr("Free space")));
  }
  EXPECT_TRUE(store.LoadAlert(before->stored.alert.id()));
  EXPECT_EQ(store.Head()->sequence, 1);
  EXPECT_FALSE(store.Writes().ok) << "reading proves nothing";
  EXPECT_THAT(store.Writes().detail,
              AllOf(HasSubstr("nothing can be written"), HasSubstr("disk is full")));
  testing::SetDiskFull(false);
  const auto after = PublishOn(store);
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_EQ(after->stored.alert.version(), 2);  // the refused ones left no gap
  EXPECT_TRUE(store.Writes().ok);
  EXPECT_THAT(store.Writes().detail, IsEmpty());
}

TEST_F(FullDisk, ABackupThatDoesNotFitLeavesNothing) {
  const auto store = OpenStore({.data_dir = data()}, kStart);
  ASSERT_TRUE(store);
  ASSERT_TRUE(PublishOn(**store));
  testing::SetDiskFull(true);
  const auto refused = (*store)->Backup(folder_.path() / "wardcast.db.copy");
  testing::SetDiskFull(false);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kResourceExhausted) << refused.error().message;
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "wardcast.db.copy"));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "wardcast.db.copy.part"));
  EXPECT_TRUE((*store)->Backup(folder_.path() / "wardcast.db.copy"));
}

class BadFile : public FullDisk {};

TEST_F(BadFile, ADatabaseThatCannotBeWrittenSaysSo) {
  ASSERT_TRUE(OpenStore({.data_dir = data()}, kStart));
  std::filesystem::permissions(folder_.path(), std::filesystem::perms(0755));
  std::filesystem::permissions(data(), std::filesystem::perms(0777));
  std::filesystem::permissions(data() / "broker.lock", std::filesystem::perms(0666));
  std::filesystem::permissions(data() / "wardcast.db", std::filesystem::perms(0444));
  // Root may write everywhere, so another user has to try.
  std::vector<std::string> command{WARDCAST_STORE_WRITER, "/dev/null", "sqlite", data().string(),
                                   "0"};
  if (getuid() == 0) {
    command.insert(command.begin(),
                   {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"});
  }
  const auto log = folder_.path() / "log";
  const int status = testing::RunProgram(command, log, seconds(60));
  const std::string said = ReadFile(log).value_or("");
  if (status > 1) GTEST_SKIP() << "no other user can run the writer here: " << said;
  EXPECT_EQ(status, 1);
  EXPECT_THAT(said, AllOf(HasSubstr("wardcast.db"), HasSubstr("read-only")));
}

TEST_F(BadFile, ADamagedDatabaseNamesTheNewestBackup) {
  {
    auto store = OpenStore({.data_dir = data()}, kStart);
    ASSERT_TRUE(store);
    std::filesystem::create_directory(data() / "backups");
    ASSERT_TRUE((*store)->Backup(data() / "backups" / "older.db"));
    ASSERT_TRUE((*store)->Backup(data() / "backups" / "newest.db"));
    std::filesystem::last_write_time(
        data() / "backups" / "older.db",
        std::filesystem::last_write_time(data() / "backups" / "newest.db") - seconds(60));
    std::ofstream(data() / "backups" / "notes.txt") << "no backup";
  }
  std::filesystem::resize_file(data() / "wardcast.db", 0);
  std::ofstream(data() / "wardcast.db") << std::string(10'000, 'x');
  const auto refused = OpenStore({.data_dir = data()}, kStart);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kDataLoss);
  EXPECT_THAT(refused.error().message,
              HasSubstr("--restore " + (data() / "backups" / "newest.db").string()));
}

class PostgresqlHosts : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const std::string reason = testing::TempPostgres::WhyNot(); !reason.empty())
      GTEST_SKIP() << reason;
    for (auto& server : servers_) {
      server = std::make_unique<testing::TempPostgres>();
      conninfos_.push_back(server->NewDatabase());
    }
  }
  // The folder of a server's socket.
  std::string Host(std::size_t i) const {
    return conninfos_[i].substr(5, conninfos_[i].find(' ') - 5);
  }
  std::string Both() const {
    return "host=" + Host(0) + "," + Host(1) + " user=postgres dbname=test1";
  }

  std::unique_ptr<testing::TempPostgres> servers_[2];
  std::vector<std::string> conninfos_;
};

TEST_F(PostgresqlHosts, TheFirstHostIsNotThere) {
  const StoreConfig config{.postgresql =
                               "host=/nonexistent," + Host(1) + " user=postgres dbname=test1"};
  const auto store = OpenStore(config, kStart);
  ASSERT_TRUE(store) << store.error().message;
  EXPECT_TRUE(PublishOn(**store));
}

TEST_F(PostgresqlHosts, TheFirstHostTakesNoWritesAsAStandbyDoesNot) {
  ASSERT_TRUE(
      servers_[0]->Run(conninfos_[0], "ALTER SYSTEM SET default_transaction_read_only = on"));
  ASSERT_TRUE(servers_[0]->Run(conninfos_[0], "SELECT pg_reload_conf()"));
  const auto store = OpenStore({.postgresql = Both()}, kStart);
  ASSERT_TRUE(store) << store.error().message;
  ASSERT_TRUE(PublishOn(**store));
  // It is the second one that has it.
  const auto second = OpenStore({.postgresql = conninfos_[1]}, kStart);
  EXPECT_EQ((*second)->Head()->sequence, 1);
}

// Named bug: a broker that froze in the middle of a change held up the publishing of all others.
TEST_F(PostgresqlHosts, ABrokerThatFreezesInAChangeHoldsUpTheOthersForItsTimeoutOnly) {
  auto frozen = OpenStore({.postgresql = conninfos_[0], .timeout = milliseconds(2000)}, kStart);
  auto other = OpenStore({.postgresql = conninfos_[0], .timeout = milliseconds(2900)}, kStart);
  ASSERT_TRUE(frozen);
  ASSERT_TRUE(other);
  std::atomic<bool> holds = false;
  std::atomic<bool> published = false;
  Result<AlertChanged> lost;
  std::jthread broker([&] {
    lost = PublishOn(**frozen, [&](const v1::Alert& alert) {
      holds = true;
      const auto deadline = std::chrono::steady_clock::now() + seconds(20);
      while (!published && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(milliseconds(5));
      }
      return Unsigned(alert);
    });
  });
  while (!holds) std::this_thread::yield();
  const auto through = PublishOn(**other);
  published = true;
  broker.join();
  EXPECT_TRUE(through) << through.error().message;
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, Code::kUnavailable) << lost.error().message;
  EXPECT_EQ((*other)->Head()->sequence, 1);
}

// A password must not be where everybody on the machine can read it.
TEST_F(PostgresqlHosts, ABackupKeepsThePasswordOffTheCommandLine) {
  testing::TempFolder folder;
  const auto tool = folder.path() / "pg_dump";
  std::ofstream(tool) << "#!/bin/sh\n"
                         "echo \"$@\" > "
                      << (folder.path() / "arguments").string() << "\n"
                      << "echo \"$PGPASSWORD\" > " << (folder.path() / "password").string() << "\n";
  std::filesystem::permissions(tool, std::filesystem::perms(0755));
  const std::string path = std::getenv("PATH");
  const auto store = OpenStore({.postgresql = conninfos_[0] + " password='ge heim\\'s'"}, kStart);
  ASSERT_TRUE(store) << store.error().message;
  setenv("PATH", (folder.path().string() + ":" + path).c_str(), 1);
  const auto made = (*store)->Backup(folder.path() / "copy.dump");
  setenv("PATH", "/nonexistent", 1);
  const auto missing = (*store)->Backup(folder.path() / "other.dump");
  setenv("PATH", path.c_str(), 1);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(ReadFile(folder.path() / "password").value_or(""), "ge heim's\n");
  const std::string arguments = ReadFile(folder.path() / "arguments").value_or("");
  EXPECT_THAT(arguments, ::testing::Not(HasSubstr("heim")));
  EXPECT_THAT(arguments, AllOf(HasSubstr("dbname='test1'"), HasSubstr("read-write")));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(missing.error().message, HasSubstr("postgresql-client"));
}

}  // namespace
}  // namespace wardcast
