// Keeps the certificates of this broker good while it runs: renews them before they end, follows
// the machine's names, takes over what the hospital has replaced.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <thread>

#include "base/clock.h"
#include "base/mutex.h"
#include "server/access/certificates/tls_folder.h"

namespace wardcast {

struct TlsWatchConfig {
  std::chrono::milliseconds look_every{10'000};
};

// Threads: own thread `certificates` between Start and Stop, which joins; Problem from
// any.
class TlsWatch {
 public:
  // `folder` and `clock` must outlive it.
  TlsWatch(TlsWatchConfig config, TlsFolder& folder, const Clock& clock)
      : config_(config), folder_(folder), clock_(clock) {}
  ~TlsWatch();
  TlsWatch(const TlsWatch&) = delete;
  TlsWatch& operator=(const TlsWatch&) = delete;

  // Once. `changed` is called on its thread when server.pem is another one.
  void Start(std::function<void()> changed);
  // After it there is no further call of `changed`. Idempotent.
  void Stop();

  // Why the certificate cannot be renewed or replaced, and until when what is served is valid;
  // empty: all is well.
  std::string Problem() const;

 private:
  void Run();
  void Look();

  const TlsWatchConfig config_;
  TlsFolder& folder_;
  const Clock& clock_;
  std::function<void()> changed_;  // set before the thread starts

  mutable Mutex mu_;
  CondVar wake_;
  bool stopping_ GUARDED_BY(mu_) = false;
  std::string problem_ GUARDED_BY(mu_);
  std::jthread thread_;  // last: the first to go
};

}  // namespace wardcast
