// For readers: what is open, who watches the progress of an alert, and when to look again.
#include <algorithm>
#include <utility>

#include "server/feed/hub.h"

namespace wardcast {
namespace {

void NewestFirst(std::vector<AlertFramePtr>& frames) {
  std::ranges::sort(frames, std::greater(),
                    [](const AlertFramePtr& frame) { return frame->alert.id(); });
}

}  // namespace

std::vector<AlertFramePtr> Hub::OpenAlerts() const {
  std::vector<AlertFramePtr> frames;
  {
    const MutexLock lock(mu_);
    frames.reserve(on_wards_.size());
    for (const auto& [number, alert] : on_wards_) frames.push_back(alert->frame);
  }
  NewestFirst(frames);
  return frames;
}

std::vector<AlertFramePtr> Hub::ScheduledAlerts() const {
  std::vector<AlertFramePtr> frames;
  {
    const MutexLock lock(mu_);
    for (const auto& [number, alert] : unsent_) {
      if (IsScheduled(alert->frame->alert)) frames.push_back(alert->frame);
    }
  }
  NewestFirst(frames);
  return frames;
}

std::vector<AlertFramePtr> Hub::OpenAndScheduledAlerts() const {
  std::vector<AlertFramePtr> frames = ScheduledAlerts();
  for (AlertFramePtr& frame : OpenAlerts()) frames.push_back(std::move(frame));
  NewestFirst(frames);
  return frames;
}

void Hub::Call(Listener& listener) {
  if (!listener.gate.Enter()) return;
  listener.call();
  listener.gate.Leave();
}

Subscription Hub::WatchProgress(std::string alert_id, std::function<void()> changed) {
  const auto listener = std::make_shared<Listener>();
  listener->call = std::move(changed);
  const MutexLock lock(mu_);
  const auto at = listeners_.emplace(std::move(alert_id), listener);
  return Subscription([this, at, listener] {
    {
      const MutexLock relock(mu_);
      listeners_.erase(at);
    }
    listener->gate.Shut();
  });
}

Subscription Hub::Hear(std::set<ListenerPtr> Hub::* among, std::function<void()> call) {
  const auto listener = std::make_shared<Listener>();
  listener->call = std::move(call);
  const MutexLock lock(mu_);
  (this->*among).insert(listener);
  return Subscription([this, among, listener] {
    {
      const MutexLock relock(mu_);
      (this->*among).erase(listener);
    }
    listener->gate.Shut();
  });
}

Subscription Hub::OnAccess(std::function<void()> changed) {
  return Hear(&Hub::access_, std::move(changed));
}

Subscription Hub::OnAlerts(std::function<void()> changed) {
  return Hear(&Hub::alert_listeners_, std::move(changed));
}

void Hub::AccessChanged() {
  std::set<ListenerPtr> listeners;
  {
    const MutexLock lock(mu_);
    listeners = access_;
  }
  for (const ListenerPtr& listener : listeners) Call(*listener);
}

void Hub::Nudge(const std::string& endpoint_id) {
  {
    const MutexLock lock(mu_);
    for (Session* session : roster_.OfEndpoint(endpoint_id)) MarkNews(*session);
  }
  WakeFirst();
}

Subscription Hub::OnBehind(std::function<void()> behind) {
  const auto listener = std::make_shared<Listener>();
  listener->call = std::move(behind);
  const MutexLock lock(mu_);
  behind_ = listener;
  return Subscription([this, listener] {
    {
      const MutexLock relock(mu_);
      if (behind_ == listener) behind_ = nullptr;
    }
    listener->gate.Shut();
  });
}

void Hub::ProgressChanged(const std::vector<std::string>& alert_ids) {
  {
    const MutexLock lock(mu_);
    for (const std::string& id : alert_ids) NoteProgress(id);
  }
  RunListeners();
}

void Hub::NoteProgress(const std::string& alert_id) {
  if (listeners_.contains(alert_id)) progress_.insert(alert_id);
}

void Hub::RunListeners() {
  std::vector<ListenerPtr> due;
  {
    const MutexLock lock(mu_);
    for (const std::string& id : std::exchange(progress_, {})) {
      const auto [first, last] = listeners_.equal_range(id);
      for (auto at = first; at != last; ++at) due.push_back(at->second);
    }
    if (std::exchange(tell_alerts_, false))
      due.insert(due.end(), alert_listeners_.begin(), alert_listeners_.end());
  }
  for (const ListenerPtr& listener : due) Call(*listener);
}

}  // namespace wardcast
