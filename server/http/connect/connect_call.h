// One unary call of the Connect protocol: what its head says, its message, its answer.
#pragma once

#include <google/protobuf/message.h>

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "server/api/caller.h"
#include "server/http/wire/origin.h"
#include "server/http/wire/request_head.h"
#include "server/http/wire/response.h"

namespace wardcast {

enum class Format { kJson, kProto };

struct ConnectCall {
  std::string method;  // "wardcast.v1.AlertService/PublishAlert"
  Format format = Format::kJson;
  std::optional<std::chrono::milliseconds> timeout;  // Connect-Timeout-Ms
  Caller caller;                                     // `peer` is the transport's to set
};

// True for the paths that are calls: "/wardcast.…".
bool IsConnectPath(std::string_view path);

// What the head asks for, or the response that refuses it: 405 not POST, 403 Origin of another
// page, 415 content type or encoding, 400 an unreadable timeout or protocol version. Whether the
// method exists is not looked at.
std::expected<ConnectCall, Response> ReadConnectCall(const RequestHead& head, Scheme scheme);

// Fills `request`. kInvalidArgument: not a message of that type; says where. JSON: unknown fields
// are refused.
Result<void> DecodeMessage(Format format, const std::string& body,
                           google::protobuf::Message& request);

// 200 with the message.
Response EncodeAnswer(Format format, const google::protobuf::Message& answer);

}  // namespace wardcast
