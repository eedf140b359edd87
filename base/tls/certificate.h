// A certificate: what it says, and whom it belongs to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/tls/handles.h"
#include "base/tls/private_key.h"

namespace wardcast {

// Threads: const functions from any.
class Certificate {
 public:
  // The first one in a PEM text. kInvalidArgument: none.
  static Result<Certificate> FromPem(std::string_view pem);
  // All of them, at least one and at most 16.
  static Result<std::vector<Certificate>> ChainFromPem(std::string_view pem);
  explicit Certificate(X509Ptr certificate) : certificate_(std::move(certificate)) {}

  std::string ToPem() const;
  // SHA-256 of its DER form, hexadecimal.
  std::string sha256() const;
  // Hexadecimal, lower case.
  std::string serial() const;
  TimePoint valid_from() const;
  TimePoint valid_until() const;
  // DNS names and addresses (as text) of the subject alternative name.
  std::vector<std::string> hosts() const;
  // URIs of it.
  std::vector<std::string> uris() const;
  std::string public_sha256() const { return PublicSha256(X509_get0_pubkey(certificate_.get())); }

  bool Fits(const PrivateKey& key) const;
  // True if the key of `authority` has signed it; says nothing of its time.
  bool IsSignedBy(const Certificate& authority) const;
  X509* get() const { return certificate_.get(); }

 private:
  X509Ptr certificate_;
};

// The time after which a certificate is renewed: two thirds of its life.
TimePoint RenewAfter(TimePoint valid_from, TimePoint valid_until);

}  // namespace wardcast
