#include "tests/bench/load/link/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace wardcast::bench {

Result<std::shared_ptr<Tls>> Tls::Make(const std::string& authority, std::string_view protocol) {
  auto tls = std::make_shared<Tls>(SSL_CTX_new(TLS_client_method()));
  SSL_CTX* context = tls->context();
  if (!context || SSL_CTX_load_verify_locations(context, authority.c_str(), nullptr) != 1)
    return Fail(Code::kInvalidArgument, authority + " is no certificate in PEM");
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  // Ten thousand connections that are idle most of the time.
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  std::string wire(1, static_cast<char>(protocol.size()));
  wire += protocol;
  if (SSL_CTX_set_alpn_protos(context, reinterpret_cast<const unsigned char*>(wire.data()),
                              static_cast<unsigned>(wire.size())) != 0)
    return Fail(Code::kInternal, "ALPN");
  return tls;
}

Tls::~Tls() { SSL_CTX_free(context_); }

TlsStream::TlsStream(const Tls& tls, int fd) : ssl_(SSL_new(tls.context())) {
  SSL_set_fd(ssl_, fd);
  SSL_set_connect_state(ssl_);
}

TlsStream::~TlsStream() { SSL_free(ssl_); }

TlsStream::Got TlsStream::Handshake() {
  ERR_clear_error();
  return Meaning(SSL_do_handshake(ssl_));
}

TlsStream::Got TlsStream::Read(char* buffer, std::size_t& size) {
  ERR_clear_error();
  return Meaning(SSL_read_ex(ssl_, buffer, size, &size));
}

TlsStream::Got TlsStream::Write(const char* bytes, std::size_t& size) {
  ERR_clear_error();
  return Meaning(SSL_write_ex(ssl_, bytes, size, &size));
}

TlsStream::Got TlsStream::Meaning(int result) {
  wants_room_ = false;
  if (result == 1) return Got::kBytes;
  switch (SSL_get_error(ssl_, result)) {
    case SSL_ERROR_WANT_READ:
      return Got::kNothingYet;
    case SSL_ERROR_WANT_WRITE:
      wants_room_ = true;
      return Got::kNothingYet;
    case SSL_ERROR_ZERO_RETURN:
      return Got::kEnd;
    default:
      return Got::kFailure;
  }
}

}  // namespace wardcast::bench
