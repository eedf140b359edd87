#include "server/http/mailbox.h"

#include <libwebsockets.h>

#include <utility>

namespace wardcast {

void Mailbox::Open(lws_context* context) {
  const MutexLock lock(mu_);
  context_ = context;
}

void Mailbox::Close() {
  Mail dropped;  // outlives the lock below: letters own messages
  const MutexLock lock(mu_);
  context_ = nullptr;
  dropped = std::exchange(mail_, {});
}

void Mailbox::Post(Letter letter) {
  const MutexLock lock(mu_);
  if (context_ == nullptr) return;
  mail_.letters.push_back(std::move(letter));
  Ring();
}

void Mailbox::Wake(ConnectionId socket) {
  const MutexLock lock(mu_);
  if (context_ == nullptr) return;
  mail_.wakes.push_back(socket);
  Ring();
}

Mailbox::Mail Mailbox::TakeAll() {
  const MutexLock lock(mu_);
  rung_ = false;
  return std::exchange(mail_, {});
}

// Under the lock, so that the context cannot be destroyed meanwhile; it takes a microsecond.
void Mailbox::Ring() {
  if (!std::exchange(rung_, true)) lws_cancel_service(context_);
}

}  // namespace wardcast
