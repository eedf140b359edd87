#include "server/access/enrolment/standing_watch.h"

#include "base/log.h"
#include "base/named_thread.h"

namespace wardcast {

Result<void> StandingWatch::Load() {
  const auto standings = store_.LoadStandings(clock_.Now());
  if (!standings) return std::unexpected(standings.error());
  for (const CertifiedEndpoint& endpoint : gate_.Replace(*standings)) revoked_(endpoint);
  return {};
}

void StandingWatch::Start() {
  thread_ = StartThread("standings", [this](std::stop_token) { Run(); });
}

void StandingWatch::Ask() {
  {
    const MutexLock lock(mu_);
    asked_ = true;
  }
  wake_.NotifyAll();
}

void StandingWatch::Stop() {
  {
    const MutexLock lock(mu_);
    stopping_ = true;
  }
  wake_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

void StandingWatch::Run() {
  bool failed = false;
  for (;;) {
    {
      const MutexLock lock(mu_);
      if (!asked_ && !stopping_)
        wake_.WaitFor(mu_, failed ? config_.retry_every : config_.look_every);
      if (stopping_) return;
      asked_ = false;
    }
    const auto loaded = Load();
    if (!loaded && !failed) {
      SPDLOG_WARN("which endpoints are revoked cannot be read: {}; it is tried again",
                  LogSafe(loaded.error().message));
    }
    failed = !loaded;
  }
}

}  // namespace wardcast
