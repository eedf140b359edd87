// The composition root: read Broker::Start from top to bottom and you know the system.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "server/broker/config.h"

namespace wardcast {

// Threads: all functions from the main thread.
class Broker {
 public:
  Broker(Config config, std::string version);
  // Stops if it still runs.
  ~Broker();

  // Opens the store, makes keys and token at the first start, loads the state, opens both doors,
  // and writes DATA_DIR/listening.json. An error says what to do, and leaves nothing running.
  Result<void> Start();

  // Stops in the reverse order: no new sessions and no new calls (UNAVAILABLE); sessions are told
  // when to come back, evenly over drain_time; calls in flight are answered; what was confirmed is
  // in the store. At once if there is no session; otherwise within drain_time + 6 s, and the
  // store's time-out more if it hangs.
  void Stop();

  int grpc_port() const;
  int http_port() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace wardcast
