#include "server/access/certificates/tls_watch.h"

#include <exception>
#include <utility>

#include "base/log.h"
#include "base/named_thread.h"
#include "base/proto_time.h"

namespace wardcast {

void TlsWatch::Start(std::function<void()> changed) {
  changed_ = std::move(changed);
  thread_ = StartThread("certificates", [this](std::stop_token) { Run(); });
}

TlsWatch::~TlsWatch() { Stop(); }

void TlsWatch::Stop() {
  {
    const MutexLock lock(mu_);
    stopping_ = true;
  }
  wake_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

std::string TlsWatch::Problem() const {
  const MutexLock lock(mu_);
  return problem_;
}

void TlsWatch::Run() {
  for (;;) {
    {
      const MutexLock lock(mu_);
      if (!stopping_) wake_.WaitFor(mu_, config_.look_every);
      if (stopping_) return;
    }
    Look();
  }
}

void TlsWatch::Look() {
  Result<bool> refreshed = false;
  try {
    refreshed = folder_.Refresh(clock_.Now());
  } catch (const std::exception& error) {  // memory is out, or OpenSSL has no random numbers
    refreshed = Fail(Code::kInternal, error.what());
  }
  std::string problem;
  if (!refreshed) {
    problem = "the certificate cannot be renewed or replaced: " + refreshed.error().message +
              "; what is served is valid until " + ToRfc3339(folder_.valid_until());
  }
  bool news = false;
  {
    const MutexLock lock(mu_);
    news = problem_ != problem;
    problem_ = problem;
  }
  if (news && !problem.empty()) SPDLOG_ERROR("{}", LogSafe(problem));
  if (news && problem.empty()) SPDLOG_INFO("the certificate can be renewed again");
  if (refreshed && *refreshed) changed_();
}

}  // namespace wardcast
