#include "server/http/tls_host.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <string>

#include "base/file.h"
#include "base/log.h"
#include "base/tls/certificate.h"
#include "base/tls/private_key.h"

namespace wardcast {
namespace {

constexpr std::size_t kLargestFile = 256 * 1024;

std::unexpected<Error> Unusable(const std::filesystem::path& file, const std::string& why) {
  ERR_clear_error();
  return Fail(Code::kFailedPrecondition, file.string() + ": " + why);
}

}  // namespace

void TlsHost::Prepare(lws_context_creation_info& info) const {
  if (!file_.empty()) info.options |= LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
}

void TlsHost::Describe(lws_context_creation_info& info) const {
  if (!file_.empty()) info.options |= LWS_SERVER_OPTION_CREATE_VHOST_SSL_CTX;
}

lws_adoption_type TlsHost::Adoption() const {
  return file_.empty() ? LWS_ADOPT_SOCKET
                       : static_cast<lws_adoption_type>(LWS_ADOPT_SOCKET | LWS_ADOPT_ALLOW_SSL);
}

Result<void> TlsHost::Load() {
  if (file_.empty()) return {};
  if (context_ == nullptr) return Fail(Code::kInternal, "libwebsockets made no TLS");
  const auto pem = ReadFile(file_, kLargestFile);
  if (!pem) return Unusable(file_, pem.error().message);
  const auto chain = Certificate::ChainFromPem(*pem);
  if (!chain) return Unusable(file_, chain.error().message);
  const auto key = PrivateKey::FromPem(*pem);
  if (!key) return Unusable(file_, key.error().message);
  if (!chain->front().Fits(*key)) return Unusable(file_, "the key is not the certificate's");
  // Everything was checked: from here on nothing fails but for want of memory.
  SSL_CTX_set_min_proto_version(context_, TLS1_2_VERSION);
  SSL_CTX_clear_chain_certs(context_);
  if (SSL_CTX_use_certificate(context_, chain->front().get()) != 1 ||
      SSL_CTX_use_PrivateKey(context_, key->get()) != 1) {
    return Unusable(file_, "OpenSSL does not take it");
  }
  for (std::size_t i = 1; i < chain->size(); ++i) {
    if (SSL_CTX_add1_chain_cert(context_, (*chain)[i].get()) != 1)
      return Unusable(file_, "OpenSSL does not take its chain");
  }
  return {};
}

void SayGoodbye(lws* wsi) {
  if (SSL* tls = lws_get_ssl(wsi)) SSL_shutdown(tls);
  ERR_clear_error();
}

}  // namespace wardcast
