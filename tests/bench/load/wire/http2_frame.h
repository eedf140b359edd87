// HTTP/2 frames (RFC 9113, section 4): a header of nine bytes and a payload.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wardcast::bench {

enum class FrameType : std::uint8_t {
  kData = 0,
  kHeaders = 1,
  kPriority = 2,
  kReset = 3,
  kSettings = 4,
  kPushPromise = 5,
  kPing = 6,
  kGoAway = 7,
  kWindowUpdate = 8,
  kContinuation = 9,
};

inline constexpr std::uint8_t kEndStream = 0x1;  // DATA, HEADERS
inline constexpr std::uint8_t kAck = 0x1;        // SETTINGS, PING
inline constexpr std::uint8_t kEndHeaders = 0x4;
inline constexpr std::uint8_t kPadded = 0x8;
inline constexpr std::uint8_t kPriorityFlag = 0x20;

// SETTINGS_MAX_FRAME_SIZE, which we leave at its default.
inline constexpr std::size_t kLargestPayload = 16'384;
inline constexpr std::size_t kFrameHeaderSize = 9;

struct Frame {
  FrameType type = FrameType::kData;
  std::uint8_t flags = 0;
  std::uint32_t stream = 0;
  std::string_view payload;  // into the bytes that it was cut from
};

// `payload`: at most kLargestPayload.
void AppendFrame(std::string& out, FrameType type, std::uint8_t flags, std::uint32_t stream,
                 std::string_view payload);

enum class Cut { kFrame, kMore, kTooLarge };
// Cuts the first frame off `bytes`. kMore: it is not whole yet, nothing was cut.
Cut CutFrame(std::string_view& bytes, Frame& frame);

// The payload of DATA or HEADERS without padding and priority; nullopt: malformed.
std::optional<std::string_view> ContentOf(const Frame& frame);

// Numbers in network order. ReadUint32: `bytes` has at least four.
void AppendUint32(std::string& out, std::uint32_t number);
std::uint32_t ReadUint32(std::string_view bytes);

}  // namespace wardcast::bench
