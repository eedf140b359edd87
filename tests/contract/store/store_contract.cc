#include "tests/contract/store/store_contract.h"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace wardcast {
namespace {

std::unique_ptr<testing::TempPostgres> postgres;

// Stops the server before the program's statics go.
class StopPostgres : public ::testing::Environment {
 public:
  void TearDown() override { postgres.reset(); }
};
const auto* const kStopPostgres = ::testing::AddGlobalTestEnvironment(new StopPostgres);

}  // namespace

testing::TempPostgres& Postgres() {
  if (!postgres) postgres = std::make_unique<testing::TempPostgres>();
  return *postgres;
}

void StoreContract::SetUp() {
  switch (GetParam()) {
    case Database::kSqlite:
      config_.data_dir = folder_.path() / "data";
      break;
    case Database::kPostgresql:
      if (const std::string reason = testing::TempPostgres::WhyNot(); !reason.empty())
        GTEST_SKIP() << reason;
      config_.postgresql = Postgres().NewDatabase();
      break;
  }
  Reopen();
}

void StoreContract::Reopen() {
  store_.reset();
  auto opened = OpenStore(config_, kStart);
  ASSERT_TRUE(opened) << opened.error().message;
  store_ = std::move(*opened);
}

void StoreContract::Tamper(const std::string& statement) {
  store_.reset();
  switch (GetParam()) {
    case Database::kSqlite: {
      soci::session session(soci::sqlite3, "dbname=" + (config_.data_dir / "wardcast.db").string());
      session << statement;
      break;
    }
    case Database::kPostgresql:
      ASSERT_TRUE(Postgres().Run(config_.postgresql, statement));
      break;
  }
}

std::int64_t StoreContract::Ask(const std::string& query) {
  soci::session session;
  if (GetParam() == Database::kSqlite) {
    session.open(soci::sqlite3, "dbname=" + (config_.data_dir / "wardcast.db").string());
  } else {
    session.open(soci::postgresql, config_.postgresql);
  }
  std::int64_t number = -1;
  session << query, soci::into(number);
  return number;
}

std::int64_t StoreContract::AllRows() {
  std::string sum = "SELECT CAST(0";
  for (const char* table :
       {"meta",           "log_head",       "log_entry",    "alert",         "alert_version",
        "alert_expected", "request",        "journal_head", "receipt",       "answer",
        "progress",       "directory_item", "membership",   "presence",      "broker",
        "retention_run",  "token",          "account",      "password_link", "session",
        "api_token",      "audit_event",    "enrol_token",  "enrolment",     "step",
        "attached_source"}) {
    sum += std::string(" + (SELECT COUNT(*) FROM ") + table + ")";
  }
  return Ask(sum + " AS BIGINT)");
}

AlertChanged StoreContract::Publish(const std::string& headline,
                                    std::vector<ExpectedWard> expected) {
  AlertChange change = Setting(headline);
  change.decide = [&](const v1::Alert*) -> Result<std::optional<AlertDecision>> {
    AlertDecision decision;
    decision.alert.set_headline(headline);
    decision.alert.set_state(v1::State::ACTIVE);
    decision.expected = expected;
    return decision;
  };
  auto changed = store_->Change(change, Seal());
  EXPECT_TRUE(changed) << changed.error().message;
  return changed.value_or(AlertChanged{});
}

AlertChange StoreContract::Setting(const std::string& headline) const {
  AlertChange change;
  change.caller = "admin";
  change.method = "PublishAlert";
  change.content_hash = headline;
  change.now = kStart;
  change.decide = [headline](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    AlertDecision decision;
    if (current != nullptr) decision.alert = *current;
    decision.alert.set_headline(headline);
    decision.alert.set_state(v1::State::ACTIVE);
    return decision;
  };
  return change;
}

void StoreContract::Attach(const std::string& machine, const std::string& source_key,
                           const std::string& id) {
  AlertChange change = Setting("what a machine reports");
  change.caller = machine;
  change.source_key = source_key;
  change.same_matter =
      SameMatter{.is = [&](const v1::Alert& open, const std::string&) { return open.id() == id; },
                 .then = SameMatter::Then::kAttach};
  const auto found = store_->Change(change, Seal());
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_TRUE(found->same_matter);
  EXPECT_EQ(found->stored.alert.id(), id);
}

SealAlert StoreContract::Seal() const {
  return [this](const v1::Alert& alert) { return key_.Seal(alert); };
}

void StoreContract::ExpectNoGaps(Sequence head) {
  const auto at = store_->Head();
  ASSERT_TRUE(at) << at.error().message;
  EXPECT_EQ(at->sequence, head);
  const auto entries = store_->ReadLog(0, 1'000'000);
  ASSERT_TRUE(entries) << entries.error().message;
  ASSERT_EQ(entries->size(), static_cast<std::size_t>(head));
  for (Sequence i = 0; i < head; ++i)
    EXPECT_EQ((*entries)[static_cast<std::size_t>(i)].sequence, i + 1);
  if (head > 0) {
    EXPECT_EQ(entries->back().tag, at->tag);
    EXPECT_FALSE(at->tag.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(Databases, StoreContract,
                         ::testing::Values(Database::kSqlite, Database::kPostgresql),
                         [](const auto& param) {
                           return param.param == Database::kSqlite ? "Sqlite" : "Postgresql";
                         });

}  // namespace wardcast
