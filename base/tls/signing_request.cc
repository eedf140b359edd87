#include "base/tls/signing_request.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace wardcast {
namespace {

bool IsP256(EVP_PKEY* key) {
  std::array<char, 64> group{};
  std::size_t size = 0;
  return EVP_PKEY_is_a(key, "EC") == 1 &&
         EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(),
                                        &size) == 1 &&
         std::string_view(group.data(), size) == SN_X9_62_prime256v1;
}

std::unexpected<Error> NoRequest(std::string what) {
  ERR_clear_error();
  return Invalid({{"signing_request", std::move(what)}});
}

}  // namespace

std::string MakeSigningRequest(const PrivateKey& key, std::string_view name) {
  constexpr std::size_t kLongestName = 64;  // of a common name
  const std::string shortened(name.substr(0, kLongestName));
  const X509ReqPtr request(X509_REQ_new());
  X509_NAME* subject = X509_REQ_get_subject_name(request.get());
  const BioPtr buffer = NewBuffer();
  if (X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) != 1 ||
      X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                 reinterpret_cast<const unsigned char*>(shortened.data()),
                                 static_cast<int>(shortened.size()), -1, 0) != 1 ||
      X509_REQ_set_pubkey(request.get(), key.get()) != 1 ||
      X509_REQ_sign(request.get(), key.get(), EVP_sha256()) == 0 ||
      i2d_X509_REQ_bio(buffer.get(), request.get()) != 1) {
    throw std::runtime_error("OpenSSL made no signing request");
  }
  return TakeText(buffer.get());
}

Result<PkeyPtr> ReadSigningRequest(std::string_view der) {
  if (der.empty()) return NoRequest("is missing");
  if (der.size() > kMaxSigningRequest) return NoRequest("is larger than 8 KiB");
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const auto* const begin = at;
  const X509ReqPtr request(d2i_X509_REQ(nullptr, &at, static_cast<long>(der.size())));
  if (!request || at != begin + der.size())
    return NoRequest("is not a PKCS #10 signing request in DER");
  PkeyPtr key(X509_REQ_get_pubkey(request.get()));
  if (!key || !IsP256(key.get())) return NoRequest("must hold an ECDSA key on P-256");
  if (X509_REQ_verify(request.get(), key.get()) != 1)
    return NoRequest("is not signed by its own key");
  ERR_clear_error();
  return key;
}

}  // namespace wardcast
