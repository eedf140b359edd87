// What is due to one session at this moment, as one message.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "server/feed/frame.h"
#include "server/store/log_entry.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast {

struct Delivery {
  std::vector<AlertFramePtr> alerts;
  std::vector<v1::RemovedAlert> removed;
  std::vector<AnswerFramePtr> answers;
  bool synced = false;
  Sequence sequence = 0;
  TimePoint server_time{};
  std::int64_t settings_version = 0;
  std::int64_t procedures_version = 0;
  // Set: the last message of this session; the transport closes after it.
  std::optional<std::chrono::milliseconds> retry_after;
  // Which log `sequence` is of; with `synced`, and when it changed.
  LogIdentity log{.log_id = {}, .generation = 0};
};

// True: one message may be sent for both, for they differ in nothing but a server time of less than
// a quarter of a second. Frames are compared by identity: each is made once and shared by all
// sessions.
bool SaysTheSame(const Delivery& earlier, const Delivery& later);

// A serialised SubscribeResponse in pieces: `shared` are the frames' bytes, to be sent before
// `own`; nothing is copied.
struct GrpcMessage {
  std::vector<std::shared_ptr<const std::string>> shared;  // aliases into the frames
  std::string own;
};
GrpcMessage EncodeGrpc(const Delivery& delivery);

// Appends a ServerFrame {"subscribe": …} as proto3 JSON text.
void AppendJson(const Delivery& delivery, std::string& text);
std::string EncodeJson(const Delivery& delivery);

}  // namespace wardcast
