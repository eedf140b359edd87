#include "server/http/connect/connect_call.h"

#include <google/protobuf/util/json_util.h>

#include <charconv>
#include <memory>
#include <utility>

#include "server/http/connect/connect_error.h"
#include "server/http/connect/cookie_choice.h"

namespace wardcast {
namespace {

std::unexpected<Response> Refuse(int status, std::string_view code, std::string_view message) {
  return std::unexpected(ConnectErrorResponse(status, code, message));
}

// "application/json; charset=utf-8" → "application/json".
std::string_view MediaType(std::string_view content_type) {
  content_type = content_type.substr(0, content_type.find(';'));
  while (content_type.ends_with(' ')) content_type.remove_suffix(1);
  return content_type;
}

std::string BearerOf(std::string_view authorization) {
  constexpr std::string_view kScheme = "Bearer ";
  if (!SameIgnoringCase(authorization.substr(0, kScheme.size()), kScheme)) return {};
  authorization.remove_prefix(kScheme.size());
  while (authorization.starts_with(' ')) authorization.remove_prefix(1);
  return std::string(authorization);
}

}  // namespace

bool IsConnectPath(std::string_view path) { return path.starts_with("/wardcast."); }

std::expected<ConnectCall, Response> ReadConnectCall(const RequestHead& head, Scheme scheme) {
  if (head.method != "POST") {
    Response response = ConnectErrorResponse(405, "unimplemented", "calls are made with POST");
    response.headers.push_back({"Allow", "POST"});
    return std::unexpected(std::move(response));
  }
  if (head.Has("origin") && !IsOwnOrigin(head.Get("origin"), head.Get("host"), scheme)) {
    return Refuse(403, "permission_denied", "calls from pages of another origin are not accepted");
  }
  ConnectCall call;
  call.method = head.path().substr(1);
  const std::string_view type = MediaType(head.Get("content-type"));
  if (SameIgnoringCase(type, "application/proto")) {
    call.format = Format::kProto;
  } else if (!SameIgnoringCase(type, "application/json")) {
    Response response =
        ConnectErrorResponse(415, "unknown",
                             "Content-Type must be application/json or application/proto; with "
                             "curl: -H 'Content-Type: application/json'");
    response.headers.push_back({"Accept-Post", "application/json, application/proto"});
    return std::unexpected(std::move(response));
  }
  if (head.Has("content-encoding") && !SameIgnoringCase(head.Get("content-encoding"), "identity")) {
    Response response =
        ConnectErrorResponse(415, "unimplemented", "request bodies are accepted uncompressed only");
    response.headers.push_back({"Accept-Encoding", "identity"});
    return std::unexpected(std::move(response));
  }
  if (head.Has("connect-protocol-version") && head.Get("connect-protocol-version") != "1") {
    return Refuse(400, "invalid_argument", "Connect-Protocol-Version must be 1");
  }
  if (head.Has("connect-timeout-ms")) {
    const std::string_view text = head.Get("connect-timeout-ms");
    std::int64_t milliseconds = 0;
    const auto [stop, error] =
        std::from_chars(text.data(), text.data() + text.size(), milliseconds);
    if (text.empty() || text.size() > 10 || error != std::errc() ||
        stop != text.data() + text.size() || milliseconds < 0) {
      return Refuse(400, "invalid_argument",
                    "Connect-Timeout-Ms must be a number of at most 10 digits");
    }
    call.timeout = std::chrono::milliseconds(milliseconds);
  }
  call.caller.bearer = BearerOf(head.Get("authorization"));
  if (call.caller.bearer.empty()) {
    call.caller.session = CookieOfCall(head, call.method, scheme);
    if (!call.caller.session.empty()) {
      call.caller.csrf = head.Get("x-wardcast-csrf");
      call.caller.unattended = head.Has("x-wardcast-unattended");
    }
  }
  return call;
}

Result<void> DecodeMessage(Format format, const std::string& body,
                           google::protobuf::Message& request) {
  switch (format) {
    case Format::kProto:
      if (request.ParseFromString(body)) return {};
      return Fail(Code::kInvalidArgument,
                  "the body is not a " + request.GetTypeName() + " message (binary protobuf)");
    case Format::kJson: {
      if (body.find_first_not_of(" \t\r\n") == std::string::npos) {
        return Fail(Code::kInvalidArgument, "the body is empty; an empty message is {}");
      }
      const auto status = google::protobuf::util::JsonStringToMessage(body, &request);
      if (status.ok()) return {};
      return Fail(Code::kInvalidArgument,
                  "the body is not a " + request.GetTypeName() +
                      " in JSON: " + std::string(status.message().data(), status.message().size()));
    }
  }
  return Fail(Code::kInternal, "unknown format");
}

Response EncodeAnswer(Format format, const google::protobuf::Message& answer) {
  std::string body;
  bool ok = false;
  switch (format) {
    case Format::kProto:
      ok = answer.SerializeToString(&body);
      break;
    case Format::kJson:
      ok = google::protobuf::util::MessageToJsonString(answer, &body).ok();
      break;
  }
  if (!ok) return ConnectErrorResponse(Error{Code::kInternal, "the answer could not be encoded"});
  return {.headers = {{"Content-Type",
                       format == Format::kJson ? "application/json" : "application/proto"},
                      {"Cache-Control", "no-store"}},
          .body = std::make_shared<const std::string>(std::move(body))};
}

}  // namespace wardcast
