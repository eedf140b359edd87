// The hospital's own certificate authority: made by the first broker at its first start, shared by
// all of its brokers, known to nobody else.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/tls/certificate.h"
#include "base/tls/private_key.h"

namespace wardcast {

// From when until when a certificate is valid.
struct Validity {
  TimePoint from;
  TimePoint until;
};

// Threads: const functions from any.
class Authority {
 public:
  // Valid for 20 years, so that no hospital meets its end by surprise; from 30 days ago, for PCs
  // whose clock is behind.
  static Authority Make(TimePoint now);
  // kInvalidArgument: not an authority's certificate, or the key is not its own.
  static Result<Authority> FromPem(std::string_view certificate, std::string_view key);

  const Certificate& certificate() const { return certificate_; }
  const PrivateKey& key() const { return key_; }

  // For a server that is reached by these names and addresses.
  Certificate IssueServer(EVP_PKEY* key, const std::vector<std::string>& hosts,
                          const Validity& validity) const;
  // For a client that `uri` names.
  Certificate IssueClient(EVP_PKEY* key, const std::string& uri, const Validity& validity) const;

 private:
  Authority(Certificate certificate, PrivateKey key)
      : certificate_(std::move(certificate)), key_(std::move(key)) {}

  Certificate certificate_;
  PrivateKey key_;
};

}  // namespace wardcast
