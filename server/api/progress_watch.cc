#include "server/api/progress_watch.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/named_thread.h"
#include "server/access/roles/held.h"
#include "server/access/roles/rule_table.h"
#include "server/api/method_table.h"

namespace wardcast {
namespace {

constexpr std::chrono::milliseconds kAskedSoon{300};
// Of everybody who only watches, so that no endpoint's name is touched.
constexpr const char* kWatcherId = "watcher";
constexpr std::size_t kMostRefused = 1'000;

std::string KeyOf(const Caller& caller) {
  return Sha256Hex(caller.bearer + "\n" + caller.session + "\n" + caller.registration_id);
}

}  // namespace

// One caller of WatchProgress. `mu` makes calls of `next` one at a time and ends them with the
// subscription.
struct ProgressWatch::Watcher {
  std::string alert_id;
  SignedInPtr signed_in;  // set once, before it is in a list
  bool gone = false;      // guarded by ProgressWatch::mu_: must not be admitted any more
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
                             Authenticator& authenticator, AuditLog& audit, WorkQueue& work)
    : config_(config),
      hub_(hub),
      reader_(reader),
      authenticator_(authenticator),
      audit_(audit),
      work_(work) {
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

Result<void> ProgressWatch::Check(const char* method, const Caller& caller,
                                  const SignedIn& signed_in) {
  const MethodRule& rule = *FindRule(method);
  const IdentityPtr identity = signed_in.identity();
  auto allowed = CheckRule(rule, *identity);
  if (allowed) allowed = CheckCsrf(caller, signed_in);
  if (!allowed && !identity->name.empty()) {
    audit_.NoteRefusal({.who = identity->name,
                        .peer = caller.peer,
                        .what = "refused",
                        .subject = method,
                        .detail = allowed.error().message});
  }
  return allowed;
}

SignedInPtr ProgressWatch::Look(const Caller& caller) {
  return authenticator_.Known(PresentedOf(caller));
}

void ProgressWatch::Learn(const Caller& caller) {
  // Full: the next try asks again.
  std::ignore = work_.Offer([this, caller] {
    const auto found = authenticator_.Authenticate(PresentedOf(caller));
    if (found || found.error().code == Code::kUnavailable) return;
    const MutexLock lock(mu_);
    if (refused_.size() >= kMostRefused) refused_.clear();
    refused_.insert_or_assign(KeyOf(caller), found.error());
  });
}

std::optional<Error> ProgressWatch::TakeRefusal(const Caller& caller) {
  const MutexLock lock(mu_);
  auto refused = refused_.extract(KeyOf(caller));
  if (refused.empty()) return std::nullopt;
  return std::move(refused.mapped());
}

Result<std::shared_ptr<Session>> ProgressWatch::Subscribe(const Caller& caller,
                                                          const v1::SubscribeRequest& request,
                                                          std::function<void()> wake) {
  const SignedInPtr signed_in = Look(caller);
  if (!signed_in) {
    if (auto refused = TakeRefusal(caller)) return std::unexpected(std::move(*refused));
    // Answered from memory, always: the store is asked meanwhile.
    Learn(caller);
    return FailFor(Code::kUnavailable, "who you are is being looked up; retry is safe", kAskedSoon);
  }
  if (auto allowed = Check("wardcast.v1.EndpointService/Subscribe", caller, *signed_in); !allowed)
    return std::unexpected(allowed.error());
  const IdentityPtr identity = signed_in->identity();
  if (auto itself = CheckOnlyItself(*identity, request.endpoint().id()); !itself)
    return std::unexpected(itself.error());
  if (!OnlyWatches(*identity)) return hub_.Open(request, std::move(wake));
  v1::SubscribeRequest watching = request;
  watching.mutable_endpoint()->Clear();
  watching.mutable_endpoint()->set_id(kWatcherId);
  watching.mutable_endpoint()->set_watcher(true);
  return hub_.Open(watching, std::move(wake));
}

// Whoever has proved to be a person or a program is no endpoint, whatever the request says; in
// plain text on loopback endpoints propose their id, and anybody may try that out.
bool ProgressWatch::OnlyWatches(const Identity& identity) const {
  switch (identity.kind) {
    case Identity::Kind::kPerson:
    case Identity::Kind::kToken:
    case Identity::Kind::kLocal:
      return !authenticator_.config().insecure_loopback;
    case Identity::Kind::kNobody:
    case Identity::Kind::kEndpoint:
    case Identity::Kind::kLoopback:
    case Identity::Kind::kUnproven:
      return false;
  }
  return false;
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
  auto signed_in = authenticator_.Authenticate(PresentedOf(caller));
  if (!signed_in) return watcher->Tell(std::unexpected(signed_in.error()));
  if (auto allowed = Check("wardcast.v1.AlertService/WatchProgress", caller, **signed_in); !allowed)
    return watcher->Tell(std::unexpected(allowed.error()));
  watcher->signed_in = std::move(*signed_in);
  if (const AlertFramePtr frame = hub_.FindCurrent(watcher->alert_id)) {
    if (auto sees = CheckSees(*watcher->signed_in->identity(), frame->alert); !sees)
      return watcher->Tell(std::unexpected(sees.error()));
  }
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
  for (const auto& watcher : watchers) {
    if (watcher->signed_in->over(authenticator_.Now())) {
      watcher->Tell(Fail(Code::kUnauthenticated, "you are not signed in any more"));
    } else {
      watcher->Tell(std::shared_ptr<const v1::WatchProgressResponse>(response));
    }
  }
}

std::size_t ProgressWatch::watcher_count() const {
  const MutexLock lock(mu_);
  std::size_t count = 0;
  for (const auto& [alert_id, watched] : watched_) count += watched->watchers.size();
  return count;
}

}  // namespace wardcast
