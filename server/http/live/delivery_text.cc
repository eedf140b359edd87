#include "server/http/live/delivery_text.h"

namespace wardcast {
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
