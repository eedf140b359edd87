#include "server/http/live/client_frame.h"

#include <google/protobuf/util/json_util.h>

namespace wardcast {

Result<v1::ClientFrame> ParseClientFrame(std::string_view text) {
  constexpr std::size_t kMaxRequestId = 64;
  if (text.size() > kMaxClientFrame) return Fail(Code::kInvalidArgument, "frame over 64 KiB");
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  v1::ClientFrame frame;
  const auto status =
      google::protobuf::util::JsonStringToMessage({text.data(), text.size()}, &frame, options);
  if (!status.ok()) {
    return Fail(Code::kInvalidArgument,
                "not a ClientFrame in JSON: " +
                    std::string(status.message().data(), status.message().size()));
  }
  if (frame.frame_case() == v1::ClientFrame::FRAME_NOT_SET) {
    return Fail(Code::kInvalidArgument, "a frame needs one of subscribe, report, watchProgress");
  }
  if (frame.request_id().size() > kMaxRequestId) {
    return Fail(Code::kInvalidArgument, "requestId: at most 64 characters");
  }
  return frame;
}

FrameAssembly::State FrameAssembly::Append(std::string_view fragment, bool first, bool last) {
  if (first) text_.clear();
  if (text_.size() + fragment.size() > kMaxClientFrame) {
    std::string().swap(text_);
    return State::kTooLarge;
  }
  text_ += fragment;
  return last ? State::kComplete : State::kMore;
}

}  // namespace wardcast
