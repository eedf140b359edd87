#include "server/grpc/progress_stream.h"

#include <utility>

#include "server/grpc/call_metadata.h"
#include "server/grpc/status.h"

namespace wardcast {

grpc::ServerWriteReactor<v1::WatchProgressResponse>* ProgressStream::Start(
    Live& live, grpc::CallbackServerContext* context, const v1::WatchProgressRequest& request) {
  std::shared_ptr<ProgressStream> stream(new ProgressStream(context));
  stream->self_ = stream;
  Subscription subscription =
      live.WatchProgress(CallerOf(*context), request, [weak = std::weak_ptr(stream)](auto next) {
        if (const auto alive = weak.lock()) alive->Next(std::move(next));
      });
  const MutexLock lock(stream->mu_);
  std::swap(stream->subscription_, subscription);
  return stream.get();
}

void ProgressStream::Next(Result<Progress> next) {
  {
    const MutexLock lock(mu_);
    if (finished_) return;
    if (next) {
      latest_ = std::move(*next);
    } else {
      end_ = ToStatus(next.error(), *context_);
    }
  }
  Pump();
}

void ProgressStream::Pump() {
  const v1::WatchProgressResponse* write = nullptr;
  std::optional<grpc::Status> end;
  {
    const MutexLock lock(mu_);
    if (in_flight_ || finished_) return;
    if (end_) {
      end = end_;
    } else if (latest_) {
      in_flight_ = std::move(latest_);
      write = in_flight_.get();
    }
  }
  if (end) return FinishOnce(*end);
  if (write) StartWrite(write);
}

void ProgressStream::OnWriteDone(bool ok) {
  {
    const MutexLock lock(mu_);
    in_flight_.reset();
    if (!ok) end_ = grpc::Status::CANCELLED;
  }
  Pump();
}

void ProgressStream::OnCancel() {
  {
    const MutexLock lock(mu_);
    end_ = grpc::Status::CANCELLED;
  }
  Pump();
}

void ProgressStream::FinishOnce(const grpc::Status& status) {
  {
    const MutexLock lock(mu_);
    if (std::exchange(finished_, true)) return;
  }
  Finish(status);
}

void ProgressStream::OnDone() {
  Subscription subscription;
  {
    const MutexLock lock(mu_);
    std::swap(subscription, subscription_);
  }
  subscription.Cancel();
  self_.reset();
}

}  // namespace wardcast
