#include "base/tls/private_key.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <stdexcept>
#include <utility>

#include "base/bytes.h"

namespace wardcast {

PrivateKey PrivateKey::Generate() {
  PkeyPtr key(EVP_EC_gen("P-256"));
  if (!key) throw std::runtime_error("OpenSSL made no P-256 key");
  return PrivateKey(std::move(key));
}

Result<PrivateKey> PrivateKey::FromPem(std::string_view pem) {
  // A key with a passphrase is none: nobody is there to type it.
  const auto no_passphrase = [](char*, int, int, void*) { return -1; };
  PkeyPtr key(PEM_read_bio_PrivateKey(ReadFrom(pem).get(), nullptr, no_passphrase, nullptr));
  if (!key) return Fail(Code::kInvalidArgument, "no private key in PEM without a passphrase");
  return PrivateKey(std::move(key));
}

std::string PrivateKey::ToPem() const {
  const BioPtr buffer = NewBuffer();
  PEM_write_bio_PKCS8PrivateKey(buffer.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return TakeText(buffer.get());
}

std::string PrivateKey::public_sha256() const { return PublicSha256(key_.get()); }

std::string PublicSha256(EVP_PKEY* key) {
  const BioPtr buffer = NewBuffer();
  if (i2d_PUBKEY_bio(buffer.get(), key) != 1) throw std::runtime_error("OpenSSL wrote no key");
  return Sha256Hex(TakeText(buffer.get()));
}

}  // namespace wardcast
