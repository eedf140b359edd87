#include "base/file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>

namespace wardcast {
namespace {

class FileTest : public testing::Test {
 protected:
  FileTest() {
    std::string name = (std::filesystem::temp_directory_path() / "wardcast-file-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~FileTest() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(FileTest, SecretIsReadableByItsOwnerOnlyAndReplacedAsAWhole) {
  const auto path = folder_ / "admin.token";
  ASSERT_TRUE(WriteSecretFile(path, "one\n"));
  ASSERT_TRUE(WriteSecretFile(path, "two\n"));
  EXPECT_EQ(ReadFile(path).value(), "two\n");
  struct stat status{};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".new"));
}

TEST_F(FileTest, ErrorsNameThePath) {
  const auto missing = ReadFile(folder_ / "nothing");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Code::kNotFound);
  EXPECT_NE(missing.error().message.find("nothing"), std::string::npos);
  ASSERT_TRUE(WriteSecretFile(folder_ / "big", std::string(1000, 'x')));
  EXPECT_EQ(ReadFile(folder_ / "big", 100).error().code, Code::kInvalidArgument);
  EXPECT_FALSE(WriteSecretFile(folder_ / "no" / "folder", "x").has_value());
}

TEST_F(FileTest, FilesAndFoldersAreBroughtToTheDisk) {
  ASSERT_TRUE(WriteSecretFile(folder_ / "copy.db", "x"));
  EXPECT_EQ(SyncToDisk(folder_ / "copy.db"), 0);
  EXPECT_EQ(SyncToDisk(folder_), 0);
  EXPECT_EQ(SyncToDisk(folder_ / "nothing"), ENOENT);
}

}  // namespace
}  // namespace wardcast
