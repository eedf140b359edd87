// What a browser gets on the WebSocket, as JSON text. Deliveries are encoded by the feed
// (EncodeJson).
#pragma once

#include <chrono>
#include <string>

#include "base/result.h"
#include "wardcast/v1/live.pb.h"

namespace wardcast {

// Each names the `requestId` that it answers, if not empty.
std::string ReportFrame(const std::string& request_id, const v1::ReportResponse& response);
std::string ProgressFrame(const std::string& request_id, const v1::WatchProgressResponse& response);
std::string ErrorFrame(const std::string& request_id, const Error& error);
// The last one before a close.
std::string RetryAfterFrame(std::chrono::milliseconds retry_after);

}  // namespace wardcast
