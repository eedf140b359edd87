// The frames of a WebSocket (RFC 6455 §5), as a server reads and writes them. No extensions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace wardcast {

enum class Opcode : unsigned char {
  kContinuation = 0,
  kText = 1,
  kBinary = 2,
  kClose = 8,
  kPing = 9,
  kPong = 10,
};

// What a client's Sec-WebSocket-Key is answered with (§4.2.2).
std::string AcceptKey(std::string_view key);

// So many bytes in front of a payload may be overwritten by its head.
inline constexpr std::size_t kFrameHead = 10;
// Writes the head of a frame, whole and unmasked, directly in front of `payload`; returns both. The
// room (kFrameHead bytes) is the caller's.
std::span<unsigned char> WithFrameHead(std::span<unsigned char> payload, Opcode opcode);

// The payload of a close frame.
std::string ClosePayload(int code, std::string_view reason);

// Takes what a client sends apart. Holds no message: its fragments are handed on as they come, so
// that whoever puts them together sets the limit.
// Threads: one at a time.
class FrameReader {
 public:
  enum class Event {
    kMore,    // all was read
    kData,    // a piece of a message: data(), first(), last(), binary()
    kPing,    // data() is to be sent back
    kPong,    //
    kClose,   // data() is its payload, to be sent back
    kBroken,  // against the protocol: problem(); nothing more can be read
  };
  // Reads from the front of `bytes` up to the next event.
  Event Next(std::string_view& bytes);

  const std::string& data() const { return data_; }
  bool first() const { return first_; }
  bool last() const { return last_; }
  bool binary() const { return binary_; }
  std::string_view problem() const { return problem_; }

 private:
  Event Break(std::string_view problem);
  // False: the head is not complete yet.
  bool ReadHead(std::string_view& bytes);
  // Empty: it may be so.
  std::string_view CheckHead();
  Event EndControl();
  Event Piece(bool whole);

  std::array<unsigned char, 14> head_{};  // two bytes, length, mask
  std::size_t head_size_ = 0;             // of it that is there
  bool in_payload_ = false;
  std::uint64_t left_ = 0;   // of the payload
  std::uint64_t taken_ = 0;  // of the payload; the mask goes round by it
  bool in_message_ = false;  // a message has begun and not ended
  bool piece_out_ = false;   // a piece of it was handed on
  bool binary_ = false;
  bool first_ = false;
  bool last_ = false;
  std::string control_;  // payload of the control frame that is being read
  std::string data_;
  std::string_view problem_;
};

}  // namespace wardcast
