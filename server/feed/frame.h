// One alert version, encoded once for each front door and shared by reference by every session.
#pragma once

#include <memory>
#include <string>

#include "server/store/alert_change.h"
#include "wardcast/v1/answer.pb.h"

namespace wardcast {

struct AlertFrame {
  v1::Alert alert;
  // Field 1 of SubscribeResponse, tag and length included: serialised repeated fields can be joined as they are.
  std::string grpc;
  // The SignedAlert as proto3 JSON, with `alert` only (docs/protocol.md, "Subscribe").
  std::string json;
};
using AlertFramePtr = std::shared_ptr<const AlertFrame>;

struct AnswerFrame {
  v1::WardAnswer answer;
  std::string grpc;  // field 3 of SubscribeResponse, tag and length included
  std::string json;  // proto3 JSON
};
using AnswerFramePtr = std::shared_ptr<const AnswerFrame>;

AlertFramePtr EncodeAlert(const StoredAlert& stored);
AnswerFramePtr EncodeAnswer(const v1::WardAnswer& answer);

}  // namespace wardcast
