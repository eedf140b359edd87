// A page of the broker's database is damaged: it refuses to start on it, and says what to do. What
// it says is done, and the hospital is served again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/programs/hospital.h"
#include "tests/programs/keen_pc.h"

namespace wardcast::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

TEST(DamagedDatabase, TheBrokerRefusesToStartAndNamesTheBackupThatHelps) {
  Hospital hospital(200);
  const fs::path data = hospital.folder() / "broker";
  const auto kept = hospital.Publish("Lab results are not reaching the EHR");
  ASSERT_TRUE(kept) << kept.error().message;
  // 02:00 the nightly backup; its name is made from the time.
  ASSERT_EQ(hospital.Run("wardcast", {"admin", "backup", "--data-dir", data}), 0)
      << hospital.Log("wardcast");
  ASSERT_FALSE(fs::is_empty(data / "backups"));
  const fs::path backup = fs::directory_iterator(data / "backups")->path();
  ASSERT_TRUE(hospital.StopBroker()) << hospital.Log("broker");

  // 14:07 the disk has written something else over pages in the middle of the file.
  const fs::path database = data / "wardcast.db";
  const auto size = fs::file_size(database);
  ASSERT_GT(size, 20u * 4096);
  {
    std::fstream file(database, std::ios::in | std::ios::out | std::ios::binary);
    for (std::uintmax_t page = 5; page < size / 4096; page += 3) {
      file.seekp(static_cast<std::streamoff>(page * 4096));
      file << std::string(512, 'x');
    }
  }
  // 14:08 the broker is started.
  const std::string before = hospital.Log("wardcastd");
  EXPECT_NE(hospital.Run("wardcastd", {"--data-dir", data, "--grpc-listen", "127.0.0.1:0",
                                       "--http-listen", "127.0.0.1:0", "--insecure-loopback"}),
            0);
  const std::string said = hospital.Log("wardcastd").substr(before.size());
  EXPECT_THAT(said, HasSubstr("damaged"));
  EXPECT_THAT(said, HasSubstr("--restore " + backup.string()));

  // 14:10 the administrator does what it says.
  ASSERT_EQ(hospital.Run("wardcastd", {"--restore", backup, "--data-dir", data}), 0)
      << hospital.Log("wardcastd");
  hospital.StartBroker();
  KeenPc pc("icu-pc-01", "icu", hospital.broker());
  EXPECT_TRUE(Eventually([&] { return pc.ledger().held.contains(*kept); }));
}

}  // namespace
}  // namespace wardcast::testing
