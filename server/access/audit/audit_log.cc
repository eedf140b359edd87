#include "server/access/audit/audit_log.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/log.h"
#include "base/named_thread.h"

namespace wardcast {
namespace {

constexpr std::size_t kLargestGroup = 500;
constexpr std::size_t kLongestWord = 200;

// Whatever came from outside becomes text that every database takes and every page can show.
void Tidy(std::string& text) {
  if (!text.empty()) text = LogSafe(text.substr(0, kLongestWord));
}

}  // namespace

AuditLog::AuditLog(AuditLogConfig config, PeopleStore* people, const Clock& clock)
    : config_(std::move(config)), people_(people), clock_(clock) {
  if (people_) thread_ = StartThread("audit", [this](const std::stop_token&) { Run(); });
}

void AuditLog::Stop() {
  {
    const MutexLock lock(mu_);
    stopping_ = true;
  }
  added_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

std::uint64_t AuditLog::Add(AuditEntry entry, std::function<void()> done) {
  for (std::string* text : {&entry.who, &entry.peer, &entry.what, &entry.subject, &entry.detail})
    Tidy(*text);
  entry.at = clock_.Now();
  if (entry.loud) SPDLOG_WARN("audit: {} {}", entry.what, entry.detail);
  std::uint64_t number = 0;
  {
    const MutexLock lock(mu_);
    const bool lost = stopped_ || waiting_.size() >= config_.capacity;
    if (lost)
      SPDLOG_ERROR("audit: {} entries wait for the store; this one is lost", waiting_.size());
    const bool wait_for_it = !lost && failure_.empty();
    number = lost ? last_committed_ : ++last_added_;
    if (!lost)
      waiting_.push_back({std::move(entry), wait_for_it ? std::exchange(done, {}) : nullptr});
  }
  added_.NotifyAll();
  if (done) done();
  return number;
}

void AuditLog::RecordThen(AuditEntry entry, std::function<void()> done) {
  if (!people_) return done();
  Add(std::move(entry), std::move(done));
}

void AuditLog::Record(AuditEntry entry) {
  if (!people_) return;
  const std::uint64_t number = Add(std::move(entry));
  const auto until = std::chrono::steady_clock::now() + config_.patience;
  const MutexLock lock(mu_);
  while (last_committed_ < number) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return;
    committed_.WaitFor(mu_, left);
  }
}

void AuditLog::Keep(AuditEntry entry) {
  if (people_) Add(std::move(entry));
}

void AuditLog::NoteRefusal(AuditEntry entry) {
  if (!people_) return;
  {
    const MutexLock lock(mu_);
    if (waiting_.size() >= config_.refusals) {
      ++uncounted_;
      return;
    }
  }
  Add(std::move(entry));
}

std::string AuditLog::Trouble() const {
  const MutexLock lock(mu_);
  if (failure_.empty()) return {};
  return std::to_string(waiting_.size()) +
         " entries of the audit trail wait for the store, and are lost if this broker stops before "
         "it answers: " +
         failure_;
}

void AuditLog::Run() {
  for (;;) {
    {
      const MutexLock lock(mu_);
      while (waiting_.empty() && !stopping_) added_.Wait(mu_);
      if (waiting_.empty()) {
        stopped_ = true;
        return;
      }
      GatherMore();
    }
    Commit();
    const MutexLock lock(mu_);
    if (failure_.empty()) continue;
    if (stopping_) {
      stopped_ = true;
      return;
    }
    added_.WaitFor(mu_, config_.try_again_after);
  }
}

void AuditLog::GatherMore() {
  const auto until = std::chrono::steady_clock::now() + config_.gather_for;
  while (!stopping_ && waiting_.size() < kLargestGroup) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return;
    added_.WaitFor(mu_, left);
  }
}

std::vector<std::function<void()>> AuditLog::TakeDone(std::size_t size) {
  std::vector<std::function<void()>> taken;
  for (std::size_t i = 0; i < std::min(size, waiting_.size()); ++i) {
    if (waiting_[i].done) taken.push_back(std::exchange(waiting_[i].done, {}));
  }
  return taken;
}

void AuditLog::Commit() {
  std::vector<AuditEntry> group;
  std::uint64_t uncounted = 0;
  {
    const MutexLock lock(mu_);
    const std::size_t size = std::min(waiting_.size(), kLargestGroup);
    group.reserve(size + 1);
    for (std::size_t i = 0; i < size; ++i) group.push_back(waiting_[i].entry);
    uncounted = std::exchange(uncounted_, 0);
  }
  const std::size_t size = group.size();
  if (uncounted > 0) {
    AuditEntry more;
    more.at = clock_.Now();
    more.what = "refused";
    more.detail = std::to_string(uncounted) + " more refusals came too fast to be kept one by one";
    group.push_back(std::move(more));
  }
  const auto committed = people_->AppendAudit(config_.broker_id, group);
  std::vector<std::function<void()>> done;
  {
    const MutexLock lock(mu_);
    if (!committed) {
      uncounted_ += uncounted;
      if (failure_.empty()) {
        SPDLOG_ERROR("audit: nothing can be written: {}", LogSafe(committed.error().message));
      }
      failure_ = committed.error().message;
      done = TakeDone(waiting_.size());
    } else {
      failure_.clear();
      // None was lost meanwhile: there is only this thread that takes, and no group is larger than
      // what was there.
      const std::size_t taken = std::min(size, waiting_.size());
      done = TakeDone(taken);
      waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(taken));
      last_committed_ += taken;
      committed_.NotifyAll();
    }
  }
  for (const auto& call : done) call();
}

}  // namespace wardcast
