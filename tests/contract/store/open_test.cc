#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "base/file.h"
#include "server/store/open_store.h"
#include "tests/contract/store/store_contract.h"
#include "tests/servers/child_process.h"

namespace wardcast {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST_P(StoreContract, ANewerSchemaIsRefusedAndLeftAlone) {
  Publish("one");
  Tamper("UPDATE meta SET value = '9' WHERE name = 'schema'");
  const auto refused = OpenStore(config(), kStart);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(refused.error().message,
              AllOf(HasSubstr("version 9"), HasSubstr("up to " + std::to_string(SchemaVersion())),
                    HasSubstr("newer wardcastd")));
  // With the right version it opens again, and everything is there.
  Tamper("UPDATE meta SET value = '" + std::to_string(SchemaVersion()) + "' WHERE name = 'schema'");
  Reopen();
  ExpectNoGaps(1);
}

TEST_P(StoreContract, DamagedRecordsAreDataLoss) {
  const std::string id = Publish("one").stored.alert.id();
  Tamper("UPDATE alert SET payload = '!!!'");
  Reopen();
  EXPECT_EQ(store_->LoadAlert(id).error().code, Code::kDataLoss);
  EXPECT_EQ(store_->LoadCurrent(kStart).error().code, Code::kDataLoss);
  EXPECT_EQ(store_->LoadVersions(id)->size(), 1u);  // the history is not
}

class DataFolder : public ::testing::Test {
 protected:
  std::filesystem::path folder() const { return folder_.path() / "data"; }
  Result<std::unique_ptr<Store>> Open() { return OpenStore({.data_dir = folder()}, kStart); }
  static mode_t Mode(const std::filesystem::path& path) {
    struct stat status{};
    return stat(path.c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
  }

  testing::TempFolder folder_;
};

TEST_F(DataFolder, IsPrivate) {
  const auto store = Open();
  ASSERT_TRUE(store) << store.error().message;
  EXPECT_EQ(Mode(folder()), 0700u);
  for (const char* name : {"wardcast.db", "wardcast.db-wal", "wardcast.db-shm", "broker.lock"}) {
    EXPECT_EQ(Mode(folder() / name), 0600u) << name;
  }
}

TEST_F(DataFolder, ASecondBrokerIsRefused) {
  auto first = Open();
  ASSERT_TRUE(first);
  const auto second = Open();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(second.error().message,
              AllOf(HasSubstr(folder().string()), HasSubstr("process " + std::to_string(getpid())),
                    HasSubstr("--data-dir")));
  first->reset();
  EXPECT_TRUE(Open());
}

// Named bug: opening one more connection ended SQLite's locks on the file, so that a `sqlite3`
// beside the broker took itself for the last user and removed the log that the broker was writing.
TEST_F(DataFolder, LocksOfTheDatabaseSurviveAnotherConnection) {
  const auto store = Open();
  ASSERT_TRUE(store);
  ASSERT_TRUE((*store)->Head());  // opens a connection for reading beside the one for writing
  const auto locks = ReadFile("/proc/locks");
  ASSERT_TRUE(locks);
  struct stat status{};
  ASSERT_EQ(stat((folder() / "wardcast.db").c_str(), &status), 0);
  const std::string inode = ":" + std::to_string(status.st_ino) + " ";
  EXPECT_THAT(*locks, HasSubstr(inode));
}

TEST_F(DataFolder, APathThatIsNoFolderIsNamed) {
  std::ofstream(folder_.path() / "file") << "x";
  for (const auto& path : {folder_.path() / "file", folder_.path() / "file" / "data",
                           std::filesystem::path("/proc/wardcast")}) {
    const auto refused = OpenStore({.data_dir = path}, kStart);
    ASSERT_FALSE(refused) << path;
    EXPECT_EQ(refused.error().code, Code::kUnavailable);
    EXPECT_THAT(refused.error().message,
                AllOf(HasSubstr(path.parent_path().string()), HasSubstr("--data-dir")));
  }
}

TEST_F(DataFolder, AFolderThatCannotBeWrittenIsNamed) {
  std::filesystem::create_directory(folder());
  std::filesystem::permissions(folder_.path(), std::filesystem::perms(0755));
  std::filesystem::permissions(folder(), std::filesystem::perms(0555));
  // Root may write everywhere, so another user has to try.
  std::vector<std::string> command{WARDCAST_STORE_WRITER, "/dev/null", "sqlite", folder().string(),
                                   "0"};
  if (getuid() == 0) {
    command.insert(command.begin(),
                   {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"});
  }
  const auto log = folder_.path() / "log";
  const int status = testing::RunProgram(command, log, std::chrono::seconds(60));
  std::filesystem::permissions(folder(), std::filesystem::perms(0755));
  const std::string said = ReadFile(log).value_or("");
  if (status > 1) GTEST_SKIP() << "no other user can run the writer here: " << said;
  EXPECT_EQ(status, 1);
  EXPECT_THAT(said, AllOf(HasSubstr(folder().string()), HasSubstr("Permission denied"),
                          HasSubstr("--data-dir")));
}

TEST_F(DataFolder, AFileThatIsNoDatabaseIsRefusedAndKept) {
  std::filesystem::create_directory(folder());
  std::ofstream(folder() / "wardcast.db") << std::string(10'000, 'x');
  const auto refused = Open();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kDataLoss);
  EXPECT_THAT(refused.error().message, AllOf(HasSubstr("wardcast.db"), HasSubstr("backup")));
  EXPECT_EQ(std::filesystem::file_size(folder() / "wardcast.db"), 10'000u);
}

// Enough for pages in the middle of the file.
DirectoryContent ManyWards() {
  DirectoryContent content;
  for (int i = 1000; i < 2000; ++i)
    content.wards.emplace_back().set_id("ward-" + std::to_string(i));
  return content;
}

TEST_F(DataFolder, ADamagedPageIsRefused) {
  {
    auto store = Open();
    ASSERT_TRUE(store);
    ASSERT_TRUE((*store)->ReplaceDirectory(ManyWards(), std::nullopt, kStart));
  }
  const auto file = folder() / "wardcast.db";
  const int fd = open(file.c_str(), O_WRONLY | O_CLOEXEC);
  const std::string garbage(4096, '\xa5');
  const auto pages = static_cast<off_t>(std::filesystem::file_size(file) / 4096);
  ASSERT_GT(pages, 20);
  for (off_t page = pages / 2; page < pages; ++page) {
    ASSERT_EQ(pwrite(fd, garbage.data(), garbage.size(), page * 4096), 4096);
  }
  close(fd);
  const auto refused = Open();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kDataLoss);
  EXPECT_THAT(refused.error().message, AllOf(HasSubstr("wardcast.db"), HasSubstr("damaged")));
}

TEST_F(DataFolder, DamageThatAppearsLaterIsDataLoss) {
  auto store = Open();
  ASSERT_TRUE(store);
  ASSERT_TRUE((*store)->ReplaceDirectory(ManyWards(), std::nullopt, kStart));
  // Neither file makes sense any more, and the pages are not in a cache yet.
  for (const char* name : {"wardcast.db", "wardcast.db-wal"}) {
    const auto file = folder() / name;
    const auto size = static_cast<std::size_t>(std::filesystem::file_size(file));
    const int fd = open(file.c_str(), O_WRONLY | O_CLOEXEC);
    const std::string garbage(size - std::min<std::size_t>(size, 8192), '\xa5');
    ASSERT_EQ(pwrite(fd, garbage.data(), garbage.size(), 8192),
              static_cast<ssize_t>(garbage.size()));
    close(fd);
  }
  const auto loaded = (*store)->LoadDirectory();
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, Code::kDataLoss);
}

// The broker's keys are in the folder even where the database is not.
TEST_F(DataFolder, IsMadeBesidePostgresqlToo) {
  const std::string nowhere = "host=" + folder_.path().string() + " dbname=wardcast";
  ASSERT_FALSE(OpenStore({.data_dir = folder(), .postgresql = nowhere}, kStart));
  EXPECT_EQ(Mode(folder()), 0700u);
  EXPECT_EQ(Mode(folder() / "broker.lock"), 0600u);
}

TEST(OpenPostgresql, AServerThatIsNotThereIsUnavailable) {
  const auto refused =
      OpenStore({.postgresql = "host=/nonexistent dbname=wardcast password=geheim"}, kStart);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kUnavailable);
  EXPECT_THAT(refused.error().message, HasSubstr("store.postgresql"));
  EXPECT_THAT(refused.error().message, ::testing::Not(HasSubstr("geheim")));
}

}  // namespace
}  // namespace wardcast
