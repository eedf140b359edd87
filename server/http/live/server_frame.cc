#include "server/http/live/server_frame.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include "server/http/connect/connect_error.h"
#include "server/http/wire/json_text.h"

namespace wardcast {
namespace {

std::string Named(const std::string& request_id) {
  return request_id.empty() ? "{" : R"({"requestId":)" + JsonQuote(request_id) + ",";
}

// As proto3 JSON writes a Duration.
std::string DurationText(std::chrono::milliseconds time) {
  return fmt::format(R"("{}.{:03}s")", time.count() / 1000, time.count() % 1000);
}

// `{"requestId":…,"name":{…}}`
std::string Frame(const std::string& request_id, std::string_view name,
                  const google::protobuf::Message& message) {
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(message, &json).ok()) {
    return ErrorFrame(request_id, Error{Code::kInternal, "the answer could not be encoded"});
  }
  return fmt::format(R"({}"{}":{}}})", Named(request_id), name, json);
}

}  // namespace

std::string ReportFrame(const std::string& request_id, const v1::ReportResponse& response) {
  return Frame(request_id, "report", response);
}

std::string ProgressFrame(const std::string& request_id,
                          const v1::WatchProgressResponse& response) {
  return Frame(request_id, "progress", response);
}

std::string ErrorFrame(const std::string& request_id, const Error& error) {
  const std::string retry =
      error.retry_after ? fmt::format(R"(,"retryAfter":{})", DurationText(*error.retry_after)) : "";
  return fmt::format(R"({}"error":{{"code":{},"message":{}{}}}}})", Named(request_id),
                     JsonQuote(ConnectCode(error.code)), JsonQuote(error.message), retry);
}

std::string RetryAfterFrame(std::chrono::milliseconds retry_after) {
  return fmt::format(R"({{"retryAfter":{}}})", DurationText(retry_after));
}

}  // namespace wardcast
