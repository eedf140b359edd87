#include "server/http/wire/socket_frame.h"

#include <openssl/evp.h>

#include <algorithm>
#include <stdexcept>

#include "base/bytes.h"

namespace wardcast {
namespace {

constexpr unsigned char kFinal = 0x80;
constexpr unsigned char kReserved = 0x70;
constexpr unsigned char kMasked = 0x80;
constexpr std::size_t kMaskBytes = 4;
constexpr std::uint64_t kMaxControl = 125;

bool IsControl(Opcode opcode) { return (static_cast<unsigned char>(opcode) & 0x8) != 0; }

// Bytes that say the length, after the first two.
std::size_t LengthBytes(unsigned char second) {
  const unsigned char length = second & 0x7f;
  return length == 126 ? 2 : length == 127 ? 8 : 0;
}

}  // namespace

std::string AcceptKey(std::string_view key) {
  const std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1)
    throw std::runtime_error("OpenSSL has no SHA-1");
  return ToBase64({reinterpret_cast<const char*>(digest.data()), size});
}

std::span<unsigned char> WithFrameHead(std::span<unsigned char> payload, Opcode opcode) {
  const std::size_t length_bytes = payload.size() > 0xffff ? 8 : payload.size() > 125 ? 2 : 0;
  unsigned char* head = payload.data() - 2 - length_bytes;
  head[0] = kFinal | static_cast<unsigned char>(opcode);
  head[1] = length_bytes == 8   ? 127
            : length_bytes == 2 ? 126
                                : static_cast<unsigned char>(payload.size());
  for (std::size_t i = 0; i < length_bytes; ++i)
    head[2 + i] = static_cast<unsigned char>(payload.size() >> 8 * (length_bytes - 1 - i));
  return {head, payload.size() + 2 + length_bytes};
}

std::string ClosePayload(int code, std::string_view reason) {
  std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
  payload += reason.substr(0, kMaxControl - payload.size());
  return payload;
}

FrameReader::Event FrameReader::Break(std::string_view problem) {
  problem_ = problem;
  return Event::kBroken;
}

bool FrameReader::ReadHead(std::string_view& bytes) {
  const auto wanted = [&] {
    return head_size_ < 2 ? std::size_t{2} : 2 + LengthBytes(head_[1]) + kMaskBytes;
  };
  while (head_size_ < wanted()) {
    if (bytes.empty()) return false;
    head_[head_size_++] = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    // Who does not mask sends no mask: it would be waited for.
    if (head_size_ == 2 && (head_[1] & kMasked) == 0) return true;
  }
  return true;
}

std::string_view FrameReader::CheckHead() {
  const Opcode opcode{static_cast<unsigned char>(head_[0] & 0x0f)};
  const bool final = (head_[0] & kFinal) != 0;
  if ((head_[0] & kReserved) != 0) return "an extension that was not agreed on";
  if ((head_[1] & kMasked) == 0) return "an unmasked frame";
  const std::size_t length_bytes = LengthBytes(head_[1]);
  left_ = head_[1] & 0x7f;
  if (length_bytes > 0) {
    left_ = 0;
    for (std::size_t i = 0; i < length_bytes; ++i) left_ = left_ << 8 | head_[2 + i];
  }
  taken_ = 0;
  if (left_ >> 63 != 0) return "a frame without end";
  if (IsControl(opcode)) {
    control_.clear();
    if (!final || left_ > kMaxControl) return "a control frame that is too long or in pieces";
  } else if (in_message_ != (opcode == Opcode::kContinuation)) {
    return in_message_ ? "a message within a message" : "the continuation of no message";
  }
  switch (opcode) {
    case Opcode::kText:
    case Opcode::kBinary:
      in_message_ = true;
      piece_out_ = false;
      binary_ = opcode == Opcode::kBinary;
      return {};
    case Opcode::kContinuation:
    case Opcode::kClose:
    case Opcode::kPing:
    case Opcode::kPong:
      return {};
  }
  return "a frame of an unknown kind";
}

FrameReader::Event FrameReader::EndControl() {
  data_.swap(control_);
  control_.clear();
  switch (Opcode{static_cast<unsigned char>(head_[0] & 0x0f)}) {
    case Opcode::kClose:
      return Event::kClose;
    case Opcode::kPing:
      return Event::kPing;
    case Opcode::kPong:
    case Opcode::kContinuation:
    case Opcode::kText:
    case Opcode::kBinary:
      break;
  }
  return Event::kPong;
}

FrameReader::Event FrameReader::Piece(bool whole) {
  first_ = !piece_out_;
  piece_out_ = true;
  last_ = whole && (head_[0] & kFinal) != 0;
  if (last_) in_message_ = false;
  return Event::kData;
}

FrameReader::Event FrameReader::Next(std::string_view& bytes) {
  if (!problem_.empty()) return Event::kBroken;
  if (!in_payload_) {
    if (!ReadHead(bytes)) return Event::kMore;
    if (const std::string_view problem = CheckHead(); !problem.empty()) return Break(problem);
    in_payload_ = true;
  } else if (bytes.empty()) {
    return Event::kMore;
  }
  const bool control = IsControl(Opcode{static_cast<unsigned char>(head_[0] & 0x0f)});
  std::string& into = control ? control_ : data_;
  if (!control) data_.clear();
  const std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
  const unsigned char* mask = head_.data() + 2 + LengthBytes(head_[1]);
  for (std::size_t i = 0; i < size; ++i)
    into += static_cast<char>(static_cast<unsigned char>(bytes[i]) ^ mask[taken_++ % kMaskBytes]);
  bytes.remove_prefix(size);
  left_ -= size;
  const bool whole = left_ == 0;
  if (whole) {
    in_payload_ = false;
    head_size_ = 0;
  }
  if (control) return whole ? EndControl() : Event::kMore;
  if (!whole && size == 0) return Event::kMore;
  return Piece(whole);
}

}  // namespace wardcast
