#include "server/feed/frame.h"

#include <google/protobuf/util/json_util.h>

#include "base/log.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast {
namespace {

std::string ToJson(const google::protobuf::Message& message, const std::string& alert_id) {
  std::string text;
  if (google::protobuf::util::MessageToJsonString(message, &text).ok()) return text;
  SPDLOG_ERROR("alert {}: {} cannot be written as JSON; browsers do not get it", LogSafe(alert_id),
               message.GetTypeName());
  return {};
}

}  // namespace

const std::string& AlertFrame::json() const {
  return lazy.Get([this] {
    v1::SignedAlert message;
    *message.mutable_alert() = alert;
    return ToJson(message, alert.id());
  });
}

const std::string& AnswerFrame::json() const {
  return lazy.Get([this] { return ToJson(answer, answer.alert_id()); });
}

AlertFramePtr EncodeAlert(const StoredAlert& stored) {
  auto frame = std::make_shared<AlertFrame>();
  frame->alert = stored.alert;
  v1::SubscribeResponse message;
  v1::SignedAlert& sealed = *message.add_alerts();
  sealed.set_payload(stored.sealed.payload());
  sealed.set_signature(stored.sealed.signature());
  sealed.set_key_id(stored.sealed.key_id());
  frame->grpc = message.SerializeAsString();
  return frame;
}

AnswerFramePtr EncodeAnswer(const v1::WardAnswer& answer) {
  auto frame = std::make_shared<AnswerFrame>();
  frame->answer = answer;
  v1::SubscribeResponse message;
  *message.add_answers() = answer;
  frame->grpc = message.SerializeAsString();
  return frame;
}

AnswerFramePtr EncodeAnswerForBoard(const v1::WardAnswer& answer) {
  v1::WardAnswer stripped = answer;
  stripped.clear_note();
  stripped.clear_person();
  return EncodeAnswer(stripped);
}

}  // namespace wardcast
