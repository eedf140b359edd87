// The live operations: subscriptions from the hub, and progress that is computed once for all who
// watch it.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>

#include "base/mutex.h"
#include "server/access/audit/audit_log.h"
#include "server/access/authenticator.h"
#include "server/api/figures/progress_reader.h"
#include "server/api/live.h"
#include "server/api/work_queue.h"

namespace wardcast {

struct ProgressWatchConfig {
  std::chrono::milliseconds at_most_every{250};  // four times a second
  std::chrono::milliseconds at_least_every{5'000};
};

// Threads: own thread `progress` decides what is due; computing runs on `work-N`; all functions
// from any.
class ProgressWatch final : public Live {
 public:
  // All must outlive this object; `work` must have stopped before it is destroyed.
  ProgressWatch(ProgressWatchConfig config, Hub& hub, ProgressReader& reader,
                Authenticator& authenticator, AuditLog& audit, WorkQueue& work);
  ~ProgressWatch() override;

  SignedInPtr Look(const Caller& caller) override;
  Result<std::shared_ptr<Session>> Subscribe(const Caller& caller,
                                             const v1::SubscribeRequest& request,
                                             std::function<void()> wake) override;
  Subscription WatchProgress(const Caller& caller, const v1::WatchProgressRequest& request,
                             Next next) override;

  // Every watcher gets kUnavailable as its last call; new ones too.
  void Drain();

  // Callers that are told; for the metrics.
  std::size_t watcher_count() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Watcher;
  struct Watched;

  void Run(std::stop_token stop);
  void Compute(const std::shared_ptr<Watched>& watched);
  // Whether `caller` may call this stream; `signed_in` is who that is.
  Result<void> Check(const char* method, const Caller& caller, const SignedIn& signed_in);
  bool OnlyWatches(const Identity& identity) const;
  void Learn(const Caller& caller);
  // What was learnt of it, if it was a refusal; once.
  std::optional<Error> TakeRefusal(const Caller& caller);
  void Admit(const std::shared_ptr<Watcher>& watcher, const Caller& caller);
  void Forget(const std::shared_ptr<Watcher>& watcher);

  const ProgressWatchConfig config_;
  Hub& hub_;
  ProgressReader& reader_;
  Authenticator& authenticator_;
  AuditLog& audit_;
  WorkQueue& work_;
  mutable Mutex mu_;
  CondVar changed_;
  bool draining_ GUARDED_BY(mu_) = false;
  bool stopping_ GUARDED_BY(mu_) = false;
  std::map<std::string, std::shared_ptr<Watched>> watched_ GUARDED_BY(mu_);  // by alert id
  // What Learn found, by the hash of the credential, until its owner asks again.
  std::unordered_map<std::string, Error> refused_ GUARDED_BY(mu_);
  std::jthread thread_;
};

}  // namespace wardcast
