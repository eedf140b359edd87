// A delivery as text, made once for all browsers that get the same one after the other: most
// deliveries of a burst differ in nothing but the moment.
#pragma once

#include <span>
#include <string>

#include "server/feed/delivery.h"

namespace wardcast {

// Threads: one.
class DeliveryText {
 public:
  // `room`: bytes in front of the text that whoever writes it may overwrite.
  explicit DeliveryText(std::size_t room) : room_(room) {}

  // The ServerFrame {"subscribe": …}; holds until the next call. Its server time may be that of a
  // delivery up to a quarter of a second before.
  std::span<unsigned char> Of(const Delivery& delivery);

  // How often a text was made; the others were the same.
  std::uint64_t made() const { return made_; }

 private:
  const std::size_t room_;
  Delivery last_;  // what `text_` says, if `made_` > 0
  std::string text_;
  std::uint64_t made_ = 0;
};

}  // namespace wardcast
