#include "server/http/live/delivery_text.h"

namespace wardcast {
namespace {

constexpr std::chrono::milliseconds kSameMoment{250};

// Frames are compared by identity: each is made once and shared by all sessions.
bool SaysTheSame(const Delivery& a, const Delivery& b) {
  return a.alerts == b.alerts && a.answers == b.answers && a.removed.empty() && b.removed.empty() &&
         !a.retry_after && !b.retry_after && a.synced == b.synced && a.sequence == b.sequence &&
         a.settings_version == b.settings_version && a.procedures_version == b.procedures_version &&
         a.log == b.log && b.server_time >= a.server_time &&
         b.server_time - a.server_time < kSameMoment;
}

}  // namespace

std::span<unsigned char> DeliveryText::Of(const Delivery& delivery) {
  if (made_ == 0 || !SaysTheSame(last_, delivery)) {
    text_.assign(room_, '\0');
    AppendJson(delivery, text_);
    last_ = delivery;
    ++made_;
  }
  return {reinterpret_cast<unsigned char*>(text_.data()) + room_, text_.size() - room_};
}

}  // namespace wardcast
