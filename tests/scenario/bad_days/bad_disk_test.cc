// The broker's disk is full, or read-only from one moment to the next: publishing is refused and
// says why, what runs goes on, and everything recovers by itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/programs/hospital.h"
#include "tests/programs/keen_pc.h"

namespace wardcast::testing {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Trouble {
  const char* name;
  int error;
  const char* words;  // of what the publisher is told
};

class BadDisk : public ::testing::TestWithParam<Trouble> {
 protected:
  void SetUp() override {
#ifdef BAD_DISK
    hospital_.SetBrokerEnvironment({"LD_PRELOAD=" BAD_DISK, "BAD_DISK_SWITCH=" + switch_.string()});
    ASSERT_TRUE(hospital_.StopBroker());
    hospital_.StartBroker();
#else
    GTEST_SKIP() << "a sanitizer's runtime must be loaded first";
#endif
  }
  void Break() {
    std::ofstream(switch_.string() + ".new") << GetParam().error;
    fs::rename(switch_.string() + ".new", switch_);
  }
  void Mend() { fs::remove(switch_); }
  std::string WriteTrouble() {
    const v1::GetHealthResponse health = hospital_.Health();
    for (const v1::PartHealth& part : health.parts()) {
      if (part.part() == "store writes" && !part.ok()) return part.detail();
    }
    return "";
  }
  static bool HasOpen(KeenPc& pc, const std::string& alert) {
    const auto held = pc.ledger().held;
    const auto at = held.find(alert);
    return at != held.end() && at->second.state() != v1::State::CLOSED;
  }

  Hospital hospital_{1};
  const fs::path switch_ = hospital_.folder() / "bad-disk";
};

TEST_P(BadDisk, PublishingIsRefusedWhatRunsGoesOnAndItRecoversByItself) {
  const auto running = hospital_.Publish("Lab results are not reaching the EHR");
  ASSERT_TRUE(running) << running.error().message;
  KeenPc here("icu-pc-01", "icu", hospital_.broker());
  ASSERT_TRUE(Eventually([&] { return HasOpen(here, *running) && here.settled(); }));

  // 14:07 nothing can be written any more.
  Break();
  const auto refused = hospital_.Publish("PACS is down");
  ASSERT_FALSE(refused) << "accepted, and not on the disk";
  EXPECT_THAT(refused.error().message, HasSubstr(GetParam().words));
  EXPECT_FALSE(hospital_.End(*running));
  EXPECT_TRUE(Eventually([&] { return !WriteTrouble().empty(); })) << "the administrator is told";
  // Who comes now gets the notice that runs; what is pressed waits at the endpoint.
  KeenPc late("icu-pc-02", "icu", hospital_.broker());
  ASSERT_TRUE(Eventually([&] { return HasOpen(late, *running); }));
  EXPECT_EQ(late.ledger().pressed.size(), 1U);
  EXPECT_THAT(late.ledger().confirmed, IsEmpty()) << "confirmed, and not on the disk";
  EXPECT_TRUE(HasOpen(here, *running));
  EXPECT_TRUE(hospital_.broker_process().Running());

  // 14:20 somebody makes room. Nobody restarts anything.
  Mend();
  std::string second;
  ASSERT_TRUE(Eventually([&] {
    const auto accepted = hospital_.Publish("PACS is down");
    if (accepted) second = *accepted;
    return accepted.has_value();
  })) << hospital_.Log("broker");
  EXPECT_TRUE(Eventually([&] { return HasOpen(here, second) && HasOpen(late, second); }));
  EXPECT_TRUE(Eventually([&] { return here.settled() && late.settled(); }));
  EXPECT_EQ(late.ledger().confirmed.size(), 2U);
  EXPECT_TRUE(Eventually([&] { return WriteTrouble().empty(); })) << WriteTrouble();
  // What was refused never appears; what was confirmed is there, once, also after a restart.
  ASSERT_TRUE(hospital_.End(*running));
  ASSERT_TRUE(hospital_.StopBroker());
  hospital_.StartBroker();
  EXPECT_TRUE(Eventually(
      [&] { return !HasOpen(here, *running) && HasOpen(here, second) && here.settled(); }));
  EXPECT_EQ(here.ledger().held.size(), 2U);
  const v1::AlertProgress progress = hospital_.Progress(second);
  const auto icu = std::ranges::find(progress.by_ward(), "icu", &v1::WardProgress::ward_id);
  ASSERT_NE(icu, progress.by_ward().end());
  EXPECT_EQ(icu->answers_size(), 2);
}

INSTANTIATE_TEST_SUITE_P(, BadDisk,
                         ::testing::Values(Trouble{"Full", ENOSPC, "disk is full"},
                                           Trouble{"ReadOnly", EROFS, "Check the disk"}),
                         [](const auto& trouble) { return trouble.param.name; });

}  // namespace
}  // namespace wardcast::testing
