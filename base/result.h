// Errors are values with a closed code; whether to try again is part of the contract.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardcast {

// The codes of docs/protocol.md, "Errors"; each front door maps them one to one.
enum class Code {
  kInvalidArgument,     // which field, what is wrong, what is allowed: see Error::violations
  kUnauthenticated,     // no credential, or one that is not valid
  kPermissionDenied,    // which role or scope is missing
  kNotFound,            // no such thing
  kAlreadyExists,       // same request id, different content
  kFailedPrecondition,  // the state that stands in the way
  kAborted,             // the revision changed meanwhile: read again
  kResourceExhausted,   // a limit, and when to retry
  kUnavailable,         // retry is safe
  kUnimplemented,       // no such method
  kDataLoss,            // damaged data; needs a person
  kInternal,            // a bug of ours
};

// "INVALID_ARGUMENT" and so on, as gRPC spells it.
std::string_view CodeName(Code code);

// One offending place: field path in proto notation, or "file.csv:12".
struct FieldViolation {
  std::string field;
  std::string description;
};

// What a program can do about an error by itself; each front door passes it on.
enum class Remedy {
  kNone,
  kConfirm,  // ask the person for a password or a code, AccessService.Confirm, the same call again
};

// `message` is for a person: what is wrong and what to do. It may be shown, never interpreted.
struct Error {
  Code code = Code::kInternal;
  std::string message;
  std::vector<FieldViolation> violations = {};
  // Not before this long from now is another try of any use; kResourceExhausted and kUnavailable
  // only. Empty: the caller decides by its own back-off. Both front doors pass it on (HTTP
  // `Retry-After` in whole seconds rounded up, gRPC trailing metadata `grpc-retry-pushback-ms`,
  // WebSocket `error.retryAfter`); who retries adds jitter, because the others were told the same.
  std::optional<std::chrono::milliseconds> retry_after = {};
  Remedy remedy = Remedy::kNone;
};

template <class T>
using Result = std::expected<T, Error>;

// return Fail(Code::kNotFound, "no such alert: " + id);
inline std::unexpected<Error> Fail(Code code, std::string message) {
  return std::unexpected(Error{code, std::move(message), {}});
}

// The same, with the time after which to try again.
// return FailFor(Code::kResourceExhausted, "the journal is full", std::chrono::seconds(1));
inline std::unexpected<Error> FailFor(Code code, std::string message,
                                      std::chrono::milliseconds retry_after) {
  return std::unexpected(Error{code, std::move(message), {}, retry_after});
}

// INVALID_ARGUMENT whose message lists every violation.
std::unexpected<Error> Invalid(std::vector<FieldViolation> violations);

// True if the same call may simply be made again later.
bool IsRetryable(Code code);

}  // namespace wardcast
