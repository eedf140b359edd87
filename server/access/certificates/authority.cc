#include "server/access/certificates/authority.h"

#include <arpa/inet.h>
#include <openssl/bn.h>
#include <openssl/err.h>

#include <array>
#include <chrono>
#include <stdexcept>
#include <utility>

namespace wardcast {
namespace {

constexpr std::chrono::days kBackdated{30};
constexpr std::chrono::days kLifeOfAuthority{20 * 365};
constexpr int kSerialBits = 127;

// OpenSSL fails here only when memory is out, or a name does not fit into it.
void Need(bool done) {
  if (!done) throw std::runtime_error("OpenSSL made no certificate");
}

void SetTime(ASN1_TIME* time, TimePoint value) {
  Need(ASN1_TIME_set(time, std::chrono::system_clock::to_time_t(value)) != nullptr);
}

void SetSerial(X509* certificate) {
  const std::unique_ptr<BIGNUM, FreeBy<BN_free>> number(BN_new());
  Need(number && BN_rand(number.get(), kSerialBits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
       BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr);
}

void SetName(X509_NAME* name, const std::string& common) {
  const auto add = [&](const char* field, const std::string& text) {
    Need(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(text.data()),
                                    static_cast<int>(text.size()), -1, 0) == 1);
  };
  add("O", "Wardcast");
  add("CN", common.substr(0, 64));
}

void AddExtension(X509* certificate, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, FreeBy<X509_EXTENSION_free>> extension(
      X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  Need(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

ASN1_IA5STRING* Ia5(std::string_view text) {
  ASN1_IA5STRING* string = ASN1_IA5STRING_new();
  Need(string != nullptr &&
       ASN1_STRING_set(string, text.data(), static_cast<int>(text.size())) == 1);
  return string;
}

// Not by OpenSSL's configuration language: a name may hold any character.
void AddName(GENERAL_NAMES* names, int type, std::string_view text) {
  GENERAL_NAME* name = GENERAL_NAME_new();
  Need(name != nullptr && sk_GENERAL_NAME_push(names, name) > 0);
  if (type != GEN_IPADD) return GENERAL_NAME_set0_value(name, type, Ia5(text));
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  const std::string zero_ended(text);
  const bool six = inet_pton(AF_INET6, zero_ended.c_str(), bytes.data()) == 1;
  Need(six || inet_pton(AF_INET, zero_ended.c_str(), bytes.data()) == 1);
  ASN1_OCTET_STRING* address = ASN1_OCTET_STRING_new();
  Need(address != nullptr && ASN1_OCTET_STRING_set(address, bytes.data(), six ? 16 : 4) == 1);
  GENERAL_NAME_set0_value(name, GEN_IPADD, address);
}

bool IsAddress(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET, host.c_str(), bytes.data()) == 1;
}

void SetNames(X509* certificate, const GENERAL_NAMES* names) {
  Need(X509_add1_ext_i2d(certificate, NID_subject_alt_name, const_cast<GENERAL_NAMES*>(names), 0,
                         X509V3_ADD_DEFAULT) == 1);
}

// What all have; to be signed.
X509Ptr Begin(EVP_PKEY* key, const std::string& common, const Validity& validity) {
  X509Ptr certificate(X509_new());
  Need(certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
       X509_set_pubkey(certificate.get(), key) == 1);
  SetSerial(certificate.get());
  SetTime(X509_getm_notBefore(certificate.get()), validity.from);
  SetTime(X509_getm_notAfter(certificate.get()), validity.until);
  SetName(X509_get_subject_name(certificate.get()), common);
  return certificate;
}

// A leaf of `authority`.
X509Ptr BeginLeaf(const Authority& authority, EVP_PKEY* key, const std::string& common,
                  const Validity& validity) {
  X509* issuer = authority.certificate().get();
  X509Ptr certificate = Begin(key, common, validity);
  Need(X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer)) == 1);
  AddExtension(certificate.get(), issuer, NID_basic_constraints, "critical,CA:FALSE");
  AddExtension(certificate.get(), issuer, NID_key_usage, "critical,digitalSignature");
  AddExtension(certificate.get(), issuer, NID_subject_key_identifier, "hash");
  AddExtension(certificate.get(), issuer, NID_authority_key_identifier, "keyid:always");
  return certificate;
}

Certificate Sign(X509Ptr certificate, const PrivateKey& key) {
  Need(X509_sign(certificate.get(), key.get(), EVP_sha256()) != 0);
  return Certificate(std::move(certificate));
}

}  // namespace

Authority Authority::Make(TimePoint now) {
  PrivateKey key = PrivateKey::Generate();
  X509Ptr certificate = Begin(key.get(), "Wardcast CA " + key.public_sha256().substr(0, 8),
                              {.from = now - kBackdated, .until = now + kLifeOfAuthority});
  X509* self = certificate.get();
  Need(X509_set_issuer_name(self, X509_get_subject_name(self)) == 1);
  AddExtension(self, self, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  AddExtension(self, self, NID_key_usage, "critical,keyCertSign,cRLSign");
  AddExtension(self, self, NID_subject_key_identifier, "hash");
  Certificate signed_by_itself = Sign(std::move(certificate), key);
  return {std::move(signed_by_itself), std::move(key)};
}

Result<Authority> Authority::FromPem(std::string_view certificate, std::string_view key) {
  auto read = Certificate::FromPem(certificate);
  if (!read) return std::unexpected(read.error());
  auto own = PrivateKey::FromPem(key);
  if (!own) return std::unexpected(own.error());
  if (X509_check_ca(read->get()) != 1)
    return Fail(Code::kInvalidArgument, "not the certificate of an authority");
  if (!read->Fits(*own))
    return Fail(Code::kInvalidArgument, "the key is not the one of the certificate");
  return Authority(std::move(*read), std::move(*own));
}

Certificate Authority::IssueServer(EVP_PKEY* key, const std::vector<std::string>& hosts,
                                   const Validity& validity) const {
  X509Ptr certificate = BeginLeaf(*this, key, hosts.empty() ? "broker" : hosts.front(), validity);
  AddExtension(certificate.get(), certificate_.get(), NID_ext_key_usage, "serverAuth");
  const NamesPtr names(GENERAL_NAMES_new());
  for (const std::string& host : hosts)
    AddName(names.get(), IsAddress(host) ? GEN_IPADD : GEN_DNS, host);
  SetNames(certificate.get(), names.get());
  return Sign(std::move(certificate), key_);
}

Certificate Authority::IssueClient(EVP_PKEY* key, const std::string& uri,
                                   const Validity& validity) const {
  X509Ptr certificate = BeginLeaf(*this, key, "Wardcast endpoint", validity);
  AddExtension(certificate.get(), certificate_.get(), NID_ext_key_usage, "clientAuth");
  const NamesPtr names(GENERAL_NAMES_new());
  AddName(names.get(), GEN_URI, uri);
  SetNames(certificate.get(), names.get());
  return Sign(std::move(certificate), key_);
}

}  // namespace wardcast
