// Collects a request's body, by length or chunked, and never holds more than the limit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/http/wire/request_head.h"

namespace wardcast {

// Threads: one at a time.
class BodyReader {
 public:
  enum class State {
    kMore,       // call Feed again with more
    kDone,       // the body is complete
    kTooLarge,   // larger than the limit: answer 413 and close; nothing of it is kept
    kMalformed,  // broken chunks: answer 400 and close
  };

  // `length` must not be bad.
  BodyReader(const BodyLength& length, std::size_t limit);

  // Takes from the front of `input` what belongs to the body; the rest is the next request.
  State Feed(std::string_view& input);
  State state() const { return state_; }
  std::size_t size() const { return body_.size(); }
  std::string Take() { return std::move(body_); }

 private:
  enum class Chunk { kSize, kExtension, kSizeEnd, kData, kDataCr, kDataLf, kTrailer, kTrailerText };

  State FeedChunked(std::string_view& input);
  State OnChunkByte(char c);

  const bool chunked_;
  const std::size_t limit_;
  State state_ = State::kMore;
  std::uint64_t remaining_ = 0;  // of the body, or of the chunk
  Chunk chunk_ = Chunk::kSize;
  int size_digits_ = 0;
  std::size_t overhead_ = 0;  // bytes of extensions and trailers since the last data
  std::string body_;
};

}  // namespace wardcast
