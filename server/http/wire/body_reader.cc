#include "server/http/wire/body_reader.h"

#include <algorithm>

namespace wardcast {
namespace {

constexpr std::size_t kMaxOverhead = 4096;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

BodyReader::BodyReader(const BodyLength& length, std::size_t limit)
    : chunked_(length.chunked), limit_(limit), remaining_(length.bytes) {
  if (chunked_) {
    remaining_ = 0;
  } else if (remaining_ > limit_) {
    state_ = State::kTooLarge;
  } else if (remaining_ == 0) {
    state_ = State::kDone;
  }
}

BodyReader::State BodyReader::Feed(std::string_view& input) {
  if (state_ != State::kMore) return state_;
  if (chunked_) {
    state_ = FeedChunked(input);
  } else {
    const auto take = static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, input.size()));
    body_.append(input.substr(0, take));
    input.remove_prefix(take);
    remaining_ -= take;
    if (remaining_ == 0) state_ = State::kDone;
  }
  if (state_ == State::kTooLarge || state_ == State::kMalformed) std::string().swap(body_);
  return state_;
}

BodyReader::State BodyReader::FeedChunked(std::string_view& input) {
  while (!input.empty()) {
    if (chunk_ == Chunk::kData) {
      const auto take = static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, input.size()));
      body_.append(input.substr(0, take));
      input.remove_prefix(take);
      remaining_ -= take;
      overhead_ = 0;
      if (remaining_ == 0) chunk_ = Chunk::kDataCr;
      continue;
    }
    const char c = input.front();
    input.remove_prefix(1);
    if (const State state = OnChunkByte(c); state != State::kMore) return state;
    if (++overhead_ > kMaxOverhead) return State::kMalformed;
  }
  return State::kMore;
}

BodyReader::State BodyReader::OnChunkByte(char c) {
  switch (chunk_) {
    case Chunk::kSize:
      if (const int digit = HexDigit(c); digit >= 0) {
        if (++size_digits_ > 8) return State::kTooLarge;
        remaining_ = remaining_ * 16 + static_cast<std::uint64_t>(digit);
        return State::kMore;
      }
      if (size_digits_ == 0) return State::kMalformed;
      if (remaining_ + body_.size() > limit_) return State::kTooLarge;
      size_digits_ = 0;
      if (c == '\r') {
        chunk_ = Chunk::kSizeEnd;
      } else if (c == ';' || c == ' ' || c == '\t') {
        chunk_ = Chunk::kExtension;
      } else {
        return State::kMalformed;
      }
      return State::kMore;
    case Chunk::kExtension:
      if (c == '\r') chunk_ = Chunk::kSizeEnd;
      return c == '\n' ? State::kMalformed : State::kMore;
    case Chunk::kSizeEnd:
      chunk_ = remaining_ == 0 ? Chunk::kTrailer : Chunk::kData;
      return c == '\n' ? State::kMore : State::kMalformed;
    case Chunk::kDataCr:
      chunk_ = Chunk::kDataLf;
      return c == '\r' ? State::kMore : State::kMalformed;
    case Chunk::kDataLf:
      chunk_ = Chunk::kSize;
      return c == '\n' ? State::kMore : State::kMalformed;
    case Chunk::kTrailer:  // at the start of a line
      if (c == '\n') return State::kDone;
      if (c != '\r') chunk_ = Chunk::kTrailerText;
      return State::kMore;
    case Chunk::kTrailerText:
      if (c == '\n') chunk_ = Chunk::kTrailer;
      return State::kMore;
    case Chunk::kData:
      break;
  }
  return State::kMalformed;
}

}  // namespace wardcast
