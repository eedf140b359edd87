#include "server/feed/hub.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace wardcast {
namespace {

constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

}  // namespace

Hub::Hub(HubConfig config, const Clock& clock)
    : config_(config),
      clock_(clock),
      directory_(std::make_shared<const Directory>(DirectoryContent{}, 0)),
      last_tick_(clock.Now()) {}

DirectoryPtr Hub::directory() const {
  const MutexLock lock(mu_);
  return directory_;
}

AlertFramePtr Hub::FindCurrent(const std::string& alert_id) const {
  const MutexLock lock(mu_);
  const auto at = alerts_.find(alert_id);
  return at == alerts_.end() ? nullptr : at->second->frame;
}

bool Hub::IsConnected(const std::string& endpoint_id) const {
  const MutexLock lock(mu_);
  return !roster_.OfEndpoint(endpoint_id).empty();
}

std::vector<std::string> Hub::UnknownEndpoints() const {
  std::vector<std::string> ids;
  const MutexLock lock(mu_);
  ids.reserve(roster_.unknown().size());
  for (const Session* session : roster_.unknown()) ids.push_back(session->endpoint_id_);
  return ids;
}

int Hub::CountConnected(const Directory& directory, std::span<const v1::Endpoint* const> endpoints,
                        const std::unordered_set<std::string>& elsewhere) const {
  const MutexLock lock(mu_);
  const bool numbered = &directory == directory_.get();
  int count = 0;
  for (const v1::Endpoint* endpoint : endpoints) {
    const bool there = numbered ? roster_.IsThere(directory.NumberOf(*endpoint))
                                : !roster_.OfEndpoint(endpoint->id()).empty();
    count += there || (!elsewhere.empty() && elsewhere.contains(endpoint->id())) ? 1 : 0;
  }
  return count;
}

int Hub::CountAnswers(const v1::WardAnswer& like) const {
  const MutexLock lock(mu_);
  const auto alert = alerts_.find(like.alert_id());
  if (alert == alerts_.end()) return 0;
  const auto of_ward = alert->second->ward_answers.find(like.ward_id());
  if (of_ward == alert->second->ward_answers.end()) return 0;
  return static_cast<int>(std::ranges::count_if(of_ward->second, [&](const KeptAnswer& kept) {
    const v1::WardAnswer& answer = kept.full->answer;
    return answer.round() == like.round() && answer.by() == like.by();
  }));
}

std::size_t Hub::session_count() const {
  const MutexLock lock(mu_);
  return roster_.all().size();
}

Sequence Hub::applied() const {
  const MutexLock lock(mu_);
  return applied_;
}

LogIdentity Hub::log() const {
  const MutexLock lock(mu_);
  return log_;
}

HubCounts Hub::Counts() const {
  const MutexLock lock(mu_);
  const auto scheduled = static_cast<std::size_t>(std::ranges::count_if(
      unsent_, [](const auto& entry) { return IsScheduled(entry.second->frame->alert); }));
  return {.sessions = roster_.all().size(),
          .watchers = roster_.watchers().size(),
          .open = on_wards_.size(),
          .scheduled = scheduled,
          .drafts = unsent_.size() - scheduled,
          .closed = closed_.size(),
          .duplicates = duplicates_.size(),
          .busy = roster_.busy().size()};
}

void Hub::Forget(Session& session) {
  const MutexLock lock(mu_);
  if (std::exchange(session.closed_, true)) return;
  NotePresence(session);
  roster_.Remove(session);
  NoteEnd(session.endpoint_id_);
  session.due_ = {};
  session.removed_ = {};
  session.holdings_.Clear();
  if (drain_ && roster_.all().empty()) emptied_.NotifyAll();
}

std::size_t Hub::BeginDrain(std::chrono::milliseconds retry_after) {
  const MutexLock lock(mu_);
  drain_ = retry_after;
  to_release_.clear();
  to_release_.reserve(roster_.all().size());
  // Taken from the end: those that got a message last go first.
  for (const std::shared_ptr<Session>& session : roster_.all()) to_release_.push_back(session);
  return to_release_.size();
}

bool Hub::Release(std::size_t count) {
  bool more = false;
  {
    const MutexLock lock(mu_);
    for (; count > 0 && !to_release_.empty(); --count) {
      const std::shared_ptr<Session> session = to_release_.back().lock();
      to_release_.pop_back();
      if (!session || session->closed_) continue;
      session->last_ = true;
      Queue(*session);
    }
    more = !to_release_.empty();
  }
  RunWakes(kAll);
  return more;
}

bool Hub::WaitUntilEmpty(std::chrono::milliseconds wait) {
  const auto until = std::chrono::steady_clock::now() + wait;
  const MutexLock lock(mu_);
  while (!roster_.all().empty()) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    emptied_.WaitFor(mu_, left);
  }
  return true;
}

void Hub::Tick(TimePoint now) {
  {
    const MutexLock lock(mu_);
    if (now < last_tick_) roster_.ClampTo(now);
    last_tick_ = now;
    DropOld(now);
    while (!roster_.all().empty()) {
      Session& oldest = *roster_.all().front();
      if (oldest.last_message_ + config_.heartbeat_every > now) break;
      roster_.Touch(oldest, now);
      MarkNews(oldest);
    }
    WakeStuck(now);
    FindDuplicates(now);
  }
  WakeFirst();
  RunListeners();
}

void Hub::WakeStuck(TimePoint now) {
  while (!roster_.busy().empty()) {
    Session& longest = *roster_.busy().front();
    if (longest.took_ + config_.stuck_after > now) return;
    roster_.Busy(longest, now);  // asked again after as long
    to_wake_.push_back(longest.shared_from_this());
  }
}

void Hub::MarkMatched(CurrentAlert& alert, const Matched& matched) {
  const std::vector<v1::Endpoint>& endpoints = directory_->content().endpoints;
  for (std::size_t number = 0; number < matched.endpoints.size(); ++number) {
    if (!matched.endpoints[number]) continue;
    for (Session* session : roster_.OfEndpoint(endpoints[number].id())) Mark(*session, alert);
  }
  if (!matched.unknown) return;
  for (Session* session : roster_.unknown()) Mark(*session, alert);
}

void Hub::MarkAll(CurrentAlert& alert) {
  if (!roster_.busy().empty()) {
    // For all of those at once, without touching them: after the first alert of a burst to
    // thousands they are busy.
    MarkLast(alert);
    all_marked_ = marks_;
  }
  const std::list<Session*>& idle = roster_.idle();
  for (auto at = idle.begin(); at != idle.end();) Mark(**at++, alert);  // makes it busy
}

void Hub::Mark(Session& session, CurrentAlert& alert) {
  if (!session.armed_) return MarkLater(session, alert);
  Holding* holding = session.holdings_.Find(&alert);
  if (!holding) {
    if (!Concerns(alert, session)) return;  // neither has it nor gets it
    holding = &session.holdings_.Add(&alert);
  }
  if (!holding->due) session.due_.push_back(&alert);
  holding->due = true;
  Queue(session);
}

// It will take, sooner or later, and looks then at all that was marked since it looked last: one
// place in a list for all sessions that are busy, instead of one in each.
void Hub::MarkLater(Session& session, CurrentAlert& alert) {
  session.look_again_ = true;
  if (alert.marked <= session.looked_) MarkLast(alert);
}

void Hub::MarkLast(CurrentAlert& alert) {
  if (alert.marked == 0) {
    alert.in_marked = marked_.insert(marked_.end(), &alert);
  } else {
    marked_.splice(marked_.end(), marked_, alert.in_marked);
  }
  alert.marked = ++marks_;
}

void Hub::MarkNews(Session& session) {
  session.news_ = true;
  Queue(session);
}

void Hub::Queue(Session& session) {
  if (!std::exchange(session.armed_, false)) return;
  roster_.Busy(session, clock_.Now());  // until it asks
  to_wake_.push_back(session.shared_from_this());
}

void Hub::WakeFirst() {
  if (!WakesWait()) WakeMore();
}

void Hub::WakeMore() { RunWakes(config_.wake_at_once); }

bool Hub::WakesWait() const {
  const MutexLock lock(mu_);
  return wakes_wait_;
}

void Hub::RunWakes(std::size_t most) {
  {
    const MutexLock lock(mu_);
    if (waking_) return;  // that thread takes what was added, or says that it waits
    waking_ = true;
  }
  std::vector<std::shared_ptr<Session>> sessions;
  while (true) {
    {
      const MutexLock lock(mu_);
      const std::size_t count = std::min({most, to_wake_.size(), config_.wake_at_once});
      if (count == 0) {
        waking_ = false;
        wakes_wait_ = !to_wake_.empty();
        return;
      }
      const auto end = to_wake_.begin() + static_cast<std::ptrdiff_t>(count);
      sessions.assign(std::move_iterator(to_wake_.begin()), std::move_iterator(end));
      to_wake_.erase(to_wake_.begin(), end);
      most -= count;
    }
    for (const std::shared_ptr<Session>& session : sessions) {
      if (!session->gate_.Enter()) continue;
      session->wake_();
      session->gate_.Leave();
    }
  }
}

}  // namespace wardcast
