// One alert version, encoded once for each front door and shared by reference by every session.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "server/store/alert_change.h"
#include "wardcast/v1/answer.pb.h"

namespace wardcast {

// JSON text that is made when somebody asks for the first time, so that a broker without browsers
// never makes it. Threads: any.
class LazyJson {
 public:
  template <class Make>
  const std::string& Get(Make make) const {
    std::call_once(made_, [&] { text_ = make(); });
    return text_;
  }

 private:
  mutable std::once_flag made_;
  mutable std::string text_;
};

struct AlertFrame {
  v1::Alert alert;
  // Field 1 of SubscribeResponse, tag and length included: serialised repeated fields can be joined
  // as they are.
  std::string grpc;
  // The SignedAlert as proto3 JSON, with `alert` only (docs/protocol.md, "Subscribe"). Empty: the
  // alert holds something that JSON cannot say (a time outside of the years 1 … 9999); logged.
  const std::string& json() const;

  LazyJson lazy;
};
using AlertFramePtr = std::shared_ptr<const AlertFrame>;

struct AnswerFrame {
  v1::WardAnswer answer;
  std::string grpc;                 // field 3 of SubscribeResponse, tag and length included
  const std::string& json() const;  // proto3 JSON; empty as above

  LazyJson lazy;
};
using AnswerFramePtr = std::shared_ptr<const AnswerFrame>;

AlertFramePtr EncodeAlert(const StoredAlert& stored);
AnswerFramePtr EncodeAnswer(const v1::WardAnswer& answer);
// For wall displays, which count as public: without the note and without the person.
AnswerFramePtr EncodeAnswerForBoard(const v1::WardAnswer& answer);

}  // namespace wardcast
