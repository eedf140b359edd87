// A store that remembers whether writing works, for the health page: a full disk or a read-only
// database is no trouble for those who only read.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "server/store/store.h"

namespace wardcast {

struct WriteHealth {
  bool ok = true;
  std::string detail;  // "since … nothing can be written: the disk is full"
};

// Threads: as the store that it passes everything on to.
class WatchedStore final : public Store {
 public:
  // `clock` must outlive this object.
  WatchedStore(std::unique_ptr<Store> store, const Clock& clock)
      : store_(std::move(store)), clock_(clock) {}

  // Not ok: the last write failed because of the database or its disk, not because of what was to
  // be written. Ok again with the first write that succeeds.
  WriteHealth writes() const;

  LogIdentity identity() const override { return store_->identity(); }
  Result<LogHead> Head() override { return store_->Head(); }
  Result<std::vector<LogEntry>> ReadLog(Sequence after, int limit) override {
    return store_->ReadLog(after, limit);
  }
  Result<LogIdentity> TakeGeneration(std::int64_t seen, TimePoint closed_since,
                                     const SealAlert& seal, TimePoint now) override {
    return Wrote(store_->TakeGeneration(seen, closed_since, seal, now));
  }
  std::string suspicion() const override { return store_->suspicion(); }

  Result<AlertChanged> Change(const AlertChange& change, const SealAlert& seal) override {
    return Wrote(store_->Change(change, seal));
  }
  Result<StoredAlert> LoadAlert(const std::string& alert_id) override {
    return store_->LoadAlert(alert_id);
  }
  Result<std::vector<StoredAlert>> LoadAlerts(const std::vector<std::string>& ids) override {
    return store_->LoadAlerts(ids);
  }
  Result<std::vector<StoredAlert>> LoadCurrent(TimePoint closed_since) override {
    return store_->LoadCurrent(closed_since);
  }
  Result<std::vector<v1::Alert>> ListAlerts(bool include_closed, const std::string& before,
                                            int limit) override {
    return store_->ListAlerts(include_closed, before, limit);
  }
  Result<std::vector<StoredAlert>> LoadVersions(const std::string& alert_id) override {
    return store_->LoadVersions(alert_id);
  }
  Result<std::vector<ExpectedWard>> LoadExpected(const std::string& alert_id) override {
    return store_->LoadExpected(alert_id);
  }
  Result<std::vector<std::pair<std::string, int>>> CountNotices(TimePoint since) override {
    return store_->CountNotices(since);
  }

  Result<Sequence> ReplaceDirectory(const DirectoryContent& content,
                                    std::optional<Sequence> expected, TimePoint now) override {
    return Wrote(store_->ReplaceDirectory(content, expected, now));
  }
  Result<std::pair<DirectoryContent, Sequence>> LoadDirectory() override {
    return store_->LoadDirectory();
  }
  Result<std::vector<MembershipRow>> LoadMembership(TimePoint from, TimePoint to) override {
    return store_->LoadMembership(from, to);
  }

  Result<JournalVersion> Record(const JournalBatch& batch) override {
    return Wrote(store_->Record(batch));
  }
  Result<JournalDelta> ReadJournal(JournalVersion after) override {
    return store_->ReadJournal(after);
  }
  Result<std::optional<v1::WardAnswer>> FindAnswer(const std::string& id) override {
    return store_->FindAnswer(id);
  }
  Result<std::vector<v1::WardAnswer>> LoadAnswers(const std::string& alert_id) override {
    return store_->LoadAnswers(alert_id);
  }
  Result<std::vector<v1::WardAnswer>> LoadCurrentAnswers(TimePoint closed_since) override {
    return store_->LoadCurrentAnswers(closed_since);
  }
  Result<std::vector<WardCount>> LoadCounts(const std::string& alert_id, int round) override {
    return store_->LoadCounts(alert_id, round);
  }
  Result<std::vector<EndpointReceipts>> LoadReceipts(const std::string& alert_id,
                                                     int round) override {
    return store_->LoadReceipts(alert_id, round);
  }

  Result<void> PutPresence(const PresenceBatch& batch) override {
    return Wrote(store_->PutPresence(batch));
  }
  Result<std::vector<PresenceRow>> LoadPresence() override { return store_->LoadPresence(); }

  Result<int> Sweep(const std::string& broker_id, int limit, TimePoint now) override {
    return Wrote(store_->Sweep(broker_id, limit, now));
  }
  Result<std::uint64_t> Backup(const std::filesystem::path& file) override {
    return store_->Backup(file);
  }

  Result<std::optional<std::string>> FindTokenOwner(const std::string& token_hash) override {
    return store_->FindTokenOwner(token_hash);
  }
  Result<void> PutToken(const std::string& owner, const std::string& token_hash,
                        TimePoint now) override {
    return Wrote(store_->PutToken(owner, token_hash, now));
  }
  Result<std::string> SigningKeyId() override { return store_->SigningKeyId(); }
  Result<void> SetSigningKeyId(const std::string& key_id) override {
    return Wrote(store_->SetSigningKeyId(key_id));
  }

 private:
  template <class T>
  Result<T> Wrote(Result<T> result) {
    Note(result ? nullptr : &result.error());
    return result;
  }
  void Note(const Error* error);  // nullptr: it was written

  const std::unique_ptr<Store> store_;
  const Clock& clock_;
  mutable Mutex mu_;
  std::optional<TimePoint> failing_since_ GUARDED_BY(mu_);
  std::string failure_ GUARDED_BY(mu_);
};

}  // namespace wardcast
