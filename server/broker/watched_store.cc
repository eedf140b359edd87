#include "server/broker/watched_store.h"

#include "base/log.h"
#include "base/proto_time.h"

namespace wardcast {
namespace {

// True if the database could not write; false if it would not, or did.
bool CouldNotWrite(Code code) {
  switch (code) {
    case Code::kUnavailable:
    case Code::kResourceExhausted:
    case Code::kDataLoss:
    case Code::kInternal:
      return true;
    case Code::kInvalidArgument:
    case Code::kUnauthenticated:
    case Code::kPermissionDenied:
    case Code::kNotFound:
    case Code::kAlreadyExists:
    case Code::kFailedPrecondition:
    case Code::kAborted:
    case Code::kUnimplemented:
      return false;
  }
  return false;
}

}  // namespace

WriteHealth WatchedStore::writes() const {
  const MutexLock lock(mu_);
  if (!failing_since_) return {};
  return {false, fmt::format("since {} nothing can be written: {}. Publishing and acknowledgements "
                             "are refused or wait at the endpoints; what was accepted goes on",
                             ToRfc3339(*failing_since_), failure_)};
}

void WatchedStore::Note(const Error* error) {
  const TimePoint now = clock_.Now();
  const MutexLock lock(mu_);
  if (!error || !CouldNotWrite(error->code)) {
    if (failing_since_) SPDLOG_INFO("the store can be written again");
    failing_since_.reset();
    return;
  }
  failure_ = error->message;
  if (failing_since_) return;
  failing_since_ = now;
  SPDLOG_ERROR("the store cannot be written: {}", LogSafe(failure_));
}

}  // namespace wardcast
