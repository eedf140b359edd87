// The store: what was accepted, in order, for good. The seam; SqlStore implements it for SQLite and
// PostgreSQL, and one contract suite (tests/contract/store) holds for both.
//
// All functions block up to the configured time-out and may be called from any thread; never call
// them from a front door's or the UI's thread. Errors common to all: kUnavailable (the database
// does not answer; whether a write happened is unknown, retry with the same request id),
// kResourceExhausted (disk full: nothing was written), kDataLoss (the database is damaged).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "server/directory/content.h"
#include "server/store/alert_change.h"
#include "server/store/journal_batch.h"
#include "server/store/log_entry.h"
#include "server/store/membership.h"
#include "server/store/presence.h"

namespace wardcast {

class EnrolmentStore;
class PeopleStore;

// True for the errors common to all: the database or its disk fails, not what was asked of it, so
// that other rows would fare no better.
inline bool IsOutage(Code code) {
  return code == Code::kUnavailable || code == Code::kResourceExhausted || code == Code::kDataLoss;
}

// Whether the database takes writes. A full disk or a read-only database is no trouble for those
// who only read.
struct WriteHealth {
  bool ok = true;
  std::string detail;  // since when, why, and what it means; empty if ok
};

// Which alerts are listed. Those that were on the wards, or wait for their time, always are.
struct AlertFilter {
  bool closed = false;  // also closed ones
  bool drafts = false;  // also what is written and not sent, or waits for approval; with `closed`:
                        // also what was taken back as such
};

class Store {
 public:
  virtual ~Store() = default;

  // Which log, and which life of it, as last read: at opening, by Head(), Change() and
  // TakeGeneration(). From memory, never blocks. The log id never changes while the store is open;
  // the generation grows when this or another broker takes a new one.
  virtual LogIdentity identity() const = 0;

  // The log.
  virtual Result<LogHead> Head() = 0;
  // Entries with sequence > `after`, in order, at most `limit`.
  virtual Result<std::vector<LogEntry>> ReadLog(Sequence after, int limit) = 0;

  // Begins a new life of the log after a restore, a rollback or a copy. In one transaction, under
  // the lock of the generation: if it is no longer `seen`, another broker was faster: nothing is
  // written and the current identity is returned. Otherwise the generation becomes the larger of
  // `seen` + 1 and now in seconds (so that it is above every earlier life, also above those that an
  // old backup knows nothing of), and every alert that is open or closed at or after `closed_since`
  // gets a new version, sealed anew, with a log entry: what is signed names its generation. Feeds
  // read these entries like all others. Also settles what suspicion() found.
  virtual Result<LogIdentity> TakeGeneration(std::int64_t seen, TimePoint closed_since,
                                             const SealAlert& seal, TimePoint now) = 0;
  // Why the database that was opened seems to be a copy (it lies on another machine or in another
  // file than the one that was written last, or was restored); empty: it does not. For a person.
  // Whoever opens the store calls TakeGeneration() if there is one. Any thread, never blocks.
  virtual std::string suspicion() const = 0;

  // Not ok: the last write failed because of the database or its disk, not because of what was to
  // be written. Ok again with the first write that succeeds. Any thread, never blocks.
  virtual WriteHealth Writes() const = 0;

  // Alerts. Change commits alert, revision history, log entry and sequence in one transaction.
  virtual Result<AlertChanged> Change(const AlertChange& change, const SealAlert& seal) = 0;
  // Calls of Change in this process that wait or work at this moment. Any thread, never blocks.
  virtual int ChangesUnderWay() const = 0;
  // kNotFound: no such alert.
  virtual Result<StoredAlert> LoadAlert(const std::string& alert_id) = 0;
  // Those of these ids that exist, by id.
  virtual Result<std::vector<StoredAlert>> LoadAlerts(const std::vector<std::string>& ids) = 0;
  // All open ones, and those that closed at or after `closed_since`.
  virtual Result<std::vector<StoredAlert>> LoadCurrent(TimePoint closed_since) = 0;
  // Newest first by id; ids smaller than `before` (empty: from the newest); at most `limit`.
  virtual Result<std::vector<v1::Alert>> ListAlerts(AlertFilter filter, const std::string& before,
                                                    int limit) = 0;
  // Every version, oldest first. kNotFound: no such alert.
  virtual Result<std::vector<StoredAlert>> LoadVersions(const std::string& alert_id) = 0;
  // Who has written something of it, each once: first who created it, then the callers of its later
  // versions, oldest first (AlertChange::authorship). Nobody approves their own. kNotFound: no such
  // alert.
  virtual Result<std::vector<std::string>> LoadEditors(const std::string& alert_id) = 0;
  // By ward id; also those that left the audience again.
  virtual Result<std::vector<ExpectedWard>> LoadExpected(const std::string& alert_id) = 0;
  // Interrupting notices (TOAST and above, not Severe or Extreme, not exercises) per ward published
  // since then.
  virtual Result<std::vector<std::pair<std::string, int>>> CountNotices(TimePoint since) = 0;

  // The time by which steps are due, the same for all brokers: PostgreSQL's, or with SQLite that of
  // StoreConfig::clock.
  virtual Result<TimePoint> Now() = 0;
  // All steps that were taken or missed, by the time that they were due.
  virtual Result<std::vector<RecordedStep>> LoadSteps(const std::string& alert_id) = 0;

  // The open alert that a machine's (caller, source key) is attached to, because Change found it to
  // be the same matter (AlertChange::same_matter); nullopt: none.
  virtual Result<std::optional<std::string>> FindAttached(const std::string& caller,
                                                          const std::string& source_key) = 0;

  // The directory. Replaces all of it, keeps the membership history and appends a kDirectory entry,
  // in one transaction; returns its sequence. kAborted: the directory is not the one of entry
  // `expected` any more (LoadDirectory); nullopt: whatever it is.
  virtual Result<Sequence> ReplaceDirectory(const DirectoryContent& content,
                                            std::optional<Sequence> expected, TimePoint now) = 0;
  // The content and the sequence of the entry that brought it (0: never imported).
  virtual Result<std::pair<DirectoryContent, Sequence>> LoadDirectory() = 0;
  // Rows that overlap [from, to), by endpoint id and time: with from == to the directory of that
  // moment. Older than the first import since history is kept: nothing.
  virtual Result<std::vector<MembershipRow>> LoadMembership(TimePoint from, TimePoint to) = 0;

  // The journal. One transaction for the whole batch; rows that exist already change nothing and
  // are no error. Progress counters change in the same transaction, sorted by key, only for rows
  // that were really new. Returns the journal version of this commit, or the current one if nothing
  // was new.
  virtual Result<JournalVersion> Record(const JournalBatch& batch) = 0;
  virtual Result<JournalDelta> ReadJournal(JournalVersion after) = 0;
  // nullopt: no such answer.
  virtual Result<std::optional<v1::WardAnswer>> FindAnswer(const std::string& id) = 0;
  // Every answer, by answer_version.
  virtual Result<std::vector<v1::WardAnswer>> LoadAnswers(const std::string& alert_id) = 0;
  // Answers of all alerts that LoadCurrent(closed_since) returns, by answer_version.
  virtual Result<std::vector<v1::WardAnswer>> LoadCurrentAnswers(TimePoint closed_since) = 0;
  virtual Result<std::vector<WardCount>> LoadCounts(const std::string& alert_id, int round) = 0;
  // By endpoint id; empty 400 days after (Sweep).
  virtual Result<std::vector<EndpointReceipts>> LoadReceipts(const std::string& alert_id,
                                                             int round) = 0;

  // Presence. Writes this broker's rows and its sign of life; a batch costs by its rows, whatever
  // the number of endpoints.
  virtual Result<void> PutPresence(const PresenceBatch& batch) = 0;
  // All rows of all brokers, by endpoint id.
  virtual Result<std::vector<PresenceRow>> LoadPresence() = 0;
  // Ids of the endpoints that are connected to other brokers than this one, as far as those have
  // given a sign of life since then. An id may be there twice.
  virtual Result<std::vector<std::string>> LoadConnectedElsewhere(const std::string& broker_id,
                                                                  TimePoint alive_since) = 0;

  // Retention (docs/store.md). Removes up to `limit` rows whose time is over, oldest first, in one
  // transaction that also writes down what was removed, and returns how many; less than `limit`:
  // nothing is left to remove. Call it again and again, with a pause, so that others come between.
  virtual Result<int> Sweep(const std::string& broker_id, int limit, TimePoint now) = 0;

  // Writes a complete copy, as of one moment, to `file` (0600), which must not exist, while
  // everything goes on; returns its size in bytes. SQLite: a database file; PostgreSQL: an archive
  // of pg_dump, which must be installed here. Takes as long as it takes: the time-out does not
  // apply. kAlreadyExists: the file exists; kFailedPrecondition: no pg_dump; kUnavailable and
  // kResourceExhausted as always. After an error no file is left.
  virtual Result<std::uint64_t> Backup(const std::filesystem::path& file) = 0;

  // Access. `token_hash` is SHA-256 in hexadecimal; nullopt: no such token.
  virtual Result<std::optional<std::string>> FindTokenOwner(const std::string& token_hash) = 0;
  // Adds, or replaces the token of that owner.
  virtual Result<void> PutToken(const std::string& owner, const std::string& token_hash,
                                TimePoint now) = 0;

  // Accounts, sessions, machines' tokens, the audit trail (people/people_store.h); lives as long as
  // this store. nullptr: a store that keeps none. Any thread, never blocks.
  virtual PeopleStore* people() { return nullptr; }

  // The authority, enrolment tokens, endpoints' keys (enrolment/enrolment_store.h); as people().
  virtual EnrolmentStore* enrolment() { return nullptr; }

  // The id of the signing key that this store's alerts are signed with; empty: none yet.
  virtual Result<std::string> SigningKeyId() = 0;
  virtual Result<void> SetSigningKeyId(const std::string& key_id) = 0;
};

}  // namespace wardcast
