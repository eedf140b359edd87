// How other threads reach the thread `http`: they leave a letter and ring. Nothing else of
// libwebsockets may be called from them.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/mutex.h"

struct lws_context;

namespace wardcast {

class Service;

// Names a connection for as long as the process runs and is never used again, so that an answer for
// a client that has vanished meets nobody.
using ConnectionId = std::uint64_t;

// Bounded by what may be under way: one wake per session, one answer per request, a few reports per
// socket. Threads: Post and Wake from any; the rest from `http`, Close also from whoever stops it.
class Mailbox {
 public:
  using Letter = std::move_only_function<void(Service*)>;
  struct Mail {
    std::vector<ConnectionId> wakes;
    std::vector<Letter> letters;
  };

  // Before Open and after Close, what is posted is dropped.
  void Open(lws_context* context);
  void Close();

  // `letter` runs on `http`.
  void Post(Letter letter);
  // Something is due to that socket.
  void Wake(ConnectionId socket);

  Mail TakeAll();

 private:
  void Ring() REQUIRES(mu_);

  Mutex mu_;
  lws_context* context_ GUARDED_BY(mu_) = nullptr;
  bool rung_ GUARDED_BY(mu_) = false;
  Mail mail_ GUARDED_BY(mu_);
};

}  // namespace wardcast
