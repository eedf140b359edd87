// Ed25519 (RFC 8032) signatures of alerts, by OpenSSL: the broker signs, every agent verifies.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace wardcast {
namespace v1 {
class Alert;
class SignedAlert;
}  // namespace v1

// What is signed is this prefix followed by the exact stored bytes; the zero byte belongs to it.
inline constexpr std::string_view kAlertSignaturePrefix{"wardcast alert v1\0", 18};

struct KeyDeleter {
  void operator()(evp_pkey_st* key) const;
};
using KeyHandle = std::unique_ptr<evp_pkey_st, KeyDeleter>;

// Threads: all const functions of both classes from any.
class VerifyingKey {
 public:
  // PEM, SubjectPublicKeyInfo. kInvalidArgument: not an Ed25519 public key.
  static Result<VerifyingKey> FromPem(std::string_view pem);
  // First 16 hexadecimal digits of the SHA-256 of the raw public key.
  const std::string& id() const { return id_; }
  std::string ToPem() const;
  // False also for a signature of the wrong length.
  bool VerifyAlert(std::string_view payload, std::string_view signature) const;

 private:
  friend class SigningKey;
  explicit VerifyingKey(KeyHandle key);
  KeyHandle key_;
  std::string id_;
};

class SigningKey {
 public:
  static SigningKey Generate();
  // PEM, PKCS #8. kInvalidArgument: not an Ed25519 private key.
  static Result<SigningKey> FromPem(std::string_view pem);
  const std::string& id() const { return public_.id(); }
  const VerifyingKey& public_key() const { return public_; }
  std::string ToPem() const;
  // 64 bytes.
  std::string SignAlert(std::string_view payload) const;
  // The bytes of `alert` as they are stored and sent, with their signature.
  v1::SignedAlert Seal(const v1::Alert& alert) const;

 private:
  explicit SigningKey(KeyHandle key);
  KeyHandle key_;
  VerifyingKey public_;
};

}  // namespace wardcast
