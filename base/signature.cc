#include "base/signature.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>

#include <array>
#include <stdexcept>

#include "base/bytes.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {
namespace {

struct BioDeleter {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using BioHandle = std::unique_ptr<BIO, BioDeleter>;
struct ContextDeleter {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using ContextHandle = std::unique_ptr<EVP_MD_CTX, ContextDeleter>;

std::string Signed(std::string_view payload) {
  std::string bytes(kAlertSignaturePrefix);
  bytes += payload;
  return bytes;
}

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string Text(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

BioHandle Memory(std::string_view text) {
  return BioHandle(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string RawPublic(EVP_PKEY* key) {
  std::array<unsigned char, 32> raw{};
  std::size_t size = raw.size();
  if (EVP_PKEY_get_raw_public_key(key, raw.data(), &size) != 1)
    throw std::runtime_error("not an Ed25519 key");
  return {raw.begin(), raw.end()};
}

KeyHandle PublicOf(EVP_PKEY* key) {
  const std::string raw = RawPublic(key);
  return KeyHandle(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Bytes(raw), raw.size()));
}

}  // namespace

void KeyDeleter::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

VerifyingKey::VerifyingKey(KeyHandle key) : key_(std::move(key)) {
  const std::string raw = RawPublic(key_.get());
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(Bytes(raw), raw.size(), digest.data());
  id_ = ToHex({reinterpret_cast<const char*>(digest.data()), 8});
}

Result<VerifyingKey> VerifyingKey::FromPem(std::string_view pem) {
  KeyHandle key(PEM_read_bio_PUBKEY(Memory(pem).get(), nullptr, nullptr, nullptr));
  if (!key || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) {
    return Fail(Code::kInvalidArgument, "not an Ed25519 public key in PEM");
  }
  return VerifyingKey(std::move(key));
}

std::string VerifyingKey::ToPem() const {
  BioHandle bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_PUBKEY(bio.get(), key_.get());
  return Text(bio.get());
}

bool VerifyingKey::VerifyAlert(std::string_view payload, std::string_view signature) const {
  const std::string bytes = Signed(payload);
  ContextHandle context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
         EVP_DigestVerify(context.get(), Bytes(signature), signature.size(), Bytes(bytes),
                          bytes.size()) == 1;
}

SigningKey::SigningKey(KeyHandle key) : key_(std::move(key)), public_(PublicOf(key_.get())) {}

SigningKey SigningKey::Generate() {
  KeyHandle key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  if (!key) throw std::runtime_error("OpenSSL made no Ed25519 key");
  return SigningKey(std::move(key));
}

Result<SigningKey> SigningKey::FromPem(std::string_view pem) {
  KeyHandle key(PEM_read_bio_PrivateKey(Memory(pem).get(), nullptr, nullptr, nullptr));
  if (!key || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) {
    return Fail(Code::kInvalidArgument, "not an Ed25519 private key in PEM");
  }
  return SigningKey(std::move(key));
}

std::string SigningKey::ToPem() const {
  BioHandle bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_PKCS8PrivateKey(bio.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return Text(bio.get());
}

std::string SigningKey::SignAlert(std::string_view payload) const {
  const std::string bytes = Signed(payload);
  std::string signature(64, '\0');
  std::size_t size = signature.size();
  ContextHandle context(EVP_MD_CTX_new());
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     Bytes(bytes), bytes.size()) != 1) {
    throw std::runtime_error("OpenSSL did not sign");
  }
  return signature;
}

v1::SignedAlert SigningKey::Seal(const v1::Alert& alert) const {
  v1::SignedAlert sealed;
  sealed.set_payload(alert.SerializeAsString());
  sealed.set_signature(SignAlert(sealed.payload()));
  sealed.set_key_id(id());
  return sealed;
}

}  // namespace wardcast
