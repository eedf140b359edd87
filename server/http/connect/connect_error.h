// Errors as the Connect protocol spells them.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"
#include "server/http/wire/response.h"

namespace wardcast {

// "invalid_argument" and so on.
std::string ConnectCode(Code code);

// Connect's HTTP status for a code.
int ConnectStatus(Code code);

// What an HTTP `Retry-After` says: whole seconds, rounded up, at least 1.
std::string RetryAfterSeconds(std::chrono::milliseconds wait);

// {"code":…,"message":…,"details":[{"type":"wardcast.v1.FieldViolation","value":base64 without
// padding,"debug":{…}}]} with the code's status, a detail `wardcast.v1.Remedy` if there is one, and
// `Retry-After` if the error says so. Errors are JSON also when the call was binary.
Response ConnectErrorResponse(const Error& error);

// The same with another code or status, for what the transport itself refuses: 415, 405, 413,
// deadline_exceeded.
Response ConnectErrorResponse(int status, std::string_view code, std::string_view message);

}  // namespace wardcast
