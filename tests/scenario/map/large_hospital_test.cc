// A large hospital, by the command line alone: 2,000 wards and 50,000 endpoints.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/file.h"
#include "tests/programs/hospital.h"
#include "tests/unit/server/directory/large_hospital.h"

namespace wardcast::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

class LargeHospitalByHand : public ::testing::Test {
 protected:
  // What the command line printed.
  std::string Wardcast(std::vector<std::string> command) {
    command.insert(command.begin(),
                   {"--broker", hospital_.broker(), "--token-file",
                    (hospital_.folder() / "broker" / "admin.token").string(), "--timeout", "120"});
    const std::string before = hospital_.Log("wardcast");
    const int status = hospital_.Run("wardcast", command);
    const std::string said = hospital_.Log("wardcast").substr(before.size());
    EXPECT_EQ(status, 0) << said;
    return said;
  }
  std::string Folder(const std::string& name) const { return (hospital_.folder() / name).string(); }
  Files FilesOf(const std::string& name) const {
    Files files;
    for (const auto& entry : fs::directory_iterator(hospital_.folder() / name))
      files[entry.path().filename().string()] = ReadFile(entry.path()).value_or("unreadable");
    return files;
  }
  void Write(const std::string& name, const Files& files) const {
    fs::create_directory(hospital_.folder() / name);
    for (const auto& [file, content] : files)
      ASSERT_TRUE(WriteSecretFile(hospital_.folder() / name / file, content)) << file;
  }

  Hospital hospital_{1};
};

// A hospital group moves in: its map comes from the asset system, a look at it first. Then a ward
// is renamed, a PC comes and one goes. What is exported brings the same again, and against the
// asset system's files exactly those three differ.
TEST_F(LargeHospitalByHand, IsImportedChangedExportedAndImportedAgain) {
  const Files written = LargeHospital();
  Write("assets", written);

  EXPECT_THAT(Wardcast({"import", "--dry-run", Folder("assets")}),
              HasSubstr("Dry run: nothing was changed."));
  EXPECT_THAT(Wardcast({"import", Folder("assets")}), ContainsRegex("endpoints.csv +50000 "));

  EXPECT_THAT(Wardcast({"ward", "set", "w-1234", "--name", "Ward \"twelve\", west"}),
              ContainsRegex("wards.csv +0 +1 +0 +1999"));
  EXPECT_THAT(Wardcast({"endpoint", "set", "new-01", "--ward", "w-1234"}),
              ContainsRegex("endpoints.csv +1 +0 +0 +50000"));
  EXPECT_THAT(Wardcast({"endpoint", "remove", "pc-49999"}),
              ContainsRegex("endpoints.csv +0 +0 +1 +50000"));

  Wardcast({"export", Folder("first")});
  const std::string again = Wardcast({"import", Folder("first")});
  EXPECT_THAT(again, ContainsRegex("wards.csv +0 +0 +0 +2000"));
  EXPECT_THAT(again, ContainsRegex("endpoints.csv +0 +0 +0 +50000"));
  Wardcast({"export", Folder("second")});
  EXPECT_EQ(FilesOf("second"), FilesOf("first"));

  const std::string back = Wardcast({"import", "--dry-run", Folder("assets")});
  EXPECT_THAT(back, ContainsRegex("wards.csv +0 +1 +0 +1999"));
  EXPECT_THAT(back, ContainsRegex("endpoints.csv +1 +0 +1 +49999"));

  // And it is there to send to.
  EXPECT_THAT(Wardcast({"preview", "--kind", "outage", "--service", "fax"}),
              HasSubstr("667 wards"));
}

}  // namespace
}  // namespace wardcast::testing
