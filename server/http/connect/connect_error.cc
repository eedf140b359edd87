#include "server/http/connect/connect_error.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <utility>

#include "base/bytes.h"
#include "server/http/wire/json_text.h"
#include "wardcast/v1/errors.pb.h"

namespace wardcast {
namespace {

std::string Details(const std::vector<FieldViolation>& violations) {
  std::string details;
  for (const FieldViolation& violation : violations) {
    v1::FieldViolation message;
    message.set_field(violation.field);
    message.set_description(violation.description);
    std::string value = ToBase64(message.SerializeAsString());
    while (value.ends_with('=')) value.pop_back();
    if (!details.empty()) details += ',';
    details += R"({"type":"wardcast.v1.FieldViolation","value":")" + value +
               R"(","debug":{"field":)" + JsonQuote(violation.field) + R"(,"description":)" +
               JsonQuote(violation.description) + "}}";
  }
  return details;
}

Response ErrorResponse(int status, std::string_view code, std::string_view message,
                       const std::vector<FieldViolation>& violations) {
  std::string body = R"({"code":)" + JsonQuote(code) + R"(,"message":)" + JsonQuote(message);
  if (!violations.empty()) body += R"(,"details":[)" + Details(violations) + ']';
  body += '}';
  return {.status = status,
          .headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
          .body = std::make_shared<const std::string>(std::move(body))};
}

}  // namespace

std::string ConnectCode(Code code) {
  std::string name(CodeName(code));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

int ConnectStatus(Code code) {
  switch (code) {
    case Code::kInvalidArgument:
    case Code::kFailedPrecondition:
      return 400;
    case Code::kUnauthenticated:
      return 401;
    case Code::kPermissionDenied:
      return 403;
    case Code::kNotFound:
      return 404;
    case Code::kAlreadyExists:
    case Code::kAborted:
      return 409;
    case Code::kResourceExhausted:
      return 429;
    case Code::kUnavailable:
      return 503;
    case Code::kUnimplemented:
      return 501;
    case Code::kDataLoss:
    case Code::kInternal:
      return 500;
  }
  return 500;
}

std::string RetryAfterSeconds(std::chrono::milliseconds wait) {
  return std::to_string(std::max<std::int64_t>(1, (wait.count() + 999) / 1000));
}

Response ConnectErrorResponse(const Error& error) {
  Response response = ErrorResponse(ConnectStatus(error.code), ConnectCode(error.code),
                                    error.message, error.violations);
  if (error.retry_after)
    response.headers.push_back({"Retry-After", RetryAfterSeconds(*error.retry_after)});
  return response;
}

Response ConnectErrorResponse(int status, std::string_view code, std::string_view message) {
  return ErrorResponse(status, code, message, {});
}

}  // namespace wardcast
