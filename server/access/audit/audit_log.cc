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

AuditLog::~AuditLog() {
  {
    const MutexLock lock(mu_);
    stopping_ = true;
  }
  added_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

std::uint64_t AuditLog::Add(AuditEntry entry) {
  for (std::string* text : {&entry.who, &entry.peer, &entry.what, &entry.subject, &entry.detail})
    Tidy(*text);
  entry.at = clock_.Now();
  if (entry.loud) SPDLOG_WARN("audit: {} {}", entry.what, entry.detail);
  std::uint64_t number = 0;
  {
    const MutexLock lock(mu_);
    if (waiting_.size() >= config_.capacity) {
      SPDLOG_ERROR("audit: {} entries wait for the store; this one is lost", waiting_.size());
      return last_committed_;
    }
    waiting_.push_back(std::move(entry));
    number = ++last_added_;
  }
  added_.NotifyAll();
  return number;
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
      if (waiting_.empty()) return;
    }
    Commit();
    const MutexLock lock(mu_);
    if (failure_.empty()) continue;
    if (stopping_) return;
    added_.WaitFor(mu_, config_.try_again_after);
  }
}

void AuditLog::Commit() {
  std::vector<AuditEntry> group;
  std::uint64_t uncounted = 0;
  {
    const MutexLock lock(mu_);
    const std::size_t size = std::min(waiting_.size(), kLargestGroup);
    group.assign(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(size));
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
  const MutexLock lock(mu_);
  if (!committed) {
    uncounted_ += uncounted;
    if (failure_.empty()) {
      SPDLOG_ERROR("audit: nothing can be written: {}", LogSafe(committed.error().message));
    }
    failure_ = committed.error().message;
    return;
  }
  failure_.clear();
  // None was lost meanwhile: there is only this thread that takes, and no group is larger than what
  // was there.
  const std::size_t taken = std::min(size, waiting_.size());
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(taken));
  last_committed_ += taken;
  committed_.NotifyAll();
}

}  // namespace wardcast
