// A hospital's map taken out of a broker and put back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "tests/programs/hospital.h"

namespace wardcast::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class MapOut : public ::testing::Test {
 protected:
  int Wardcast(std::vector<std::string> command) {
    command.insert(command.begin(), {"--broker", hospital_.broker(), "--token-file",
                                     (hospital_.folder() / "broker" / "admin.token").string()});
    return hospital_.Run("wardcast", command);
  }
  std::string Folder(const std::string& name) const { return (hospital_.folder() / name).string(); }
  std::string Said() const { return hospital_.Log("wardcast"); }
  // The number after each `"key":` of what was said.
  bool IsAlwaysZero(const std::string& key) const {
    const std::string said = Said();
    const std::string name = "\"" + key + "\":";
    for (auto at = said.find(name); at != std::string::npos; at = said.find(name, at + 1)) {
      const auto digit = said.find_first_of("0123456789", at);
      if (digit == std::string::npos || said[digit] != '0') return false;
    }
    return true;
  }
  std::map<std::string, std::string> FilesOf(const std::string& name) const {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::directory_iterator(hospital_.folder() / name))
      files[entry.path().filename().string()] = ReadFile(entry.path()).value_or("unreadable");
    return files;
  }

  Hospital hospital_{1};
};

// An administrator takes the map out, edits a ward in a spreadsheet, looks at what would change,
// and takes it over; a second look changes nothing.
TEST_F(MapOut, ComesBackTheSameAndOnlyWhatWasEditedChanges) {
  ASSERT_EQ(Wardcast({"import", WARDCAST_DEMO}), 0) << Said();
  ASSERT_EQ(Wardcast({"export", Folder("first")}), 0) << Said();
  const auto first = FilesOf("first");
  EXPECT_EQ(first.size(), 10u);
  EXPECT_EQ(fs::status(hospital_.folder() / "first" / "people.csv").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);

  // From the same folder again: nothing would change.
  ASSERT_EQ(Wardcast({"--output", "json", "import", "--dry-run", Folder("first")}), 0) << Said();
  for (const std::string key : {"added", "changed", "removed"})
    EXPECT_TRUE(IsAlwaysZero(key)) << key << Said();
  EXPECT_THAT(Said(), HasSubstr("\"unchanged\""));

  std::string wards = first.at("wards.csv");
  const auto at = wards.find("4 West");
  ASSERT_NE(at, std::string::npos);
  wards.replace(at, 6, "4 West (moved)");
  ASSERT_TRUE(WriteSecretFile(hospital_.folder() / "first" / "wards.csv", wards));
  ASSERT_EQ(Wardcast({"import", Folder("first")}), 0) << Said();
  ASSERT_EQ(Wardcast({"export", Folder("second")}), 0) << Said();
  EXPECT_EQ(FilesOf("second"), FilesOf("first"));
}

TEST_F(MapOut, NeverWritesOverWhatIsThereUnasked) {
  ASSERT_EQ(Wardcast({"export", Folder("out")}), 0) << Said();
  ASSERT_TRUE(WriteSecretFile(hospital_.folder() / "out" / "wards.csv", "mine"));
  EXPECT_EQ(Wardcast({"export", Folder("out")}), 2);
  EXPECT_THAT(Said(), HasSubstr("is there already: name another folder, or add --force"));
  EXPECT_EQ(FilesOf("out").at("wards.csv"), "mine");
  EXPECT_EQ(Wardcast({"export", "--force", Folder("out")}), 0) << Said();
  EXPECT_NE(FilesOf("out").at("wards.csv"), "mine");
}

TEST_F(MapOut, TheCommandLineSaysWhatThereIsToChooseFrom) {
  ASSERT_EQ(Wardcast({"import", WARDCAST_DEMO}), 0) << Said();
  ASSERT_EQ(Wardcast({"ward"}), 0) << Said();
  EXPECT_THAT(Said(), HasSubstr("4 West"));
  ASSERT_EQ(Wardcast({"service"}), 0) << Said();
  EXPECT_THAT(Said(), HasSubstr("lab-results"));
  ASSERT_EQ(Wardcast({"template"}), 0) << Said();
  EXPECT_THAT(Said(), HasSubstr("Looking into it"));
  ASSERT_EQ(Wardcast({"endpoint", "--ward", "4w", "--state", "never seen"}), 0) << Said();
  EXPECT_THAT(Said(), HasSubstr("4w-pc-"));
  ASSERT_EQ(Wardcast({"preview", "--service", "lab-results"}), 0) << Said();
  EXPECT_THAT(Said(), HasSubstr("the wards that depend on the services"));
}

}  // namespace
}  // namespace wardcast::testing
