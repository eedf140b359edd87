// One agent's subscription on gRPC: takes what is due from its session, one write in flight.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <chrono>
#include <memory>
#include <optional>

#include "base/mutex.h"
#include "base/result.h"
#include "server/api/live.h"
#include "server/feed/session.h"
#include "server/grpc/counters.h"
#include "server/grpc/delivery_buffer.h"
#include "server/grpc/station_check.h"

namespace wardcast {

// Threads: On*() from gRPC's, Wake() from the feed's; possibly at once. It keeps itself alive until
// OnDone.
class SubscribeStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  // Opens the session and starts; a malformed or refused request finishes the call with its status.
  // `counters` and `messages` must outlive the call.
  static grpc::ServerWriteReactor<grpc::ByteBuffer>* Start(Live& live, GrpcCounters& counters,
                                                           DeliveryBuffer& messages,
                                                           std::chrono::milliseconds slow_after,
                                                           StationCheck stations,
                                                           grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer& request);

 private:
  SubscribeStream(GrpcCounters& counters, DeliveryBuffer& messages,
                  std::chrono::milliseconds slow_after, StationCheck stations,
                  grpc::CallbackServerContext* context)
      : counters_(counters),
        messages_(messages),
        slow_after_(slow_after),
        stations_(stations),
        context_(context) {}

  void Wake();
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

  // True: the endpoint's key was revoked, and the stream is being finished.
  bool FinishIfRevoked();
  // Writes what is due, if nothing is in flight.
  void Pump();
  void FinishOnce(const grpc::Status& status);

  GrpcCounters& counters_;
  DeliveryBuffer& messages_;
  const std::chrono::milliseconds slow_after_;
  const StationCheck stations_;
  grpc::CallbackServerContext* const context_;
  Caller caller_;                          // set before anything runs
  std::shared_ptr<SubscribeStream> self_;  // released in OnDone
  Mutex mu_;
  std::shared_ptr<Session> session_ GUARDED_BY(mu_);
  SignedInPtr signed_in_ GUARDED_BY(mu_);   // whose stream it is
  bool writing_ GUARDED_BY(mu_) = false;    // a write is in flight, or Pump is about to start one
  bool due_ GUARDED_BY(mu_) = false;        // woken since the last Take
  bool last_ GUARDED_BY(mu_) = false;       // the message in flight carries retry_after
  bool finished_ GUARDED_BY(mu_) = false;   // Finish was called
  bool cancelled_ GUARDED_BY(mu_) = false;  // the caller went, or nothing can be written any more
  std::chrono::steady_clock::time_point write_began_ GUARDED_BY(mu_);
  grpc::ByteBuffer in_flight_;  // lives until OnWriteDone; touched only by whoever set writing_
};

}  // namespace wardcast
