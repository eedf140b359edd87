#include "server/api/progress_watch.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/named_thread.h"

namespace wardcast {

// One caller of WatchProgress. `mu` makes calls of `next` one at a time and ends them with the
// subscription.
struct ProgressWatch::Watcher {
  std::string alert_id;
  bool gone = false;  // guarded by ProgressWatch::mu_: must not be admitted any more
  Mutex mu;
  Next next GUARDED_BY(mu);  // empty: ended

  void Tell(const Result<std::shared_ptr<const v1::WatchProgressResponse>>& result) {
    const MutexLock lock(mu);
    if (!next) return;
    next(result);
    if (!result) next = nullptr;
  }
  void End() {
    const MutexLock lock(mu);
    next = nullptr;
  }
};

// One alert that somebody watches. Guarded by ProgressWatch::mu_, except `changes`.
struct ProgressWatch::Watched {
  std::string alert_id;
  std::vector<std::shared_ptr<Watcher>> watchers;
  bool dirty = true;       // something changed since the last computation began
  bool computing = false;  // on a work thread now
  Clock::time_point computed{};
  Subscription changes;  // from the hub
};

ProgressWatch::ProgressWatch(ProgressWatchConfig config, Hub& hub, ProgressReader& reader,
                             Authenticator& authenticator, WorkQueue& work)
    : config_(config), hub_(hub), reader_(reader), authenticator_(authenticator), work_(work) {
  thread_ = StartThread("progress", [this](std::stop_token stop) { Run(std::move(stop)); });
}

ProgressWatch::~ProgressWatch() {
  Drain();
  {
    const MutexLock lock(mu_);
    stopping_ = true;
  }
  changed_.NotifyAll();
  thread_.join();
}

Result<std::shared_ptr<Session>> ProgressWatch::Subscribe(const Caller&,
                                                          const v1::SubscribeRequest& request,
                                                          std::function<void()> wake) {
  return hub_.Open(request, std::move(wake));
}

Subscription ProgressWatch::WatchProgress(const Caller& caller,
                                          const v1::WatchProgressRequest& request, Next next) {
  auto watcher = std::make_shared<Watcher>();
  watcher->alert_id = request.alert_id();
  {
    const MutexLock lock(watcher->mu);
    watcher->next = std::move(next);
  }
  // Who calls is found out on a work thread: the token may have to be asked for in the store.
  auto offered = work_.Offer([this, watcher, caller] { Admit(watcher, caller); });
  if (!offered) watcher->Tell(std::unexpected(offered.error()));
  return Subscription([this, watcher] { Forget(watcher); });
}

void ProgressWatch::Admit(const std::shared_ptr<Watcher>& watcher, const Caller& caller) {
  if (auto owner = authenticator_.Authenticate(caller.bearer); !owner)
    return watcher->Tell(std::unexpected(owner.error()));
  if (auto progress = reader_.Read(watcher->alert_id); !progress)
    return watcher->Tell(std::unexpected(progress.error()));
  std::shared_ptr<Watched> watched;
  {
    const MutexLock lock(mu_);
    if (watcher->gone) return;  // its caller left while the store was asked
    if (!draining_) {
      auto& slot = watched_[watcher->alert_id];
      if (!slot) {
        slot = std::make_shared<Watched>();
        slot->alert_id = watcher->alert_id;
      }
      slot->dirty = true;
      slot->watchers.push_back(watcher);
      watched = slot;
    }
  }
  if (!watched) return watcher->Tell(Fail(Code::kUnavailable, "the broker is stopping; try again"));
  // Outside the lock: the hub calls back under its own rules. A second subscription replaces the
  // first, harmlessly.
  Subscription changes =
      hub_.WatchProgress(watcher->alert_id, [this, alert_id = watcher->alert_id] {
        const MutexLock lock(mu_);
        const auto found = watched_.find(alert_id);
        if (found == watched_.end()) return;
        found->second->dirty = true;
        changed_.NotifyAll();
      });
  {
    const MutexLock lock(mu_);
    std::swap(watched->changes, changes);
  }
  changed_.NotifyAll();
}

void ProgressWatch::Forget(const std::shared_ptr<Watcher>& watcher) {
  watcher->End();
  std::shared_ptr<Watched> unused;  // its hub subscription ends outside the lock
  const MutexLock lock(mu_);
  watcher->gone = true;
  const auto found = watched_.find(watcher->alert_id);
  if (found == watched_.end()) return;
  std::erase(found->second->watchers, watcher);
  if (!found->second->watchers.empty()) return;
  unused = std::move(found->second);
  watched_.erase(found);
}

void ProgressWatch::Drain() {
  std::map<std::string, std::shared_ptr<Watched>> watched;
  {
    const MutexLock lock(mu_);
    draining_ = true;
    watched.swap(watched_);
  }
  for (const auto& [alert_id, entry] : watched) {
    for (const auto& watcher : entry->watchers)
      watcher->Tell(Fail(Code::kUnavailable, "the broker is stopping; try again"));
  }
}

void ProgressWatch::Run(std::stop_token) {
  for (;;) {
    std::vector<std::shared_ptr<Watched>> due;
    {
      const MutexLock lock(mu_);
      if (stopping_) return;
      const Clock::time_point now = Clock::now();
      Clock::duration wait = config_.at_least_every;
      for (const auto& [alert_id, watched] : watched_) {
        if (watched->computing) continue;
        const auto at =
            watched->computed + (watched->dirty ? config_.at_most_every : config_.at_least_every);
        if (at <= now) {
          watched->computing = true;
          watched->dirty = false;
          watched->computed = now;
          due.push_back(watched);
        } else {
          wait = std::min(wait, at - now);
        }
      }
      if (due.empty()) {
        changed_.WaitFor(mu_, std::chrono::duration_cast<std::chrono::milliseconds>(wait) +
                                  std::chrono::milliseconds(1));
        continue;
      }
    }
    for (const auto& watched : due) {
      if (work_.Offer([this, watched] { Compute(watched); })) continue;
      const MutexLock lock(mu_);
      watched->computing = false;
      watched->dirty = true;
    }
  }
}

void ProgressWatch::Compute(const std::shared_ptr<Watched>& watched) {
  auto progress = reader_.Read(watched->alert_id);
  // Gone for good (its time of keeping was over): the last word. Any other error: the store does
  // not answer, what was told stays true, and the next round tries again.
  const bool over = !progress && progress.error().code == Code::kNotFound;
  std::vector<std::shared_ptr<Watcher>> watchers;
  Subscription unused;  // ends outside the lock
  {
    const MutexLock lock(mu_);
    watched->computing = false;
    if (!progress) watched->dirty = true;
    watchers = watched->watchers;
    const auto found = watched_.find(watched->alert_id);
    if (over && found != watched_.end() && found->second == watched) {
      unused = std::move(watched->changes);
      watched_.erase(found);
    }
  }
  changed_.NotifyAll();
  if (over) {
    for (const auto& watcher : watchers) watcher->Tell(std::unexpected(progress.error()));
  }
  if (!progress) return;
  auto response = std::make_shared<v1::WatchProgressResponse>();
  *response->mutable_progress() = std::move(*progress);
  for (const auto& watcher : watchers)
    watcher->Tell(std::shared_ptr<const v1::WatchProgressResponse>(response));
}

std::size_t ProgressWatch::watcher_count() const {
  const MutexLock lock(mu_);
  std::size_t count = 0;
  for (const auto& [alert_id, watched] : watched_) count += watched->watchers.size();
  return count;
}

}  // namespace wardcast
