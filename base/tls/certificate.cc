#include "base/tls/certificate.h"

#include <arpa/inet.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <ctime>
#include <utility>

#include "base/bytes.h"

namespace wardcast {
namespace {

constexpr std::size_t kLongestChain = 16;

TimePoint ToTimePoint(const ASN1_TIME* time) {
  std::tm utc{};
  if (ASN1_TIME_to_tm(time, &utc) != 1) return TimePoint{};
  return TimePoint(std::chrono::seconds(timegm(&utc)));
}

std::string TextOf(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::string AddressText(const ASN1_OCTET_STRING* address) {
  const std::string bytes = TextOf(address);
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int family = bytes.size() == 4 ? AF_INET : AF_INET6;
  if (bytes.size() != 4 && bytes.size() != 16) return {};
  return inet_ntop(family, bytes.data(), text.data(), text.size()) == nullptr ? "" : text.data();
}

NamesPtr AlternativeNames(X509* certificate) {
  return NamesPtr(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
}

}  // namespace

Result<Certificate> Certificate::FromPem(std::string_view pem) {
  X509Ptr certificate(PEM_read_bio_X509(ReadFrom(pem).get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  if (!certificate) return Fail(Code::kInvalidArgument, "no certificate in PEM");
  return Certificate(std::move(certificate));
}

Result<std::vector<Certificate>> Certificate::ChainFromPem(std::string_view pem) {
  const BioPtr in = ReadFrom(pem);
  std::vector<Certificate> chain;
  while (X509Ptr next{PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)}) {
    if (chain.size() == kLongestChain)
      return Fail(Code::kInvalidArgument, "more than 16 certificates");
    chain.emplace_back(std::move(next));
  }
  ERR_clear_error();  // the end of the text is one
  if (chain.empty()) return Fail(Code::kInvalidArgument, "no certificate in PEM");
  return chain;
}

std::string Certificate::ToPem() const {
  const BioPtr buffer = NewBuffer();
  PEM_write_bio_X509(buffer.get(), certificate_.get());
  return TakeText(buffer.get());
}

std::string Certificate::sha256() const {
  const BioPtr buffer = NewBuffer();
  i2d_X509_bio(buffer.get(), certificate_.get());
  return Sha256Hex(TakeText(buffer.get()));
}

std::string Certificate::serial() const {
  const std::unique_ptr<BIGNUM, FreeBy<BN_free>> number(
      ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate_.get()), nullptr));
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number.get())), '\0');
  BN_bn2bin(number.get(), reinterpret_cast<unsigned char*>(bytes.data()));
  return ToHex(bytes);
}

TimePoint Certificate::valid_from() const {
  return ToTimePoint(X509_get0_notBefore(certificate_.get()));
}

TimePoint Certificate::valid_until() const {
  return ToTimePoint(X509_get0_notAfter(certificate_.get()));
}

std::vector<std::string> Certificate::hosts() const {
  std::vector<std::string> hosts;
  const NamesPtr names = AlternativeNames(certificate_.get());
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type == GEN_DNS) hosts.push_back(TextOf(name->d.dNSName));
    if (name->type == GEN_IPADD) hosts.push_back(AddressText(name->d.iPAddress));
  }
  return hosts;
}

std::vector<std::string> Certificate::uris() const {
  std::vector<std::string> uris;
  const NamesPtr names = AlternativeNames(certificate_.get());
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type == GEN_URI) uris.push_back(TextOf(name->d.uniformResourceIdentifier));
  }
  return uris;
}

bool Certificate::Fits(const PrivateKey& key) const {
  const bool fits = X509_check_private_key(certificate_.get(), key.get()) == 1;
  ERR_clear_error();
  return fits;
}

bool Certificate::IsSignedBy(const Certificate& authority) const {
  const bool verified =
      X509_check_issued(authority.certificate_.get(), certificate_.get()) == X509_V_OK &&
      X509_verify(certificate_.get(), X509_get0_pubkey(authority.certificate_.get())) == 1;
  ERR_clear_error();
  return verified;
}

TimePoint RenewAfter(TimePoint valid_from, TimePoint valid_until) {
  return valid_from + (valid_until - valid_from) * 2 / 3;
}

}  // namespace wardcast
