// Which sessions does a change concern? Holds the current alerts, answers and directory in memory,
// so that a subscription is answered without the store.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/subscription.h"
#include "server/directory/directory.h"
#include "server/feed/session.h"
#include "server/store/store.h"

namespace wardcast {

struct HubConfig {
  // An empty message is due to a session that got nothing for this long.
  std::chrono::milliseconds heartbeat_every{20'000};
  // More sessions than this: kResourceExhausted.
  std::size_t max_sessions = 18'000;
};

// Threads: all functions from any; none blocks on anything but the hub's own mutex.
class Hub {
 public:
  Hub(HubConfig config, const Clock& clock);

  // For front doors. Opens a session; its first delivery (`synced`) is due at once, `wake` is
  // called for it too. `wake` runs on the feed's thread (or inside Open) with no lock of the hub
  // held: it may call Session::Take(), must not block, and must not call Open or Close.
  // kInvalidArgument: no or malformed endpoint id, more than 1,000 known. kUnavailable: draining,
  // or behind max_seen_sequence (the feed is asked to read up to it at once). kResourceExhausted:
  // too many sessions.
  Result<std::shared_ptr<Session>> Open(const v1::SubscribeRequest& request,
                                        std::function<void()> wake);

  // For readers.
  DirectoryPtr directory() const;
  // Current alerts (open, and closed within 7 days) as the feed has applied them, newest first.
  std::vector<AlertFramePtr> CurrentAlerts() const;
  AlertFramePtr FindCurrent(const std::string& alert_id) const;  // nullptr: not current
  bool IsConnected(const std::string& endpoint_id) const;
  std::size_t session_count() const;
  Sequence applied() const;
  // `changed` is called (feed's thread, must not block) when progress or presence of that alert may
  // have changed.
  Subscription WatchProgress(std::string alert_id, std::function<void()> changed);

  // For the feed only.
  void SetDirectory(DirectoryPtr directory, Sequence sequence);
  void SetAlert(const StoredAlert& stored);
  void Advance(Sequence applied);  // everything up to here was applied: sessions may be told
  void AddAnswers(const std::vector<v1::WardAnswer>& answers);
  void ProgressChanged(const std::vector<std::string>& alert_ids);
  void Tick(
      TimePoint now);  // heartbeats that are due; forgets alerts that closed more than 7 days ago

  // Draining: no new sessions; every session gets a last delivery with `retry_after`.
  void Drain(std::chrono::milliseconds retry_after);
};

}  // namespace wardcast
