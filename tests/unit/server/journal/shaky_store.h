// A real store whose journal fails or hangs when the test says so.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/mutex.h"
#include "server/store/store.h"

namespace wardcast {

// Threads: all functions from any.
class ShakyStore final : public Store {
 public:
  explicit ShakyStore(Store& real) : real_(real) {}

  // From now on Record() fails with this; nullopt: it works again.
  void FailWith(std::optional<Error> error) {
    const MutexLock lock(mu_);
    error_ = std::move(error);
  }
  // From now on Record() waits; until Release().
  void Hold() {
    const MutexLock lock(mu_);
    held_ = true;
  }
  void Release() {
    const MutexLock lock(mu_);
    held_ = false;
    changed_.NotifyAll();
  }
  // Waits until Record() was entered `calls` times.
  void AwaitCalls(int calls) {
    const MutexLock lock(mu_);
    while (calls_ < calls) changed_.Wait(mu_);
  }
  int calls() const {
    const MutexLock lock(mu_);
    return calls_;
  }
  std::vector<TimePoint> times() const {
    const MutexLock lock(mu_);
    return times_;
  }

  Result<JournalVersion> Record(const JournalBatch& batch) override {
    {
      const MutexLock lock(mu_);
      ++calls_;
      times_.push_back(batch.now);
      changed_.NotifyAll();
      while (held_) changed_.Wait(mu_);
      if (error_) return std::unexpected(*error_);
    }
    return real_.Record(batch);
  }

  LogIdentity identity() const override { return real_.identity(); }
  Result<LogIdentity> TakeGeneration(std::int64_t seen, TimePoint closed_since,
                                     const SealAlert& seal, TimePoint now) override {
    return real_.TakeGeneration(seen, closed_since, seal, now);
  }
  std::string suspicion() const override { return real_.suspicion(); }
  WriteHealth Writes() const override { return real_.Writes(); }
  Result<LogHead> Head() override { return real_.Head(); }
  Result<std::vector<LogEntry>> ReadLog(Sequence after, int limit) override {
    return real_.ReadLog(after, limit);
  }
  Result<AlertChanged> Change(const AlertChange& change, const SealAlert& seal) override {
    return real_.Change(change, seal);
  }
  int ChangesUnderWay() const override { return real_.ChangesUnderWay(); }
  Result<StoredAlert> LoadAlert(const std::string& alert_id) override {
    return real_.LoadAlert(alert_id);
  }
  Result<std::vector<StoredAlert>> LoadAlerts(const std::vector<std::string>& ids) override {
    return real_.LoadAlerts(ids);
  }
  Result<std::vector<StoredAlert>> LoadCurrent(TimePoint closed_since) override {
    return real_.LoadCurrent(closed_since);
  }
  Result<std::vector<v1::Alert>> ListAlerts(AlertFilter filter, const std::string& before,
                                            int limit) override {
    return real_.ListAlerts(filter, before, limit);
  }
  Result<std::vector<StoredAlert>> LoadVersions(const std::string& alert_id) override {
    return real_.LoadVersions(alert_id);
  }
  Result<std::vector<std::string>> LoadEditors(const std::string& alert_id) override {
    return real_.LoadEditors(alert_id);
  }
  Result<TimePoint> Now() override { return real_.Now(); }
  Result<std::vector<RecordedStep>> LoadSteps(const std::string& alert_id) override {
    return real_.LoadSteps(alert_id);
  }
  Result<std::optional<std::string>> FindAttached(const std::string& caller,
                                                  const std::string& source_key) override {
    return real_.FindAttached(caller, source_key);
  }
  Result<std::vector<ExpectedWard>> LoadExpected(const std::string& alert_id) override {
    return real_.LoadExpected(alert_id);
  }
  Result<std::vector<std::pair<std::string, int>>> CountNotices(TimePoint since) override {
    return real_.CountNotices(since);
  }
  Result<Sequence> ReplaceDirectory(const DirectoryContent& content,
                                    std::optional<Sequence> expected, TimePoint now) override {
    return real_.ReplaceDirectory(content, expected, now);
  }
  Result<std::vector<MembershipRow>> LoadMembership(TimePoint from, TimePoint to) override {
    return real_.LoadMembership(from, to);
  }
  Result<std::pair<DirectoryContent, Sequence>> LoadDirectory() override {
    return real_.LoadDirectory();
  }
  Result<JournalDelta> ReadJournal(JournalVersion after) override {
    return real_.ReadJournal(after);
  }
  Result<std::optional<v1::WardAnswer>> FindAnswer(const std::string& id) override {
    return real_.FindAnswer(id);
  }
  Result<std::vector<v1::WardAnswer>> LoadAnswers(const std::string& alert_id) override {
    return real_.LoadAnswers(alert_id);
  }
  Result<std::vector<v1::WardAnswer>> LoadCurrentAnswers(TimePoint closed_since) override {
    return real_.LoadCurrentAnswers(closed_since);
  }
  Result<std::vector<WardCount>> LoadCounts(const std::string& alert_id, int round) override {
    return real_.LoadCounts(alert_id, round);
  }
  Result<std::vector<EndpointReceipts>> LoadReceipts(const std::string& alert_id,
                                                     int round) override {
    return real_.LoadReceipts(alert_id, round);
  }
  Result<void> PutPresence(const PresenceBatch& batch) override { return real_.PutPresence(batch); }
  Result<std::vector<PresenceRow>> LoadPresence() override { return real_.LoadPresence(); }
  Result<std::vector<std::string>> LoadConnectedElsewhere(const std::string& broker_id,
                                                          TimePoint alive_since) override {
    return real_.LoadConnectedElsewhere(broker_id, alive_since);
  }
  Result<int> Sweep(const std::string& broker_id, int limit, TimePoint now) override {
    return real_.Sweep(broker_id, limit, now);
  }
  Result<std::uint64_t> Backup(const std::filesystem::path& file) override {
    return real_.Backup(file);
  }
  Result<std::optional<std::string>> FindTokenOwner(const std::string& token_hash) override {
    return real_.FindTokenOwner(token_hash);
  }
  Result<void> PutToken(const std::string& owner, const std::string& token_hash,
                        TimePoint now) override {
    return real_.PutToken(owner, token_hash, now);
  }
  Result<std::string> SigningKeyId() override { return real_.SigningKeyId(); }
  Result<void> SetSigningKeyId(const std::string& key_id) override {
    return real_.SetSigningKeyId(key_id);
  }

 private:
  Store& real_;
  mutable Mutex mu_;
  CondVar changed_;
  std::optional<Error> error_ GUARDED_BY(mu_);
  bool held_ GUARDED_BY(mu_) = false;
  int calls_ GUARDED_BY(mu_) = 0;
  std::vector<TimePoint> times_ GUARDED_BY(mu_);
};

}  // namespace wardcast
