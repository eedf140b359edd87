#include "server/feed/hub.h"

#include <algorithm>
#include <utility>

namespace wardcast {
Hub::Hub(HubConfig config, const Clock& clock, Matcher matcher)
    : config_(config),
      clock_(clock),
      matcher_(std::move(matcher)),
      directory_(std::make_shared<const Directory>(DirectoryContent{}, 0)),
      last_tick_(clock.Now()) {}

DirectoryPtr Hub::directory() const {
  const MutexLock lock(mu_);
  return directory_;
}

std::vector<AlertFramePtr> Hub::CurrentAlerts() const {
  std::vector<AlertFramePtr> frames;
  {
    const MutexLock lock(mu_);
    frames.reserve(alerts_.size());
    for (const auto& [id, alert] : alerts_) frames.push_back(alert->frame);
  }
  std::ranges::sort(frames, std::greater(),
                    [](const AlertFramePtr& frame) { return frame->alert.id(); });
  return frames;
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

std::size_t Hub::session_count() const {
  const MutexLock lock(mu_);
  return roster_.all().size();
}

Sequence Hub::applied() const {
  const MutexLock lock(mu_);
  return applied_;
}

void Hub::Forget(Session& session) {
  const MutexLock lock(mu_);
  if (std::exchange(session.closed_, true)) return;
  NotePresence(session);
  roster_.Remove(session);
  session.due_ = {};
  session.removed_ = {};
  session.holdings_.Clear();
}

void Hub::Drain(std::chrono::milliseconds retry_after) {
  {
    const MutexLock lock(mu_);
    drain_ = retry_after;
    for (const std::shared_ptr<Session>& session : roster_.all()) {
      session->last_ = true;
      Queue(*session);
    }
  }
  RunWakes();
}

void Hub::Tick(TimePoint now) {
  {
    const MutexLock lock(mu_);
    if (now < last_tick_) roster_.ClampTo(now);
    last_tick_ = now;
    std::vector<CurrentAlert*> old;
    for (const auto& [id, alert] : alerts_) {
      if (alert->closed_at && *alert->closed_at + config_.keep_closed < now)
        old.push_back(alert.get());
    }
    for (CurrentAlert* alert : old) Drop(*alert, Tell::kNo);
    while (!roster_.all().empty()) {
      Session& oldest = *roster_.all().front();
      if (oldest.last_message_ + config_.heartbeat_every > now) break;
      roster_.Touch(oldest, now);
      oldest.armed_ =
          true;  // also one that has taken nothing since: its transport may see that it is stuck
      MarkNews(oldest);
    }
  }
  RunWakes();
  RunListeners();
}

void Hub::MarkMatched(CurrentAlert& alert, const Matched& matched) {
  for (const std::string& id : matched.endpoints) {
    for (Session* session : roster_.OfEndpoint(id)) Mark(*session, alert);
  }
  if (!matched.unknown) return;
  for (Session* session : roster_.unknown()) Mark(*session, alert);
}

void Hub::MarkAll(CurrentAlert& alert) {
  for (const std::shared_ptr<Session>& session : roster_.all()) Mark(*session, alert);
}

void Hub::Mark(Session& session, CurrentAlert& alert) {
  Holding* holding = session.holdings_.Find(&alert);
  if (!holding) {
    if (!Concerns(alert, session)) return;  // neither has it nor gets it
    holding = &session.holdings_.Add(&alert);
  }
  if (!holding->due) session.due_.push_back(&alert);
  holding->due = true;
  Queue(session);
}

void Hub::MarkNews(Session& session) {
  session.news_ = true;
  Queue(session);
}

void Hub::Queue(Session& session) {
  if (std::exchange(session.armed_, false)) to_wake_.push_back(session.shared_from_this());
}

void Hub::RunWakes() {
  {
    const MutexLock lock(mu_);
    if (waking_) return;  // that thread takes what was added
    waking_ = true;
  }
  while (true) {
    std::vector<std::shared_ptr<Session>> sessions;
    {
      const MutexLock lock(mu_);
      sessions.swap(to_wake_);
      if (sessions.empty()) {
        waking_ = false;
        return;
      }
    }
    for (const std::shared_ptr<Session>& session : sessions) {
      if (!session->gate_.Enter()) continue;
      session->wake_();
      session->gate_.Leave();
    }
  }
}

}  // namespace wardcast
