#include "agent/link/subscription_reader.h"

#include <utility>

namespace wardcast::agent {

std::shared_ptr<SubscriptionReader> SubscriptionReader::Start(v1::EndpointService::Stub& stub,
                                                              v1::SubscribeRequest request,
                                                              Callbacks callbacks,
                                                              std::shared_ptr<CallCount> count) {
  auto reader = std::make_shared<SubscriptionReader>(Private{}, std::move(request),
                                                     std::move(callbacks), std::move(count));
  reader->self_ = reader;
  reader->count_->Add();
  stub.async()->Subscribe(&reader->context_, &reader->request_, reader.get());
  reader->AddHold();  // reads are started from the owner's thread, outside of reactions
  reader->StartRead(&reader->message_);
  reader->StartCall();
  return reader;
}

void SubscriptionReader::OnReadDone(bool ok) {
  bool pass = false;
  {
    const MutexLock lock(mu_);
    pass = ok && !cancelled_;
    state_ = pass ? State::kPaused : State::kEnded;
  }
  if (!pass) {
    RemoveHold();
    return;
  }
  callbacks_.received(std::move(message_));
}

void SubscriptionReader::Continue() {
  {
    const MutexLock lock(mu_);
    if (state_ != State::kPaused) return;
    state_ = State::kReading;
    message_.Clear();
  }
  StartRead(&message_);
}

void SubscriptionReader::Cancel() {
  bool release = false;
  {
    const MutexLock lock(mu_);
    if (cancelled_) return;
    cancelled_ = true;
    release = state_ == State::kPaused;
    if (release) state_ = State::kEnded;
  }
  context_.TryCancel();
  if (release) RemoveHold();
}

void SubscriptionReader::OnDone(const grpc::Status& status) {
  const std::function<void(const grpc::Status&)> closed = callbacks_.closed;
  const std::shared_ptr<CallCount> count = count_;
  // Before anybody hears of the end: the context holds the channel, and whoever has waited for
  // `count` may let go of it. On this thread the last one would take gRPC's own threads with it.
  self_.reset();
  closed(status);
  count->Remove();
}

}  // namespace wardcast::agent
