// The store on SQL: the same statements for SQLite and PostgreSQL.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "server/store/enrolment/sql_enrolment.h"
#include "server/store/open_store.h"
#include "server/store/people/sql_people.h"
#include "server/store/sql/folder_lock.h"
#include "server/store/sql/gather.h"
#include "server/store/sql/pool.h"
#include "server/store/store.h"

namespace wardcast {

// A call of Change that waits, or is being written.
struct ChangeCall {
  const AlertChange& change;
  const SealAlert& seal;
  Result<AlertChanged> result;
};

// Appends that access has changed.
void AppendAccessEntry(Connection& connection, TimePoint now);

// Threads: all functions from any. SQLite has one connection that writes, so writers take turns;
// with PostgreSQL they meet only at the row `log_head` (or `journal_head`), as the last thing that
// they do.
class SqlStore final : public Store {
 public:
  struct Parts {
    StoreConfig config;
    std::string place;                   // where the database stands (sql/place.h)
    std::optional<FolderLock> lock;      // if there is a data folder
    std::unique_ptr<Watchdog> watchdog;  // PostgreSQL only
    std::unique_ptr<Pool> writers;
    std::unique_ptr<Pool> readers;
  };

  // The schema must be there (sql/migrations.h).
  SqlStore(Parts parts, LogIdentity identity, std::string suspicion)
      : parts_(std::move(parts)),
        identity_(std::move(identity)),
        suspicion_(std::move(suspicion)),
        people_(MakeSqlPeople(*parts_.writers, *parts_.readers)),
        enrolment_(MakeSqlEnrolment(*parts_.writers, *parts_.readers, &AppendAccessEntry)) {}

  LogIdentity identity() const override;
  Result<LogHead> Head() override;
  Result<std::vector<LogEntry>> ReadLog(Sequence after, int limit) override;

  Result<LogIdentity> TakeGeneration(std::int64_t seen, TimePoint closed_since,
                                     const SealAlert& seal, TimePoint now) override;
  std::string suspicion() const override;
  WriteHealth Writes() const override;

  Result<AlertChanged> Change(const AlertChange& change, const SealAlert& seal) override;
  int ChangesUnderWay() const override { return changing_; }
  Result<StoredAlert> LoadAlert(const std::string& alert_id) override;
  Result<std::vector<StoredAlert>> LoadAlerts(const std::vector<std::string>& ids) override;
  Result<std::vector<StoredAlert>> LoadCurrent(TimePoint closed_since) override;
  Result<std::vector<v1::Alert>> ListAlerts(AlertFilter filter, const std::string& before,
                                            int limit) override;
  Result<std::vector<StoredAlert>> LoadVersions(const std::string& alert_id) override;
  Result<std::vector<std::string>> LoadEditors(const std::string& alert_id) override;
  Result<std::vector<ExpectedWard>> LoadExpected(const std::string& alert_id) override;
  Result<std::vector<std::pair<std::string, int>>> CountNotices(TimePoint since) override;

  Result<TimePoint> Now() override;
  Result<std::vector<RecordedStep>> LoadSteps(const std::string& alert_id) override;
  Result<std::optional<std::string>> FindAttached(const std::string& caller,
                                                  const std::string& source_key) override;

  Result<Sequence> ReplaceDirectory(const DirectoryContent& content,
                                    std::optional<Sequence> expected, TimePoint now) override;
  Result<std::pair<DirectoryContent, Sequence>> LoadDirectory() override;
  Result<std::vector<MembershipRow>> LoadMembership(TimePoint from, TimePoint to) override;

  Result<JournalVersion> Record(const JournalBatch& batch) override;
  Result<JournalDelta> ReadJournal(JournalVersion after) override;
  Result<std::optional<v1::WardAnswer>> FindAnswer(const std::string& id) override;
  Result<std::vector<v1::WardAnswer>> LoadAnswers(const std::string& alert_id) override;
  Result<std::vector<v1::WardAnswer>> LoadCurrentAnswers(TimePoint closed_since) override;
  Result<std::vector<WardCount>> LoadCounts(const std::string& alert_id, int round) override;
  Result<std::vector<EndpointReceipts>> LoadReceipts(const std::string& alert_id,
                                                     int round) override;

  Result<void> PutPresence(const PresenceBatch& batch) override;
  Result<std::vector<PresenceRow>> LoadPresence() override;
  Result<std::vector<std::string>> LoadConnectedElsewhere(const std::string& broker_id,
                                                          TimePoint alive_since) override;

  Result<int> Sweep(const std::string& broker_id, int limit, TimePoint now) override;
  Result<std::uint64_t> Backup(const std::filesystem::path& file) override;

  Result<std::optional<std::string>> FindTokenOwner(const std::string& token_hash) override;
  Result<void> PutToken(const std::string& owner, const std::string& token_hash,
                        TimePoint now) override;
  PeopleStore* people() override { return people_.get(); }
  EnrolmentStore* enrolment() override { return enrolment_.get(); }
  Result<std::string> SigningKeyId() override;
  Result<void> SetSigningKeyId(const std::string& key_id) override;

 private:
  // In transaction.h: `body(Connection&)` → Result<T>, committed if it has a value.
  template <class Body>
  auto Write(Body&& body);
  // One moment of the database for several statements.
  template <class Body>
  auto ReadSnapshot(Body&& body);
  // A single statement.
  template <class Body>
  auto Read(Body&& body);

  // How the last write ended; nullptr: well.
  void NoteWrite(const Error* error);
  // What was read is what identity() says from now on.
  void Remember(const LogIdentity& log);

  // alert_change.cc: in one transaction, or one by one if that does not work.
  void WriteChanges(std::span<ChangeCall* const> group);
  // A result for each of them; an error: nothing of any of them may be committed.
  Result<std::vector<Result<AlertChanged>>> ApplyChanges(Connection& connection,
                                                         std::span<ChangeCall* const> calls);

  Parts parts_;
  Gather<ChangeCall> changes_;
  std::atomic<int> changing_{0};  // calls of Change
  const SystemClock clock_;
  mutable Mutex mu_;
  LogIdentity identity_ GUARDED_BY(mu_);
  std::string suspicion_ GUARDED_BY(mu_);
  std::optional<TimePoint> failing_since_ GUARDED_BY(mu_);  // nothing can be written
  std::string failure_ GUARDED_BY(mu_);                     // why
  const std::unique_ptr<PeopleStore> people_;               // uses parts_
  const std::unique_ptr<EnrolmentStore> enrolment_;         // uses parts_
};

// Counts the log's head up, inside a writing transaction, and adds the entry. The last thing that a
// change does, since other brokers wait for the head from here to the commit.
Sequence NextSequence(Connection& connection, const std::string& tag);
void AppendEntry(Connection& connection, const LogEntry& entry);
// As it is in this transaction. Inside a change that holds the log's head nobody can change it.
LogIdentity ReadIdentity(Connection& connection);
// Ends and begins membership rows, so that those without an end are the endpoints of
// `directory_item`.
void KeepMembership(Connection& connection, TimePoint now);

}  // namespace wardcast
