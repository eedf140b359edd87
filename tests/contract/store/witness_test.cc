// A store that was rolled back or replaced is noticed by what a broker remembers of it.
#include "server/store/witness.h"

#include <gmock/gmock.h>

#include "base/file.h"
#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;

class WitnessContract : public StoreContract {
 protected:
  bool shared() const { return GetParam() == Database::kPostgresql; }
  Witness New() const { return Witness(folder(), shared()); }
  std::string Found() { return New().Check(*store_).value_or("an error"); }
  void Keep() { ASSERT_TRUE(New().Keep(*store_->Head(), kStart)); }
  void Report() {
    JournalBatch batch{.receipts = {}, .answers = {}, .now = kStart, .broker_id = "b"};
    batch.receipts.push_back({.alert_id = "A",
                              .round = ++round_,
                              .endpoint_id = "pc",
                              .ward_id = "4w",
                              .kind = v1::Receipt::Kind::DELIVERED,
                              .endpoint_time = kStart});
    ASSERT_TRUE(store_->Record(batch));
  }

 private:
  int round_ = 0;
};

TEST_P(WitnessContract, TheStoreThatWasSeenAndWentOnIsTheSame) {
  EXPECT_EQ(Found(), "");  // new and empty
  Keep();
  Publish("one");
  EXPECT_EQ(Found(), "");
  Keep();
  Report();
  Publish("two");
  Reopen();
  EXPECT_EQ(Found(), "");
}

TEST_P(WitnessContract, AStoreThatWentBackIsFound) {
  Publish("one");
  Publish("two");
  Report();
  Keep();
  Tamper("DELETE FROM log_entry WHERE sequence = 2");
  Tamper("UPDATE log_head SET sequence = 1");
  Reopen();
  EXPECT_THAT(Found(), HasSubstr("head is 1, this broker has seen 2"));
  Tamper("UPDATE log_head SET sequence = 2");
  Tamper("UPDATE journal_head SET version = 0");
  Reopen();
  EXPECT_THAT(Found(), HasSubstr("journal's version is 0, this broker has seen 1"));
}

TEST_P(WitnessContract, AnotherHistoryOfTheSameLengthIsFound) {
  Publish("one");
  Report();
  Keep();
  Publish("two");
  Tamper("UPDATE log_entry SET tag = 'another' WHERE sequence = 1");
  Reopen();
  EXPECT_THAT(Found(), HasSubstr("another history: entry 1"));
  Tamper("UPDATE journal_head SET tag = 'another'");
  Reopen();
  EXPECT_THAT(Found(), HasSubstr("another history"));
}

TEST_P(WitnessContract, AnOlderGenerationIsFound) {
  ASSERT_TRUE(store_->TakeGeneration(1, kStart, Seal(), kStart));
  Keep();
  Tamper("UPDATE meta SET value = '1' WHERE name = 'generation'");
  Reopen();
  EXPECT_THAT(Found(), HasSubstr("generation is 1"));
}

TEST_P(WitnessContract, AStoreThatThisFolderHasNeverSeen) {
  Publish("one");
  if (shared()) {
    EXPECT_EQ(Found(), "");  // a broker that joins
  } else {
    EXPECT_THAT(Found(), HasSubstr("never seen"));
  }
}

TEST_P(WitnessContract, AnotherLogIsNotARollback) {
  Publish("one");
  Keep();
  Tamper("UPDATE meta SET value = '01ARZ3NDEKTSV4RRFFQ69G5FAV' WHERE name = 'log_id'");
  Reopen();
  EXPECT_EQ(Found(), "");
}

TEST_P(WitnessContract, ADamagedFileIsNoWitness) {
  Publish("one");
  ASSERT_TRUE(WriteSecretFile(folder() / "store.witness", R"({"log_id": 7)"));
  EXPECT_EQ(Found() == "", shared());
}

TEST_P(WitnessContract, IsWrittenAtMostEveryFiveSecondsButANewLifeAtOnce) {
  Witness witness = New();
  const auto file = folder() / "store.witness";
  ASSERT_TRUE(witness.Keep(*store_->Head(), kStart));
  const std::string first = ReadFile(file).value_or("");
  Publish("one");
  ASSERT_TRUE(witness.Keep(*store_->Head(), kStart + seconds(4)));
  EXPECT_EQ(ReadFile(file).value_or(""), first);
  ASSERT_TRUE(witness.Keep(*store_->Head(), kStart + seconds(5)));
  const std::string second = ReadFile(file).value_or("");
  EXPECT_NE(second, first);
  ASSERT_TRUE(store_->TakeGeneration(1, kStart, Seal(), kStart));
  ASSERT_TRUE(witness.Keep(*store_->Head(), kStart + seconds(6)));
  EXPECT_NE(ReadFile(file).value_or(""), second);
  // A clock that was set back does not stop it.
  Publish("two");
  ASSERT_TRUE(witness.Keep(*store_->Head(), kStart - seconds(1000)));
  EXPECT_THAT(ReadFile(file).value_or(""),
              HasSubstr("\"sequence\":" + std::to_string(store_->Head()->sequence)));
}

INSTANTIATE_TEST_SUITE_P(Databases, WitnessContract,
                         ::testing::Values(Database::kSqlite, Database::kPostgresql),
                         [](const auto& param) {
                           return param.param == Database::kSqlite ? "Sqlite" : "Postgresql";
                         });

}  // namespace
}  // namespace wardcast
