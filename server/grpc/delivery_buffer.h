// A delivery as a gRPC message, made once for all agents that get the same one after the other:
// most deliveries of a burst differ in nothing but the moment.
#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <cstdint>

#include "base/mutex.h"
#include "server/feed/delivery.h"

namespace wardcast {

// Threads: any.
class DeliveryBuffer {
 public:
  // The serialised SubscribeResponse; copies share their bytes. Its server time may be that of a
  // delivery up to a quarter of a second before.
  grpc::ByteBuffer Of(const Delivery& delivery);

 private:
  Mutex mu_;
  Delivery last_ GUARDED_BY(mu_);  // what `message_` says, if `uses_` > 0
  grpc::ByteBuffer message_ GUARDED_BY(mu_);
  std::uint64_t uses_ GUARDED_BY(mu_) = 0;
};

}  // namespace wardcast
