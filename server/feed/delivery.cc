#include "server/feed/delivery.h"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/time_util.h>

#include <string_view>

#include "base/log.h"
#include "base/proto_time.h"

namespace wardcast {
namespace {

constexpr std::chrono::milliseconds kSameMoment{250};

// Everything but the shared frames: a few dozen bytes.
v1::SubscribeResponse OwnPart(const Delivery& delivery) {
  v1::SubscribeResponse own;
  for (const v1::RemovedAlert& removed : delivery.removed) *own.add_removed() = removed;
  own.set_synced(delivery.synced);
  own.set_sequence(delivery.sequence);
  *own.mutable_server_time() = ToTimestamp(delivery.server_time);
  own.set_settings_version(delivery.settings_version);
  own.set_procedures_version(delivery.procedures_version);
  if (delivery.retry_after) {
    *own.mutable_retry_after() =
        google::protobuf::util::TimeUtil::MillisecondsToDuration(delivery.retry_after->count());
  }
  if (!delivery.log.log_id.empty()) {
    own.set_log_id(delivery.log.log_id);
    own.set_generation(delivery.log.generation);
  }
  return own;
}

// "name":[a,b],
template <class Frames>
void AppendList(std::string& text, std::string_view name, const Frames& frames) {
  bool first = true;
  for (const auto& frame : frames) {
    const std::string& json = frame->json();
    if (json.empty()) continue;
    if (first) text.append("\"").append(name).append("\":[");
    if (!first) text += ',';
    text += json;
    first = false;
  }
  if (!first) text += "],";
}

// OwnPart() as JSON without its opening brace, not empty. Most messages have numbers and a time
// only, and there is one for each session: they are written directly, which costs a tenth of what
// protobuf's reflection does.
std::string OwnJson(const Delivery& delivery) {
  if (delivery.removed.empty() && !delivery.retry_after && delivery.log.log_id.empty()) {
    return fmt::format(
        R"("synced":{},"sequence":"{}","serverTime":"{}","settingsVersion":"{}","proceduresVersion":"{}"}})",
        delivery.synced, delivery.sequence, ToRfc3339(delivery.server_time),
        delivery.settings_version, delivery.procedures_version);
  }
  std::string own;  // "{…}"; never "{}", because the server's time is always in it
  if (google::protobuf::util::MessageToJsonString(OwnPart(delivery), &own).ok())
    return own.substr(1);
  SPDLOG_ERROR("a delivery cannot be written as JSON");
  return "\"synced\":false}";
}

}  // namespace

bool SaysTheSame(const Delivery& a, const Delivery& b) {
  return a.alerts == b.alerts && a.answers == b.answers && a.removed.empty() && b.removed.empty() &&
         !a.retry_after && !b.retry_after && a.synced == b.synced && a.sequence == b.sequence &&
         a.settings_version == b.settings_version && a.procedures_version == b.procedures_version &&
         a.log == b.log && b.server_time >= a.server_time &&
         b.server_time - a.server_time < kSameMoment;
}

GrpcMessage EncodeGrpc(const Delivery& delivery) {
  GrpcMessage message;
  message.shared.reserve(delivery.alerts.size() + delivery.answers.size());
  for (const AlertFramePtr& frame : delivery.alerts)
    message.shared.emplace_back(frame, &frame->grpc);
  for (const AnswerFramePtr& frame : delivery.answers)
    message.shared.emplace_back(frame, &frame->grpc);
  message.own = OwnPart(delivery).SerializeAsString();
  return message;
}

std::string EncodeJson(const Delivery& delivery) {
  std::string text;
  AppendJson(delivery, text);
  return text;
}

void AppendJson(const Delivery& delivery, std::string& text) {
  text += "{\"subscribe\":{";
  AppendList(text, "alerts", delivery.alerts);
  AppendList(text, "answers", delivery.answers);
  text += OwnJson(delivery);
  text += '}';
}

}  // namespace wardcast
