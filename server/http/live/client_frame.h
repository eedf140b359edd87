// What a browser sends on the WebSocket.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "wardcast/v1/live.pb.h"

namespace wardcast {

inline constexpr std::size_t kMaxClientFrame = 64 * 1024;

// Reads one text frame; unknown fields are ignored. kInvalidArgument: not a ClientFrame in JSON,
// nothing asked in it, a request_id over 64 characters; a frame for which no answer can be
// addressed, so the socket is closed with 4400.
Result<v1::ClientFrame> ParseClientFrame(std::string_view text);

// Puts the fragments of a frame together.
// Threads: one at a time.
class FrameAssembly {
 public:
  enum class State { kMore, kComplete, kTooLarge };

  // `first`: the fragment opens a frame; `last`: it completes one. kTooLarge: over kMaxClientFrame,
  // and nothing is kept.
  State Append(std::string_view fragment, bool first, bool last);
  // After kComplete: the frame.
  std::string Take() { return std::exchange(text_, {}); }

 private:
  std::string text_;
};

}  // namespace wardcast
