// The store: what was accepted, in order, for good. The seam; SqlStore implements it for SQLite and
// PostgreSQL, and one contract suite (tests/contract/store) holds for both.
//
// All functions block up to the configured time-out and may be called from any thread; never call
// them from a front door's or the UI's thread. Errors common to all: kUnavailable (the database
// does not answer; whether a write happened is unknown, retry with the same request id),
// kResourceExhausted (disk full: nothing was written), kDataLoss (the database is damaged).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "server/directory/content.h"
#include "server/store/alert_change.h"
#include "server/store/journal_batch.h"
#include "server/store/log_entry.h"

namespace wardcast {

struct LogHead {
  Sequence sequence = 0;  // of the last entry; 0: empty log
  std::string tag;        // of the last entry
  JournalVersion journal = 0;
};

class Store {
 public:
  virtual ~Store() = default;

  // Constant while the store is open.
  virtual const LogIdentity& identity() const = 0;

  // The log.
  virtual Result<LogHead> Head() = 0;
  // Entries with sequence > `after`, in order, at most `limit`.
  virtual Result<std::vector<LogEntry>> ReadLog(Sequence after, int limit) = 0;

  // Alerts. Change commits alert, revision history, log entry and sequence in one transaction.
  virtual Result<AlertChanged> Change(const AlertChange& change, const SealAlert& seal) = 0;
  // kNotFound: no such alert.
  virtual Result<StoredAlert> LoadAlert(const std::string& alert_id) = 0;
  // All open ones, and those that closed at or after `closed_since`.
  virtual Result<std::vector<StoredAlert>> LoadCurrent(TimePoint closed_since) = 0;
  // Newest first by id; ids smaller than `before` (empty: from the newest); at most `limit`.
  virtual Result<std::vector<v1::Alert>> ListAlerts(bool include_closed, const std::string& before,
                                                    int limit) = 0;
  // Every version, oldest first. kNotFound: no such alert.
  virtual Result<std::vector<StoredAlert>> LoadVersions(const std::string& alert_id) = 0;
  // In no particular order; also those that left the audience again.
  virtual Result<std::vector<ExpectedWard>> LoadExpected(const std::string& alert_id) = 0;
  // Interrupting notices (TOAST and above, not Severe or Extreme, not exercises) per ward published
  // since then.
  virtual Result<std::vector<std::pair<std::string, int>>> CountNotices(TimePoint since) = 0;

  // The directory. Replaces all of it and appends a kDirectory entry, in one transaction; returns
  // its sequence.
  virtual Result<Sequence> ReplaceDirectory(const DirectoryContent& content, TimePoint now) = 0;
  // The content and the sequence of the entry that brought it (0: never imported).
  virtual Result<std::pair<DirectoryContent, Sequence>> LoadDirectory() = 0;

  // The journal. One transaction for the whole batch; rows that exist already change nothing and
  // are no error. Progress counters change in the same transaction, sorted by key, only for rows
  // that were really new. Returns the journal version of this commit, or the current one if nothing
  // was new.
  virtual Result<JournalVersion> Record(const JournalBatch& batch) = 0;
  virtual Result<JournalDelta> ReadJournal(JournalVersion after) = 0;
  // Every answer, by answer_version.
  virtual Result<std::vector<v1::WardAnswer>> LoadAnswers(const std::string& alert_id) = 0;
  // Answers of all alerts that LoadCurrent(closed_since) returns, by answer_version.
  virtual Result<std::vector<v1::WardAnswer>> LoadCurrentAnswers(TimePoint closed_since) = 0;
  virtual Result<std::vector<WardCount>> LoadCounts(const std::string& alert_id, int round) = 0;

  // Access. `token_hash` is SHA-256 in hexadecimal; nullopt: no such token.
  virtual Result<std::optional<std::string>> FindTokenOwner(const std::string& token_hash) = 0;
  // Adds, or replaces the token of that owner.
  virtual Result<void> PutToken(const std::string& owner, const std::string& token_hash,
                                TimePoint now) = 0;

  // The id of the signing key that this store's alerts are signed with; empty: none yet.
  virtual Result<std::string> SigningKeyId() = 0;
  virtual Result<void> SetSigningKeyId(const std::string& key_id) = 0;
};

}  // namespace wardcast
