// The contract of Store, held by every implementation: each test runs on SQLite and on a real
// PostgreSQL.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/signature.h"
#include "server/store/open_store.h"
#include "tests/servers/temp_folder.h"
#include "tests/servers/temp_postgres.h"

namespace wardcast {

enum class Database { kSqlite, kPostgresql };

inline constexpr TimePoint kStart{
    std::chrono::milliseconds(1'772'373'600'000)};  // 2026-03-01T14:00:00Z

class StoreContract : public ::testing::TestWithParam<Database> {
 protected:
  // Skips, with the reason, where there is no such database. The store is open and empty.
  void SetUp() override;

  // What a broker would be configured with to use the same database.
  const StoreConfig& config() const { return config_; }
  StoreConfig& config() { return config_; }
  // Closes the store and opens it again. Fails the test if that does not work.
  void Reopen();
  // Runs a statement behind the store's back, on its closed database.
  void Tamper(const std::string& statement);
  // One number, read beside the store.
  std::int64_t Ask(const std::string& query);
  // The rows of all tables together.
  std::int64_t AllRows();
  // Where this test may write.
  const std::filesystem::path& folder() const { return folder_.path(); }

  // Publishes an alert with this headline; the test fails if it is not accepted.
  AlertChanged Publish(const std::string& headline, std::vector<ExpectedWard> expected = {});
  // A change that sets the headline; the caller may fill in the rest.
  AlertChange Setting(const std::string& headline) const;
  // The machine finds that open alert to be what it reports; the test fails if it does not get it.
  void Attach(const std::string& machine, const std::string& source_key, const std::string& id);
  SealAlert Seal() const;
  // Every sequence from 1 to the head is there, once; the tags of head and last entry agree.
  void ExpectNoGaps(Sequence head);

  std::unique_ptr<Store> store_;
  SigningKey key_ = SigningKey::Generate();

 private:
  testing::TempFolder folder_;
  // What takes long only because the machine is busy keeps the contract. Tests of time-outs set
  // theirs.
  StoreConfig config_{.timeout = std::chrono::seconds(30)};
};

// The PostgreSQL of this test program; started when first asked for.
testing::TempPostgres& Postgres();

}  // namespace wardcast
