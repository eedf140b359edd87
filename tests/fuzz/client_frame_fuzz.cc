// What a browser sends on the WebSocket, in one piece and in two, and what a client sends as an
// HTTP head.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/http/live/client_frame.h"
#include "server/http/wire/request_head.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto frame = wardcast::ParseClientFrame(input);
  // What is accepted asks for something.
  if (frame && frame->frame_case() == wardcast::v1::ClientFrame::FRAME_NOT_SET) std::abort();

  wardcast::FrameAssembly assembly;
  using State = wardcast::FrameAssembly::State;
  if (assembly.Append(input.substr(0, size / 2), true, false) == State::kMore &&
      assembly.Append(input.substr(size / 2), false, true) == State::kComplete &&
      assembly.Take() != input) {
    std::abort();
  }

  const wardcast::HeadResult head = wardcast::ParseHead(input);
  if (head.used > size) std::abort();
  if (head.state == wardcast::HeadResult::State::kDone) (void)wardcast::ReadBodyLength(head.head);
  return 0;
}
