#include "server/feed/reader.h"

#include <memory>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/log.h"

namespace wardcast {
namespace {

constexpr int kEntriesAtOnce = 200;

}  // namespace

Reader::Reader(Store& store, Hub& hub, const Clock& clock, SealAlert seal,
               std::function<void()> between)
    : store_(store),
      hub_(hub),
      clock_(clock),
      seal_(std::move(seal)),
      between_(std::move(between)) {}

// The head is read first: what is loaded after it is at least as new, and what was committed in
// between is read again and changes nothing.
Result<void> Reader::Load() {
  const Result<LogHead> head = store_.Head();
  between_();
  if (!head) return std::unexpected(head.error());
  auto directory = store_.LoadDirectory();
  between_();
  if (!directory) return std::unexpected(directory.error());
  const TimePoint closed_since = clock_.Now() - hub_.config().keep_closed;
  auto alerts = store_.LoadCurrent(closed_since);
  between_();
  if (!alerts) return std::unexpected(alerts.error());
  auto answers = store_.LoadCurrentAnswers(closed_since);
  between_();
  if (!answers) return std::unexpected(answers.error());

  const Sequence directory_sequence = directory->second;
  hub_.Replace(HubState{
      .log = head->log,
      .directory =
          std::make_shared<const Directory>(std::move(directory->first), directory_sequence),
      .directory_sequence = directory_sequence,
      .alerts = std::move(*alerts),
      .answers = std::move(*answers),
      .applied = head->sequence,
  });
  applied_ = head->sequence;
  tag_ = head->tag;
  journal_ = head->journal;
  journal_tag_ = head->journal_tag;
  log_ = head->log;
  head_ = *head;
  hub_.AccessChanged();
  return {};
}

Result<std::string> Reader::CompareHead() {
  const Result<LogHead> head = store_.Head();
  between_();
  if (!head) return std::unexpected(head.error());
  if (head->log.log_id != log_.log_id) return "the store holds another log: " + head->log.log_id;
  if (head->sequence < applied_)
    return fmt::format("the log ends at entry {}, {} was applied", head->sequence, applied_);
  if (head->sequence == applied_ && head->tag != tag_)
    return fmt::format("entry {} of the log is another one", applied_);
  if (head->journal < journal_)
    return fmt::format("the journal is at {}, was at {}", head->journal, journal_);
  if (head->journal == journal_ && !journal_tag_.empty() && head->journal_tag != journal_tag_)
    return fmt::format("commit {} of the journal is another one", journal_);
  if (head->journal == journal_) journal_tag_ = head->journal_tag;
  if (head->log.generation < log_.generation)
    return fmt::format("the log is of generation {}, {} was known", head->log.generation,
                       log_.generation);
  if (head->log.generation > log_.generation) {
    log_ = head->log;
    hub_.SetLog(log_);
  }
  head_ = *head;
  return std::string();
}

Result<bool> Reader::Read(Look look) {
  if (look == Look::kAtHead) {
    Result<std::string> found = CompareHead();
    if (!found) return std::unexpected(found.error());
    if (!found->empty()) return Reload(std::move(*found));
  }
  // The journal before the log: an answer is younger than its alert, so the alert is applied when
  // the answer comes.
  const Result<JournalDelta> delta = store_.ReadJournal(journal_);
  between_();
  if (!delta) return std::unexpected(delta.error());
  if (delta->version < journal_) {
    return Reload(fmt::format("the journal is at {}, was at {}", delta->version, journal_));
  }
  while (true) {
    Result<std::vector<LogEntry>> entries = ReadEntries();
    between_();
    if (!entries) return std::unexpected(entries.error());
    if (applied_ > 0) {
      if (entries->empty() || entries->front().sequence != applied_ ||
          entries->front().tag != tag_) {
        return Reload(fmt::format("entry {} of the log is gone or another one", applied_));
      }
      entries->erase(entries->begin());
    }
    if (entries->empty()) break;
    Sequence expected = applied_;
    for (const LogEntry& entry : *entries) {
      if (entry.sequence != ++expected)
        return Reload(fmt::format("entry {} of the log is missing", expected));
    }
    if (auto applied = Apply(*entries); !applied) return std::unexpected(applied.error());
  }
  if (delta->version == journal_) return false;
  journal_ = delta->version;
  journal_tag_.clear();  // the next look at the head tells it
  hub_.AddAnswers(delta->answers);
  hub_.ProgressChanged(delta->changed_alerts);
  return false;
}

Result<bool> Reader::Reload(std::string found) {
  if (auto begun = BeginNewLife(std::move(found)); !begun) return std::unexpected(begun.error());
  return true;
}

Result<void> Reader::BeginNewLife(std::string found) {
  SPDLOG_ERROR(
      "the store has another history than the one that this broker and its endpoints know ({}): "
      "restored, rolled back or copied? Beginning a new life of the log, and reading all again",
      LogSafe(found));
  history_break_ = std::move(found);
  const Result<LogHead> head = store_.Head();
  between_();
  if (!head) return std::unexpected(head.error());
  // A higher generation than the one known here: another broker has begun the new life already. A
  // lower one was rolled back as well.
  const bool begun = log_.generation > 0 && head->log.generation > log_.generation;
  if (!begun) {
    const TimePoint now = clock_.Now();
    const auto log =
        store_.TakeGeneration(head->log.generation, now - hub_.config().keep_closed, seal_, now);
    between_();
    if (!log) return std::unexpected(log.error());
    SPDLOG_WARN("log {}: generation {}, was {}", log->log_id, log->generation,
                head->log.generation);
  }
  return Load();
}

Result<std::vector<LogEntry>> Reader::ReadEntries() {
  return store_.ReadLog(applied_ > 0 ? applied_ - 1 : 0, kEntriesAtOnce);
}

// Reads first, then applies: nothing of a burst waits between the hub and the sessions for a slow
// read.
Result<void> Reader::Apply(const std::vector<LogEntry>& entries) {
  std::set<std::string> ids;
  for (const LogEntry& entry : entries) {
    if (entry.kind == EntryKind::kAlert) ids.insert(entry.alert_id);
  }
  std::unordered_map<std::string, StoredAlert>
      alerts;  // as they are now, at least as new as their entries
  if (!ids.empty()) {
    auto loaded = store_.LoadAlerts({ids.begin(), ids.end()});
    between_();
    if (!loaded) return std::unexpected(loaded.error());
    for (StoredAlert& stored : *loaded) alerts.emplace(stored.alert.id(), std::move(stored));
  }
  for (const LogEntry& entry : entries) {
    switch (entry.kind) {
      case EntryKind::kAlert:
        if (const auto at = alerts.find(entry.alert_id); at != alerts.end()) {
          hub_.SetAlert(at->second);
        } else {
          SPDLOG_ERROR("alert {} of log entry {} is not in the store", LogSafe(entry.alert_id),
                       entry.sequence);
        }
        break;
      case EntryKind::kDirectory:
        if (auto applied = ApplyDirectory(); !applied) {
          hub_.Advance(applied_);
          return applied;
        }
        break;
      case EntryKind::kAccess:
        hub_.AccessChanged();
        break;
    }
    applied_ = entry.sequence;
    tag_ = entry.tag;
  }
  hub_.Advance(applied_);
  return {};
}

Result<void> Reader::ApplyDirectory() {
  auto loaded = store_.LoadDirectory();
  between_();
  if (!loaded) return std::unexpected(loaded.error());
  if (loaded->second == hub_.directory()->version()) return {};  // a later entry's, read already
  hub_.SetDirectory(std::make_shared<const Directory>(std::move(loaded->first), loaded->second),
                    loaded->second);
  return {};
}

}  // namespace wardcast
