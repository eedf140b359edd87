// A private key for TLS: made on the machine whose key it is, and never sent.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/tls/handles.h"

namespace wardcast {

// Threads: const functions from any.
class PrivateKey {
 public:
  // ECDSA P-256: handshakes cost a third of RSA's.
  static PrivateKey Generate();
  // PEM without a passphrase, of any kind that OpenSSL knows. kInvalidArgument: none in it.
  static Result<PrivateKey> FromPem(std::string_view pem);
  // PKCS #8.
  std::string ToPem() const;
  // SHA-256 of the public key (SubjectPublicKeyInfo), hexadecimal.
  std::string public_sha256() const;
  EVP_PKEY* get() const { return key_.get(); }

 private:
  explicit PrivateKey(PkeyPtr key) : key_(std::move(key)) {}
  PkeyPtr key_;
};

// The same of a public key that somebody else has the private one of.
std::string PublicSha256(EVP_PKEY* key);

}  // namespace wardcast
