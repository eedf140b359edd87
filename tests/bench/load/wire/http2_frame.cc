#include "tests/bench/load/wire/http2_frame.h"

namespace wardcast::bench {
namespace {

std::uint32_t Byte(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

}  // namespace

void AppendUint32(std::string& out, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xff);
}

std::uint32_t ReadUint32(std::string_view bytes) {
  return Byte(bytes, 0) << 24 | Byte(bytes, 1) << 16 | Byte(bytes, 2) << 8 | Byte(bytes, 3);
}

void AppendFrame(std::string& out, FrameType type, std::uint8_t flags, std::uint32_t stream,
                 std::string_view payload) {
  const auto size = static_cast<std::uint32_t>(payload.size());
  AppendUint32(out, size << 8 | static_cast<std::uint8_t>(type));
  out += static_cast<char>(flags);
  AppendUint32(out, stream);
  out += payload;
}

Cut CutFrame(std::string_view& bytes, Frame& frame) {
  if (bytes.size() < kFrameHeaderSize) return Cut::kMore;
  const std::size_t size = ReadUint32(bytes) >> 8;
  if (size > kLargestPayload) return Cut::kTooLarge;
  if (bytes.size() < kFrameHeaderSize + size) return Cut::kMore;
  frame.type = static_cast<FrameType>(bytes[3]);
  frame.flags = static_cast<std::uint8_t>(bytes[4]);
  frame.stream = ReadUint32(bytes.substr(5)) & 0x7fffffff;
  frame.payload = bytes.substr(kFrameHeaderSize, size);
  bytes.remove_prefix(kFrameHeaderSize + size);
  return Cut::kFrame;
}

std::optional<std::string_view> ContentOf(const Frame& frame) {
  std::string_view content = frame.payload;
  std::size_t padding = 0;
  if ((frame.flags & kPadded) != 0) {
    if (content.empty()) return std::nullopt;
    padding = Byte(content, 0);
    content.remove_prefix(1);
  }
  if (frame.type == FrameType::kHeaders && (frame.flags & kPriorityFlag) != 0) {
    constexpr std::size_t kPrioritySize = 5;
    if (content.size() < kPrioritySize) return std::nullopt;
    content.remove_prefix(kPrioritySize);
  }
  if (padding > content.size()) return std::nullopt;
  content.remove_suffix(padding);
  return content;
}

}  // namespace wardcast::bench
