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
  const std::shared_ptr<SubscriptionReader> self =
      std::move(self_);  // goes at the end of this function
  callbacks_.closed(status);
  count_->Remove();
}

}  // namespace wardcast::agent
