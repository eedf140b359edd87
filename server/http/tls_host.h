// TLS under every connection of the HTTP door: done by libwebsockets, with a certificate that is
// loaded by ourselves, so that another one can be loaded while connections are open.
#pragma once

#include <libwebsockets.h>

#include <filesystem>

#include "base/result.h"

struct ssl_ctx_st;

namespace wardcast {

// Threads: `http`, and whoever opens the door before it runs.
class TlsHost {
 public:
  // Empty: everything is plain text, and each function does nothing.
  explicit TlsHost(std::filesystem::path file) : file_(std::move(file)) {}

  // Before the context, and before its virtual host, is made.
  void Prepare(lws_context_creation_info& info) const;
  void Describe(lws_context_creation_info& info) const;
  // From libwebsockets, when the virtual host is made: its SSL_CTX.
  void Take(void* context) { context_ = static_cast<ssl_ctx_st*>(context); }
  // How connections are given to the virtual host.
  lws_adoption_type Adoption() const;

  // Reads the file: for connections that come from now on. kFailedPrecondition: it cannot be used,
  // and why; what was used so far is used on.
  Result<void> Load();

 private:
  const std::filesystem::path file_;
  ssl_ctx_st* context_ = nullptr;  // the virtual host's
};

// Tells the peer that nothing more comes, as TLS does; before the socket is shut.
void SayGoodbye(lws* wsi);

}  // namespace wardcast
