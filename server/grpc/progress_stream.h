// One watcher of progress on gRPC. Sums are absolute, so only the latest is kept while a write is
// in flight.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <memory>
#include <optional>

#include "base/mutex.h"
#include "base/subscription.h"
#include "server/api/live.h"

namespace wardcast {

// Threads: On*() from gRPC's, Next() from `work-N`; possibly at once. It keeps itself alive until
// OnDone.
class ProgressStream final : public grpc::ServerWriteReactor<v1::WatchProgressResponse> {
 public:
  static grpc::ServerWriteReactor<v1::WatchProgressResponse>* Start(
      Live& live, grpc::CallbackServerContext* context, const v1::WatchProgressRequest& request);

 private:
  explicit ProgressStream(grpc::CallbackServerContext* context) : context_(context) {}

  using Progress = std::shared_ptr<const v1::WatchProgressResponse>;

  void Next(Result<Progress> next);
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;
  void Pump();
  void FinishOnce(const grpc::Status& status);

  grpc::CallbackServerContext* const context_;
  std::shared_ptr<ProgressStream> self_;  // released in OnDone
  Mutex mu_;
  Subscription subscription_ GUARDED_BY(mu_);
  Progress in_flight_ GUARDED_BY(mu_);
  Progress latest_ GUARDED_BY(mu_);
  std::optional<grpc::Status> end_ GUARDED_BY(mu_);  // finish with it once nothing is in flight
  bool finished_ GUARDED_BY(mu_) = false;
};

}  // namespace wardcast
