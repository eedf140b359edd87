#include "agent/link/grpc_status.h"

#include <algorithm>
#include <charconv>

namespace wardcast::agent {
namespace {

Code CodeOf(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::INVALID_ARGUMENT:
    case grpc::StatusCode::OUT_OF_RANGE:
      return Code::kInvalidArgument;
    case grpc::StatusCode::UNAUTHENTICATED:
      return Code::kUnauthenticated;
    case grpc::StatusCode::PERMISSION_DENIED:
      return Code::kPermissionDenied;
    case grpc::StatusCode::NOT_FOUND:
      return Code::kNotFound;
    case grpc::StatusCode::ALREADY_EXISTS:
      return Code::kAlreadyExists;
    case grpc::StatusCode::FAILED_PRECONDITION:
      return Code::kFailedPrecondition;
    case grpc::StatusCode::ABORTED:
      return Code::kAborted;
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return Code::kResourceExhausted;
    case grpc::StatusCode::UNIMPLEMENTED:
      return Code::kUnimplemented;
    case grpc::StatusCode::DATA_LOSS:
      return Code::kDataLoss;
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::CANCELLED:
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return Code::kUnavailable;
    default:
      return Code::kInternal;
  }
}

}  // namespace

Error ToError(const grpc::Status& status) {
  return Error{CodeOf(status.error_code()), status.error_message(), {}};
}

std::optional<std::chrono::milliseconds> RetryAfter(const grpc::ClientContext& context) {
  // An hour at most: whatever a broker says, an endpoint does not fall silent for a shift.
  constexpr int kLongest = 3'600'000;
  const auto& trailers = context.GetServerTrailingMetadata();
  const auto said = trailers.find("grpc-retry-pushback-ms");
  if (said == trailers.end()) return std::nullopt;
  int wait = 0;
  const char* end = said->second.data() + said->second.size();
  const auto parsed = std::from_chars(said->second.data(), end, wait);
  if (parsed.ec != std::errc() || parsed.ptr != end || wait < 0) return std::nullopt;
  return std::chrono::milliseconds(std::min(wait, kLongest));
}

}  // namespace wardcast::agent
