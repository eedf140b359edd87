// TLS of the generator's connections, by OpenSSL.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct ssl_ctx_st;
struct ssl_st;

namespace wardcast::bench {

// What the connections of one server share. Threads: the loop's.
class Tls {
 public:
  // `authority`: PEM file with the only one that is trusted. `protocol`: what is negotiated, "h2"
  // or "http/1.1" (RFC 7301). kInvalidArgument: the file is none.
  static Result<std::shared_ptr<Tls>> Make(const std::string& authority, std::string_view protocol);
  explicit Tls(ssl_ctx_st* context) : context_(context) {}
  ~Tls();
  Tls(const Tls&) = delete;
  Tls& operator=(const Tls&) = delete;

  ssl_ctx_st* context() const { return context_; }

 private:
  ssl_ctx_st* const context_;
};

// One connection's. Threads: the loop's.
class TlsStream {
 public:
  enum class Got { kBytes, kNothingYet, kEnd, kFailure };

  TlsStream(const Tls& tls, int fd);
  ~TlsStream();
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  // kBytes: the handshake is over.
  Got Handshake();
  // `size`: room, then how much was read or written.
  Got Read(char* buffer, std::size_t& size);
  Got Write(const char* bytes, std::size_t& size);
  // It goes on once the socket has room; else once it has something to read.
  bool wants_room() const { return wants_room_; }

 private:
  Got Meaning(int result);

  ssl_st* const ssl_;
  bool wants_room_ = false;
};

}  // namespace wardcast::bench
