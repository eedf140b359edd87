#include "server/api/presence/presence_recorder.h"

#include <utility>

#include "base/log.h"
#include "base/named_thread.h"

namespace wardcast {

PresenceRow ToRow(const PresenceChange& change, const PresenceRow* before) {
  PresenceRow row;
  if (before) row = *before;
  row.endpoint_id = change.endpoint_id;
  row.sessions = change.sessions;
  if (change.sessions == 0) {
    row.gone_at = change.changed_at;
    row.goodbye = change.goodbye;
    return row;
  }
  row.gone_at = TimePoint{};
  row.goodbye = false;
  // Of several sessions the newest; two that last for over a minute are two machines, and then the
  // time must not say that one of them is new.
  row.connected_at =
      change.sessions == 1 || change.duplicate ? change.connected_at : change.changed_at;
  if (change.info) {
    row.agent_version = change.info->agent_version();
    row.os = change.info->os();
    row.host = change.info->host();
    row.serial = change.info->serial();
    row.screens = change.info->screens();
  }
  row.screen_state = change.screen_state;
  row.clock_skew = change.clock_skew.value_or(std::chrono::milliseconds(0));
  return row;
}

PresenceRecorder::PresenceRecorder(PresenceRecorderConfig config, Store& store, Hub& hub,
                                   const Clock& clock)
    : config_(std::move(config)), store_(store), hub_(hub), clock_(clock) {
  thread_ = StartThread("presence", [this](std::stop_token) { Run(); });
}

void PresenceRecorder::Stop() {
  {
    const MutexLock lock(mu_);
    stopping_ = true;
  }
  changed_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

void PresenceRecorder::Run() {
  for (bool last = false; !last;) {
    {
      const MutexLock lock(mu_);
      if (!stopping_) changed_.WaitFor(mu_, config_.write_every);
      last = stopping_;
    }
    Collect();
    const bool silent = Steady::now() - written_ >= config_.sign_of_life_every;
    if (!last && !started_ && pending_.empty() && !silent) continue;
    const bool written = Write();
    if (written == said_failed_) {
      said_failed_ = !written;
      if (written) SPDLOG_INFO("presence is written again");
    }
  }
}

void PresenceRecorder::Collect() {
  for (const PresenceChange& change : hub_.TakePresenceChanges()) {
    const auto known = known_.find(change.endpoint_id);
    PresenceRow row = ToRow(change, known == known_.end() ? nullptr : &known->second);
    pending_[change.endpoint_id] = row;
    if (change.sessions > 0) {
      known_[change.endpoint_id] = std::move(row);
    } else if (known != known_.end()) {
      known_.erase(known);
    }
  }
}

bool PresenceRecorder::Write() {
  do {
    PresenceBatch batch{
        .broker_id = config_.broker_id, .started = started_, .rows = {}, .now = clock_.Now()};
    auto end = pending_.begin();
    for (; end != pending_.end() && batch.rows.size() < config_.rows_at_once; ++end)
      batch.rows.push_back(end->second);
    if (const auto put = store_.PutPresence(batch); !put) {
      if (!said_failed_) {
        SPDLOG_WARN("who is connected cannot be written: {}; it is tried again",
                    LogSafe(put.error().message));
      }
      return false;
    }
    pending_.erase(pending_.begin(), end);
    started_ = false;
    written_ = Steady::now();
  } while (!pending_.empty());
  return true;
}

}  // namespace wardcast
