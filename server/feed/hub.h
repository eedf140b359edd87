// Which sessions does a change concern? Holds the current alerts, answers and directory in memory,
// so that a subscription is answered without the store.
//
// Locks: one mutex for everything (mu_), held for microseconds and never while anybody else is
// called: `wake`, `changed` and the feed's ear run behind call gates with no lock held. Nobody
// holds another lock of this room and takes mu_; the feed's own mutex is never held while the hub
// is called.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "base/subscription.h"
#include "server/directory/directory.h"
#include "server/feed/match.h"
#include "server/feed/presence.h"
#include "server/feed/roster.h"
#include "server/feed/session.h"
#include "server/store/store.h"

namespace wardcast {

struct HubConfig {
  // An empty message is due to a session that got nothing for this long.
  std::chrono::milliseconds heartbeat_every{20'000};
  // More sessions than this: kResourceExhausted.
  std::size_t max_sessions = 18'000;
  // Closing versions are kept for so long, for those who were off.
  std::chrono::hours keep_closed{7 * 24};
  // No more closing versions than this, because publishing and ending has no limit: the oldest go
  // first. Who still holds one of those is told that it is removed.
  std::size_t max_closed = 2'000;
  // Answers kept per alert and ward, and per alert for watchers (the console's board). The newest
  // stay; all of them are in the store.
  std::size_t max_ward_answers = 200;
  std::size_t max_answers = 5'000;
  // A transport that was woken, or took a message, and has not asked for the next one for so long
  // is woken (again), so that it sees that its peer takes nothing.
  std::chrono::milliseconds stuck_after{30'000};
  // So many sessions are woken before the feed looks at what has come meanwhile.
  std::size_t wake_at_once = 256;
  // Two sessions of one endpoint id that both live so long are two machines: a dead one of the same
  // machine is noticed within 45 s.
  std::chrono::milliseconds duplicate_after{60'000};
};

// For the metrics.
struct HubCounts {
  std::size_t sessions = 0;
  std::size_t watchers = 0;    // of these
  std::size_t open = 0;        // alerts on the wards
  std::size_t scheduled = 0;   // that wait for their time
  std::size_t drafts = 0;      // that are written, or wait for approval
  std::size_t closed = 0;      // closing versions that are kept
  std::size_t duplicates = 0;  // endpoint ids that two machines use
  std::size_t busy = 0;        // sessions that were woken or are written to
};

// All that a hub holds, as the store has it.
struct HubState {
  LogIdentity log;
  DirectoryPtr directory;  // not null
  Sequence directory_sequence = 0;
  std::vector<StoredAlert> alerts;
  std::vector<v1::WardAnswer> answers;  // by answer_version
  Sequence applied = 0;
};

// Threads: all functions from any; none blocks on anything but the hub's own mutex.
class Hub {
 public:
  Hub(HubConfig config, const Clock& clock);
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;
  // All sessions are closed, all subscriptions gone.
  ~Hub() = default;

  // For front doors. Opens a session; its first delivery (`synced`) is due at once, `wake` is
  // called for it too. `wake` runs on the feed's thread (or inside Open, before it returns) with no
  // lock of the hub held: it may call Session::Take(), must not block or throw, and must not call
  // Open or Close. Calls for one session never overlap. kInvalidArgument: no or malformed endpoint
  // id, more than 1,000 known. kUnavailable: draining, or behind max_seen_sequence (the feed is
  // asked to read up to it at once). kResourceExhausted: too many sessions.
  Result<std::shared_ptr<Session>> Open(const v1::SubscribeRequest& request,
                                        std::function<void()> wake);

  // For readers.
  const HubConfig& config() const { return config_; }
  DirectoryPtr directory() const;
  // As the feed has applied them. On the wards, newest first; drafts and what waits for approval or
  // for its time are not among them.
  std::vector<AlertFramePtr> OpenAlerts() const;
  // What waits for its time (SCHEDULED), newest first.
  std::vector<AlertFramePtr> ScheduledAlerts() const;
  // Both, newest first: what the clock has to do with, and what people may know to be planned.
  std::vector<AlertFramePtr> OpenAndScheduledAlerts() const;
  AlertFramePtr FindCurrent(const std::string& alert_id) const;  // nullptr: not current
  // Watchers do not count. CountConnected: how many of these are, which are the directory's, here
  // or by id `elsewhere`; looks at all of them under one lock, so that it is for a ward's, not for
  // a hospital's.
  bool IsConnected(const std::string& endpoint_id) const;
  int CountConnected(const Directory& directory, std::span<const v1::Endpoint* const> endpoints,
                     const std::unordered_set<std::string>& elsewhere = {}) const;
  // Ids of endpoints with a session here that the directory does not know, in no order; an id may
  // be there twice.
  std::vector<std::string> UnknownEndpoints() const;
  // Answers that are kept for the alert, ward, round and giver (`by`) of `like`.
  int CountAnswers(const v1::WardAnswer& like) const;
  std::size_t session_count() const;
  Sequence applied() const;
  LogIdentity log() const;
  HubCounts Counts() const;
  // Endpoint ids that two machines use at this moment (cloned disks). Both are served.
  std::vector<std::string> Duplicates() const;
  // The endpoint says that it stops: if its last session ends within 30 s it went as it said.
  // Nothing if it has no session here.
  void HearGoodbye(const std::string& endpoint_id);
  // The endpoint says whether somebody can see its screen: holds for its newest session until it
  // says otherwise. A state that this broker does not know counts as not said. Nothing if it has no
  // session here.
  void HearScreen(const std::string& endpoint_id, v1::ScreenState::Value state);
  // What it said last; UNSPECIFIED: nothing, or it has no session here.
  v1::ScreenState::Value ScreenOf(const std::string& endpoint_id) const;
  // What changed about who is connected since the last call, one entry for each endpoint id;
  // watchers are not in it. One caller, who keeps what it could not write.
  std::vector<PresenceChange> TakePresenceChanges();
  // `changed` is called (feed's thread, must not block) when progress or presence of that alert may
  // have changed.
  Subscription WatchProgress(std::string alert_id, std::function<void()> changed);

  // `changed` is called (feed's thread, must not block) after an entry kAccess, and when everything
  // was loaded anew. Any number of them.
  Subscription OnAccess(std::function<void()> changed);
  // `changed` is called (feed's thread, must not block) after alerts were applied or loaded anew:
  // one is new, or one has changed. Any number of them.
  Subscription OnAlerts(std::function<void()> changed);
  // Something is due to every session of that endpoint: its transport looks whether it may stay.
  void Nudge(const std::string& endpoint_id);

  // For the feed only, one call at a time. What becomes due is told to the sessions by Advance,
  // AddAnswers, Replace, SetLog and Tick, to HubConfig::wake_at_once of them. If more wait, nobody
  // is told anything but by WakeMore, to as many each time, so that the feed can apply what has
  // come meanwhile: those that were not told yet get it in the same message.
  void WakeMore();
  bool WakesWait() const;
  // Everything at once, at start and after the store's history changed: sessions get what differs.
  void Replace(HubState state);
  // A certificate, session or role was revoked or changed.
  void AccessChanged();
  // `sequence`: of the entry that brought it.
  void SetDirectory(DirectoryPtr directory, Sequence sequence);
  // A version that is not newer than the current one changes nothing. One of a higher generation
  // brings that generation, see SetLog.
  void SetAlert(const StoredAlert& stored);
  // The log has begun a new life: every session is told at once. A generation that is not higher
  // changes nothing.
  void SetLog(const LogIdentity& log);
  void Advance(Sequence applied);  // everything up to here was applied: sessions may be told
  // By answer_version and complete for each version: what is not newer than the newest so far
  // changes nothing. Answers to alerts that are not current are dropped.
  void AddAnswers(const std::vector<v1::WardAnswer>& answers);
  void ProgressChanged(const std::vector<std::string>& alert_ids);
  // Heartbeats that are due, sessions that are stuck, endpoint ids that two machines use; forgets
  // alerts that closed more than 7 days ago.
  void Tick(TimePoint now);
  // What endpoints that were refused as ahead of this broker have seen; see TakeClaims.
  struct Claim {
    std::string endpoint_id;
    std::int64_t generation = 0;
    Sequence version = 0;
  };
  // The claims since the last call, one for each endpoint id, at most 1,000.
  std::vector<Claim> TakeClaims();
  // True if the hub still has not applied what the endpoint has seen.
  bool IsAhead(const Claim& claim) const;
  // `behind` is called (by Open, any thread, must not block) when an endpoint has seen more than
  // was applied. One at most.
  Subscription OnBehind(std::function<void()> behind);

  // Draining (server/feed/drain.h does all of it). From BeginDrain on there are no new sessions;
  // returns how many there are. Release gives the next `count` of them a last delivery with
  // `retry_after`; false: none is left to release. One thread.
  std::size_t BeginDrain(std::chrono::milliseconds retry_after);
  bool Release(std::size_t count);
  // Blocks until there is no session, for `wait` at most; true: there is none.
  bool WaitUntilEmpty(std::chrono::milliseconds wait);

 private:
  friend class Session;
  struct Listener {
    std::function<void()> call;
    CallGate gate;
  };
  using ListenerPtr = std::shared_ptr<Listener>;
  static void Call(Listener& listener);
  // One more of those that are told of the same.
  Subscription Hear(std::set<ListenerPtr> Hub::* among, std::function<void()> call);

  // Session::Take and the first half of Session::Close.
  std::optional<Delivery> Take(Session& session);
  void Forget(Session& session);

  // Opening (hub_open.cc).
  // What the endpoint has seen that the hub has not.
  std::optional<Claim> FindAhead(const v1::SubscribeRequest& request) const REQUIRES(mu_);
  void Reconcile(Session& session, const v1::SubscribeRequest& request) REQUIRES(mu_);

  // What a session gets (hub_take.cc).
  bool Concerns(const CurrentAlert& alert, const Session& session) const REQUIRES(mu_);
  void Collect(Session& session, Delivery& delivery) REQUIRES(mu_);
  void LookAgain(Session& session) REQUIRES(mu_);
  void CollectAnswers(Session& session, Holding& holding, Delivery& delivery) REQUIRES(mu_);

  // Applying (hub_apply.cc).
  enum class Tell { kYes, kNo };
  // Alerts on the wards with the audience that `directory` gives them.
  std::vector<std::pair<std::string, MatchedPtr>> MatchAll(const Directory& directory) const;
  // An alert, and whom it was for under the directory before.
  using Before = std::vector<std::pair<CurrentAlert*, MatchedPtr>>;
  void TellLog(std::int64_t generation) REQUIRES(mu_);
  void Put(const AlertFramePtr& frame, MatchedPtr matched) REQUIRES(mu_);
  void PlaceAll(DirectoryPtr directory, Sequence sequence, const Before& before) REQUIRES(mu_);
  void ApplyAnswer(const AnswerFramePtr& frame) REQUIRES(mu_);
  // Takes these alerts away. Tell::kYes: those who hold one are told that it is removed.
  void Drop(const std::vector<CurrentAlert*>& alerts, Tell tell) REQUIRES(mu_);
  // Takes the alert out of on_wards_, unsent_ and closed_, or puts it where its state says.
  void Unlist(CurrentAlert& alert) REQUIRES(mu_);
  void List(CurrentAlert& alert) REQUIRES(mu_);
  void DropOld(TimePoint now) REQUIRES(mu_);

  // The set of what is due.
  void MarkMatched(CurrentAlert& alert, const Matched& matched) REQUIRES(mu_);
  void MarkAll(CurrentAlert& alert) REQUIRES(mu_);
  void Mark(Session& session, CurrentAlert& alert) REQUIRES(mu_);
  void MarkLater(Session& session, CurrentAlert& alert) REQUIRES(mu_);
  void MarkLast(CurrentAlert& alert) REQUIRES(mu_);
  void MarkNews(Session& session) REQUIRES(mu_);
  void Queue(Session& session) REQUIRES(mu_);
  void WakeStuck(TimePoint now) REQUIRES(mu_);
  // Who is connected (presence.cc).
  void NotePresence(const Session& session) REQUIRES(mu_);
  void NoteEnd(const std::string& endpoint_id) REQUIRES(mu_);
  Session* NewestOf(const std::string& endpoint_id) const REQUIRES(mu_);
  void FindDuplicates(TimePoint now) REQUIRES(mu_);
  void NoteProgress(const std::string& alert_id) REQUIRES(mu_);
  // Calls what was queued, `most` of them; with no lock held.
  void RunWakes(std::size_t most) EXCLUDES(mu_);
  // The first of them, unless some wait already.
  void WakeFirst() EXCLUDES(mu_);
  void RunListeners() EXCLUDES(mu_);

  const HubConfig config_;
  const Clock& clock_;

  mutable Mutex mu_;
  LogIdentity log_ GUARDED_BY(mu_){.log_id = {}, .generation = 0};
  bool ready_ GUARDED_BY(mu_) = false;  // something was applied
  DirectoryPtr directory_ GUARDED_BY(mu_);
  Sequence directory_sequence_ GUARDED_BY(mu_) = 0;
  Sequence applied_ GUARDED_BY(mu_) = 0;
  Sequence newest_ GUARDED_BY(mu_) =
      0;  // highest of applied_ and all versions: an alert may be read before its entry
  JournalVersion answered_ GUARDED_BY(mu_) = 0;  // newest answer_version that was added
  std::unordered_map<std::string, std::unique_ptr<CurrentAlert>> alerts_ GUARDED_BY(mu_);
  // Of alerts_: those on the wards, by number, so that opening a session looks at few; those that
  // are not sent yet; and those that closed, the oldest first.
  std::map<std::uint32_t, CurrentAlert*> on_wards_ GUARDED_BY(mu_);
  std::map<std::uint32_t, CurrentAlert*> unsent_ GUARDED_BY(mu_);
  std::set<std::pair<TimePoint, CurrentAlert*>> closed_ GUARDED_BY(mu_);
  std::uint32_t last_number_ GUARDED_BY(mu_) = 0;
  // Of alerts_: those that were marked for busy sessions, the last one at the end; and how often.
  std::list<CurrentAlert*> marked_ GUARDED_BY(mu_);
  std::uint64_t marks_ GUARDED_BY(mu_) = 0;
  std::uint64_t all_marked_ GUARDED_BY(mu_) = 0;  // which of these was for all sessions
  Roster roster_ GUARDED_BY(mu_);
  std::vector<CurrentAlert*> taking_ GUARDED_BY(mu_);  // Collect's own; kept for its memory
  std::optional<std::chrono::milliseconds> drain_ GUARDED_BY(mu_);
  std::vector<std::weak_ptr<Session>> to_release_ GUARDED_BY(mu_);  // while draining
  CondVar emptied_;                                                 // while draining
  // Endpoint ids: whose presence changed, when, and whether it had said goodbye; those that have
  // and are still here, and when they said it; those with more than one session; of those, the ones
  // that two machines use.
  struct Noted {
    TimePoint at;
    bool goodbye = false;
  };
  std::unordered_map<std::string, Noted> presence_ GUARDED_BY(mu_);
  std::unordered_map<std::string, TimePoint> goodbyes_ GUARDED_BY(mu_);
  std::set<std::string> crowded_ GUARDED_BY(mu_);
  std::set<std::string> duplicates_ GUARDED_BY(mu_);
  TimePoint last_tick_ GUARDED_BY(mu_);  // shows that the clock went back
  // Sessions whose transport waits and has something to take.
  std::deque<std::shared_ptr<Session>> to_wake_ GUARDED_BY(mu_);
  bool wakes_wait_ GUARDED_BY(mu_) = false;  // WakeMore goes on
  bool waking_ GUARDED_BY(mu_) = false;      // some thread is in RunWakes and takes what is added
  std::multimap<std::string, ListenerPtr> listeners_ GUARDED_BY(mu_);
  std::set<std::string> progress_ GUARDED_BY(mu_);  // alerts whose listeners are to be called
  ListenerPtr behind_ GUARDED_BY(mu_);
  std::set<ListenerPtr> access_ GUARDED_BY(mu_);
  std::set<ListenerPtr> alert_listeners_ GUARDED_BY(mu_);
  bool tell_alerts_ GUARDED_BY(mu_) = false;  // these are to be called
  std::map<std::string, Claim> claims_ GUARDED_BY(mu_);
};

}  // namespace wardcast
