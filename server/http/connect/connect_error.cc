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

// One detail; `debug` is its content as JSON.
std::string Detail(std::string_view type, const google::protobuf::Message& message,
                   const std::string& debug) {
  std::string value = ToBase64(message.SerializeAsString());
  while (value.ends_with('=')) value.pop_back();
  return R"({"type":"wardcast.v1.)" + std::string(type) + R"(","value":")" + value +
         R"(","debug":)" + debug + '}';
}

std::string Details(const Error& error) {
  std::string details;
  const auto add = [&details](const std::string& detail) {
    if (!details.empty()) details += ',';
    details += detail;
  };
  for (const FieldViolation& violation : error.violations) {
    v1::FieldViolation message;
    message.set_field(violation.field);
    message.set_description(violation.description);
    add(Detail("FieldViolation", message,
               R"({"field":)" + JsonQuote(violation.field) + R"(,"description":)" +
                   JsonQuote(violation.description) + '}'));
  }
  if (error.remedy == Remedy::kConfirm) {
    v1::Remedy message;
    message.set_value(v1::Remedy::CONFIRM);
    add(Detail("Remedy", message, R"({"value":"CONFIRM"})"));
  }
  return details;
}

Response ErrorResponse(int status, std::string_view code, std::string_view message,
                       const std::string& details) {
  std::string body = R"({"code":)" + JsonQuote(code) + R"(,"message":)" + JsonQuote(message);
  if (!details.empty()) body += R"(,"details":[)" + details + ']';
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
                                    error.message, Details(error));
  if (error.retry_after)
    response.headers.push_back({"Retry-After", RetryAfterSeconds(*error.retry_after)});
  return response;
}

Response ConnectErrorResponse(int status, std::string_view code, std::string_view message) {
  return ErrorResponse(status, code, message, {});
}

}  // namespace wardcast
