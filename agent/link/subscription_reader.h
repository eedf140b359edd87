// One Subscribe stream over gRPC's callback API. Reads a message only when the owner has dealt with
// the one before, so that what waits is bounded by one.
#pragma once

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>

#include "agent/link/call_count.h"
#include "base/mutex.h"
#include "wardcast/v1/endpoint_service.grpc.pb.h"

namespace wardcast::agent {

// Threads: the two callbacks run on gRPC's threads, one at a time, and must not block; Continue and
// Cancel from any. Lifetime: keeps itself alive until `closed` has returned.
class SubscriptionReader final : public grpc::ClientReadReactor<v1::SubscribeResponse> {
 public:
  struct Callbacks {
    // Then Continue is called, once, when the next message is wanted.
    std::function<void(v1::SubscribeResponse)> received;
    // The last call.
    std::function<void(const grpc::Status&)> closed;
  };

  // `count` covers the stream until after `closed`.
  static std::shared_ptr<SubscriptionReader> Start(v1::EndpointService::Stub& stub,
                                                   v1::SubscribeRequest request,
                                                   Callbacks callbacks,
                                                   std::shared_ptr<CallCount> count);
  void Continue();
  // Idempotent. `closed` follows.
  void Cancel();

  void OnReadDone(bool ok) override;
  void OnDone(const grpc::Status& status) override;

 private:
  // Private constructors and make_shared do not go together.
  struct Private {};

 public:
  SubscriptionReader(Private, v1::SubscribeRequest request, Callbacks callbacks,
                     std::shared_ptr<CallCount> count)
      : request_(std::move(request)), callbacks_(std::move(callbacks)), count_(std::move(count)) {}

 private:
  enum class State {
    kReading,  // a read is outstanding
    kPaused,   // the owner has a message; a hold keeps the call open
    kEnded,    // no further read; the hold is gone
  };

  const v1::SubscribeRequest request_;
  const Callbacks callbacks_;
  const std::shared_ptr<CallCount> count_;
  grpc::ClientContext context_;
  v1::SubscribeResponse message_;             // gRPC's while kReading
  std::shared_ptr<SubscriptionReader> self_;  // until OnDone
  Mutex mu_;
  State state_ GUARDED_BY(mu_) = State::kReading;
  bool cancelled_ GUARDED_BY(mu_) = false;
};

}  // namespace wardcast::agent
