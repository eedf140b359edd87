#include "server/journal/journal.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "base/named_thread.h"

namespace wardcast {
namespace {

using SteadyClock = std::chrono::steady_clock;

}  // namespace

std::size_t Journal::Item::Rows() const {
  return std::max<std::size_t>(1, receipts.size() + answers.size());
}

Journal::Journal(JournalConfig config, Store& store, Bus& bus, const Clock& clock)
    : config_(std::move(config)), store_(store), bus_(bus), clock_(clock) {
  thread_ = StartThread("journal", [this](std::stop_token) { Run(); });
}

Journal::~Journal() {
  {
    const MutexLock lock(mu_);
    stopping_ = true;
    changed_.NotifyAll();
  }
  thread_.join();
}

Result<void> Journal::Add(std::vector<ReceiptRow> receipts, std::vector<AnswerRow> answers,
                          std::function<void(Result<void>)> done) {
  Item item{.receipts = std::move(receipts),
            .answers = std::move(answers),
            .done = std::move(done),
            .arrived = SteadyClock::now()};
  const std::size_t rows = item.Rows();
  const MutexLock lock(mu_);
  if (queued_rows_ + rows > config_.queue_rows) {
    return FailFor(Code::kResourceExhausted,
                   "the journal is full: " + std::to_string(queued_rows_) +
                       " reports wait to be recorded. Nothing was recorded; send again.",
                   config_.retry_after);
  }
  queued_rows_ += rows;
  queue_.push_back(std::move(item));
  // The journal's thread has to know of the first row, and of the one that fills the group.
  if (queue_.size() == 1 || queued_rows_ >= config_.group_rows) changed_.NotifyOne();
  return {};
}

std::size_t Journal::QueuedRows() const {
  const MutexLock lock(mu_);
  return queued_rows_;
}

void Journal::Run() {
  for (Group group = NextGroup(); !group.empty(); group = NextGroup()) Commit(group);
}

Journal::Group Journal::NextGroup() {
  const MutexLock lock(mu_);
  while (queue_.empty() && !stopping_) changed_.Wait(mu_);
  while (!stopping_ && queued_rows_ < config_.group_rows) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(
        queue_.front().arrived + config_.gather - SteadyClock::now());
    if (left.count() <= 0) break;
    changed_.WaitFor(mu_, left);
  }
  // All of it, also what is more than a group: the larger a commit, the cheaper its rows.
  queued_rows_ = 0;
  return std::exchange(queue_, {});
}

void Journal::Commit(std::span<Item> group) {
  const Result<void> outcome = Record(group);
  if (!outcome && group.size() > 1 && !IsOutage(outcome.error().code)) {
    // One call spoils the transaction of all: it is found in few steps, however large the group is.
    Commit(group.first(group.size() / 2));
    Commit(group.subspan(group.size() / 2));
    return;
  }
  for (const Item& item : group) item.done(outcome);
}

Result<void> Journal::Record(std::span<const Item> group) {
  JournalBatch batch{
      .receipts = {}, .answers = {}, .now = clock_.Now(), .broker_id = config_.broker_id};
  for (const Item& item : group) {
    batch.receipts.insert(batch.receipts.end(), item.receipts.begin(), item.receipts.end());
    batch.answers.insert(batch.answers.end(), item.answers.begin(), item.answers.end());
  }
  if (batch.receipts.empty() && batch.answers.empty()) return {};
  const auto version = store_.Record(batch);
  if (!version) {
    SPDLOG_WARN("journal: {} rows not recorded: {}", batch.receipts.size() + batch.answers.size(),
                LogSafe(version.error().message));
    return std::unexpected(version.error());
  }
  if (*version > published_) {
    published_ = *version;
    bus_.Publish(Topic::kJournal, *version);
  }
  return {};
}

}  // namespace wardcast
