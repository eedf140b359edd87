// From earlier schemas, as their brokers left them, to the newest.
#include <gmock/gmock.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "base/file.h"
#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

using ::testing::ElementsAre;

class Schema1 : public StoreContract {
 protected:
  void SetUp() override {
    StoreContract::SetUp();
    if (IsSkipped()) return;
    store_.reset();
    if (GetParam() == Database::kSqlite) {
      std::filesystem::remove_all(config().data_dir);
      std::filesystem::create_directory(config().data_dir);
      soci::session session(soci::sqlite3,
                            "dbname=" + (config().data_dir / "wardcast.db").string());
      // A statement a line.
      std::ifstream lines(WARDCAST_SCHEMA1 "/sqlite.sql");
      for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("--")) session << line;
      }
    } else {
      config().postgresql = Postgres().NewDatabase();
      const auto script = ReadFile(WARDCAST_SCHEMA1 "/postgresql.sql");
      ASSERT_TRUE(script);
      ASSERT_TRUE(Postgres().Run(config().postgresql, *script));
    }
    ASSERT_EQ(Ask("SELECT CAST(value AS BIGINT) FROM meta WHERE name = 'schema'"), 1);
  }
};

TEST_P(Schema1, IsBroughtToTheNewestWithEverythingInIt) {
  Reopen();
  EXPECT_EQ(Ask("SELECT CAST(value AS BIGINT) FROM meta WHERE name = 'schema'"), SchemaVersion());
  EXPECT_EQ(store_->identity().log_id.size(), 26u);
  EXPECT_EQ(store_->identity().generation, 1);
  EXPECT_EQ(store_->suspicion(), "");
  ExpectNoGaps(4);
  const auto alerts = store_->ListAlerts({.closed = true}, "", 10);
  ASSERT_TRUE(alerts) << alerts.error().message;
  ASSERT_EQ(alerts->size(), 2u);
  const std::string id = alerts->back().id();
  EXPECT_EQ(alerts->back().headline(), "Lab results not reaching the EHR");
  ASSERT_EQ(store_->LoadAnswers(id)->size(), 1u);
  const auto counts = store_->LoadCounts(id, 1);
  ASSERT_EQ(counts->size(), 1u);
  EXPECT_EQ(counts->front().seen, 1);
  const auto expected = store_->LoadExpected(id);
  ASSERT_EQ(expected->size(), 2u);
  EXPECT_EQ(expected->front().until, TimePoint{});
  // The directory of that time counts as always so.
  const auto members = store_->LoadMembership(kStart, kStart);
  ASSERT_TRUE(members) << members.error().message;
  std::vector<std::string> ids;
  for (const MembershipRow& row : *members) ids.push_back(row.endpoint.id());
  EXPECT_THAT(ids, ElementsAre("4w-pc-01", "4w-pc-02", "icu-pc-01"));
}

TEST_P(Schema1, WorksOnAfterwards) {
  Reopen();
  Publish("after the upgrade");
  JournalBatch batch{.receipts = {}, .answers = {}, .now = kStart, .broker_id = "b"};
  batch.receipts.push_back({.alert_id = "A",
                            .round = 1,
                            .endpoint_id = "4w-pc-01",
                            .ward_id = "4w",
                            .kind = v1::Receipt::Kind::SEEN,
                            .endpoint_time = kStart});
  const auto before = store_->Head();
  ASSERT_TRUE(store_->Record(batch));
  const auto after = store_->Head();
  EXPECT_EQ(after->journal, before->journal + 1);
  EXPECT_NE(after->journal_tag, "");
  ExpectNoGaps(5);
}

// Named bug: a migration was ended by the time-outs of statements and by the watchdog.
TEST_P(Schema1, AMigrationMayTakeLongerThanACall) {
  if (GetParam() == Database::kSqlite) GTEST_SKIP() << "SQLite has no time-out of statements";
  // A table with its own idea of how long an INSERT takes.
  ASSERT_TRUE(Postgres().Run(
      config().postgresql,
      "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS"
      " $$ BEGIN PERFORM pg_sleep(3); RETURN NEW; END $$;"
      " CREATE TRIGGER slow BEFORE INSERT ON meta FOR EACH ROW EXECUTE FUNCTION slow()"));
  config().timeout = std::chrono::milliseconds(1000);
  Reopen();
  EXPECT_EQ(Ask("SELECT CAST(value AS BIGINT) FROM meta WHERE name = 'schema'"), SchemaVersion());
}

TEST_P(Schema1, TwoBrokersMigrateItOnce) {
  if (GetParam() == Database::kSqlite) GTEST_SKIP() << "SQLite serves one broker";
  std::vector<Result<std::unique_ptr<Store>>> stores(3);
  {
    std::vector<std::jthread> openers;
    openers.reserve(stores.size());
    for (auto& store : stores)
      openers.emplace_back([&store, this] { store = OpenStore(config(), kStart); });
  }
  for (const auto& store : stores) {
    ASSERT_TRUE(store) << store.error().message;
    EXPECT_EQ((*store)->ListAlerts({.closed = true}, "", 10)->size(), 2u);
  }
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM membership"), 3);
}

class Schema6 : public StoreContract {};

TEST_P(Schema6, BringsItsAlertsIntoALifeWithDraftsAndSteps) {
  const std::string open = Publish("open", {{.ward_id = "4w", .endpoints = 2}}).stored.alert.id();
  AlertChange edit = Setting("edited");
  edit.alert_id = open;
  edit.caller = "mia";
  ASSERT_TRUE(store_->Change(edit, Seal()));
  // As its broker left it.
  Tamper("DROP TABLE step");
  Tamper("DROP TABLE attached_source");
  Tamper("ALTER TABLE alert_version DROP COLUMN caller");
  Tamper("ALTER TABLE alert DROP COLUMN draft");
  Tamper("ALTER TABLE presence DROP COLUMN screen_state");
  Tamper("UPDATE meta SET value = '6' WHERE name = 'schema'");

  Reopen();
  EXPECT_EQ(Ask("SELECT CAST(value AS BIGINT) FROM meta WHERE name = 'schema'"), SchemaVersion());
  const auto listed = store_->ListAlerts({}, "", 10);
  ASSERT_TRUE(listed) << listed.error().message;
  ASSERT_EQ(listed->size(), 1u) << "what is there was sent";
  EXPECT_EQ(listed->front().headline(), "edited");
  EXPECT_EQ(store_->LoadVersions(open)->size(), 2u);
  EXPECT_THAT(store_->LoadEditors(open).value(), ElementsAre("admin")) << "its creator is known";

  AlertChange step = Setting("reminded");
  step.alert_id = open;
  step.steps = {{.step = "reminder", .target = "", .round = 0, .due = kStart}};
  step.take_steps = [](const v1::Alert& current,
                       const std::vector<StepRow>&) -> Result<std::optional<AlertDecision>> {
    return AlertDecision{.alert = current, .expected = {}};
  };
  EXPECT_TRUE(store_->Change(step, Seal())->changed);
  EXPECT_FALSE(store_->Change(step, Seal())->changed);
  Attach("nagios", "ehr", open);
  ExpectNoGaps(3);
}

class Schema7 : public StoreContract {};

TEST_P(Schema7, ItsEndpointsSayNothingOfTheirScreens) {
  PresenceRow row;
  row.endpoint_id = "4w-pc-01";
  row.connected_at = kStart;
  row.sessions = 1;
  row.screens = 2;
  const PresenceBatch batch{.broker_id = "east", .started = false, .rows = {row}, .now = kStart};
  ASSERT_TRUE(store_->PutPresence(batch));
  // As its broker left it.
  Tamper("ALTER TABLE presence DROP COLUMN screen_state");
  Tamper("UPDATE meta SET value = '7' WHERE name = 'schema'");

  Reopen();
  EXPECT_EQ(Ask("SELECT CAST(value AS BIGINT) FROM meta WHERE name = 'schema'"), SchemaVersion());
  auto rows = store_->LoadPresence();
  ASSERT_TRUE(rows) << rows.error().message;
  ASSERT_EQ(rows->size(), 1u);
  EXPECT_EQ(rows->front().screens, 2);
  EXPECT_EQ(rows->front().screen_state, v1::ScreenState::UNSPECIFIED);
  row.screen_state = v1::ScreenState::LOCKED;
  ASSERT_TRUE(
      store_->PutPresence({.broker_id = "east", .started = false, .rows = {row}, .now = kStart}));
  EXPECT_EQ(store_->LoadPresence()->front().screen_state, v1::ScreenState::LOCKED);
}

INSTANTIATE_TEST_SUITE_P(Databases, Schema7,
                         ::testing::Values(Database::kSqlite, Database::kPostgresql),
                         [](const auto& param) {
                           return param.param == Database::kSqlite ? "Sqlite" : "Postgresql";
                         });
INSTANTIATE_TEST_SUITE_P(Databases, Schema6,
                         ::testing::Values(Database::kSqlite, Database::kPostgresql),
                         [](const auto& param) {
                           return param.param == Database::kSqlite ? "Sqlite" : "Postgresql";
                         });
INSTANTIATE_TEST_SUITE_P(Databases, Schema1,
                         ::testing::Values(Database::kSqlite, Database::kPostgresql),
                         [](const auto& param) {
                           return param.param == Database::kSqlite ? "Sqlite" : "Postgresql";
                         });

}  // namespace
}  // namespace wardcast
