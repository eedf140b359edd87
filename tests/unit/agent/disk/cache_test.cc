#include "agent/disk/cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "base/file.h"

namespace wardcast::agent {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const TimePoint kNow{std::chrono::milliseconds(1'768'425'600'000)};  // 2026-01-14T21:20:00Z

class CacheTest : public ::testing::Test {
 protected:
  CacheTest() {
    std::string pattern = (fs::temp_directory_path() / "wardcast-cache-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~CacheTest() override { fs::remove_all(folder_); }

  Cache Open() { return std::move(Cache::Open(folder_, kNow).value()); }
  std::vector<std::string> Files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_))
      names.push_back(entry.path().filename());
    return names;
  }

  fs::path folder_;
};

CacheChange Everything() {
  CacheChange change;
  std::string payload;
  for (int i = 0; i < 256; ++i) payload += static_cast<char>(i);
  change.put_alerts = {{"A", {payload, std::string("\0sig", 4), "key"}}, {"B", {"", "s", "k"}}};
  v1::WardAnswer answer;
  answer.set_alert_id("A");
  answer.set_ward_id("4w");
  answer.set_answer_version(7);
  change.answers = {answer};
  change.attentions = {
      {{"A", 2, Stage::kClosing}, {.version = 9, .displayed = true, .seen = true}}};
  v1::Receipt receipt;
  receipt.set_id("R");
  receipt.set_alert_id("A");
  v1::Acknowledgement pressed;
  pressed.set_id("P");
  pressed.set_note("Straße 病棟");
  OutboxItem first;
  first.report = receipt;
  first.state = OutboxItem::State::kConfirmed;
  first.log_id = "log";
  first.generation = 3;
  OutboxItem second;
  second.report = pressed;
  second.state = OutboxItem::State::kRefused;
  second.refusal = "no";
  change.outbox.put = {first, second};
  change.settings.emplace().set_version(4);
  change.procedures.emplace().set_version(5);
  change.sync_point = SyncPoint{"log", 3, 12};
  change.last_confirmed = kNow;
  return change;
}

TEST_F(CacheTest, EverythingSurvivesARestart) {
  {
    Cache cache = Open();
    EXPECT_THAT(cache.set_aside(), IsEmpty());
    ASSERT_TRUE(cache.Commit(Everything()));
  }
  const CacheContent content = Open().Load().value();
  ASSERT_THAT(content.alerts, SizeIs(2));
  EXPECT_EQ(content.alerts[0].payload, Everything().put_alerts[0].second.payload);
  EXPECT_EQ(content.alerts[0].signature, std::string("\0sig", 4));
  ASSERT_THAT(content.answers, SizeIs(1));
  EXPECT_EQ(content.answers[0].answer_version(), 7);
  const Attention& attention = content.attentions.at({"A", 2, Stage::kClosing});
  EXPECT_TRUE(attention.displayed && attention.seen && !attention.answered);
  ASSERT_THAT(content.outbox, SizeIs(2));
  for (const OutboxItem& item : content.outbox) {
    if (item.id() == "R") {
      EXPECT_EQ(item.state, OutboxItem::State::kConfirmed);
      EXPECT_EQ(item.generation, 3);
    } else {
      EXPECT_EQ(std::get<v1::Acknowledgement>(item.report).note(), "Straße 病棟");
      EXPECT_EQ(item.refusal, "no");
    }
  }
  EXPECT_EQ(content.settings->version(), 4);
  EXPECT_EQ(content.procedures->version(), 5);
  EXPECT_EQ(content.sync_point.sequence, 12);
  EXPECT_EQ(content.last_confirmed, kNow);
}

TEST_F(CacheTest, RemovingAnAlertTakesItsAnswersAndLeavesWhatWasSeen) {
  Cache cache = Open();
  ASSERT_TRUE(cache.Commit(Everything()));
  CacheChange change;
  change.remove_alerts = {"A"};
  change.outbox.remove = {"R"};
  ASSERT_TRUE(cache.Commit(change));
  const CacheContent content = cache.Load().value();
  EXPECT_THAT(content.alerts, SizeIs(1));
  EXPECT_THAT(content.answers, IsEmpty());
  EXPECT_THAT(content.outbox, SizeIs(1));
  EXPECT_THAT(content.attentions, SizeIs(1))
      << "if it comes back, it does not call attention again";
}

TEST_F(CacheTest, ADamagedFileIsSetAsideAndTheCacheStartsEmpty) {
  Open().Commit(Everything()).value();
  std::ofstream(folder_ / "cache.db", std::ios::binary | std::ios::trunc)
      << "this is no database at all, not even a small one";
  Cache cache = Open();
  EXPECT_THAT(cache.set_aside(), HasSubstr("damaged"));
  EXPECT_THAT(Files(), ::testing::Contains(HasSubstr("cache.db.damaged-20260114T")));
  EXPECT_THAT(cache.Load().value().alerts, IsEmpty());
  EXPECT_TRUE(cache.Commit(Everything()));
}

TEST_F(CacheTest, DamageInTheMiddleOfTheFileIsFoundAtStart) {
  {
    Cache cache = Open();
    CacheChange change;
    for (int i = 0; i < 200; ++i)
      change.put_alerts.push_back({std::to_string(i), {std::string(4'000, 'x'), "s", "k"}});
    ASSERT_TRUE(cache.Commit(change));
  }
  {
    std::fstream file(folder_ / "cache.db", std::ios::binary | std::ios::in | std::ios::out);
    for (int page = 2; page < 60; ++page) {
      file.seekp(page * 4096);
      file << std::string(512, '\xee');
    }
  }
  EXPECT_THAT(Open().set_aside(), HasSubstr("damaged"));
}

TEST_F(CacheTest, TwoDamagedFilesInOneSecondAreBothKept) {
  for (int i = 0; i < 2; ++i) {
    std::ofstream(folder_ / "cache.db", std::ios::binary | std::ios::trunc)
        << std::string(8'192, 'x');
    fs::remove(folder_ / "cache.db-wal");
    EXPECT_THAT(Open().set_aside(), HasSubstr("damaged"));
  }
  EXPECT_THAT(Files(), ::testing::Contains(HasSubstr("damaged-")).Times(2));
}

TEST_F(CacheTest, ACacheOfANewerAgentIsSetAsideAndSaysSo) {
  Open().Commit(Everything()).value();
  Database::Open(folder_ / "cache.db")->Execute("PRAGMA user_version = 99").value();
  Cache cache = Open();
  EXPECT_THAT(cache.set_aside(), HasSubstr("schema 99 is newer"));
  EXPECT_THAT(Files(), ::testing::Contains(HasSubstr("cache.db.newer-")));
}

TEST_F(CacheTest, AFolderBelongsToOneAgent) {
  const Cache first = Open();
  const auto second = Cache::Open(folder_, kNow);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(second.error().message, HasSubstr("in use by another process"));
}

TEST_F(CacheTest, AFolderThatCannotBeMadeIsNamed) {
  std::ofstream(folder_ / "file") << "x";
  const auto cache = Cache::Open(folder_ / "file" / "data", kNow);
  ASSERT_FALSE(cache);
  EXPECT_EQ(cache.error().code, Code::kUnavailable);
  EXPECT_THAT(cache.error().message, HasSubstr((folder_ / "file" / "data").string()));
}

}  // namespace
}  // namespace wardcast::agent
