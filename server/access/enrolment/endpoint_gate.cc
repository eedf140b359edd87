#include "server/access/enrolment/endpoint_gate.h"

#include <utility>

namespace wardcast {

Result<void> EndpointGate::Check(const CertifiedEndpoint& endpoint) const {
  const MutexLock lock(mu_);
  if (!revoked_.contains(endpoint.registration_id)) return {};
  return Fail(Code::kPermissionDenied, "the key of the endpoint " + endpoint.endpoint_id +
                                           " was revoked; it gets in again only by enrolling anew");
}

std::optional<EndpointGate::BrowserPlace> EndpointGate::FindBrowser(const std::string& key_sha256,
                                                                    TimePoint now) const {
  const MutexLock lock(mu_);
  const auto found = browsers_.find(key_sha256);
  if (found == browsers_.end() || now >= found->second.expires) return std::nullopt;
  return found->second;
}

std::vector<CertifiedEndpoint> EndpointGate::Replace(
    const std::vector<EnrolmentStore::Standing>& standings) {
  std::unordered_set<std::string> revoked;
  std::unordered_map<std::string, BrowserPlace> browsers;
  std::vector<CertifiedEndpoint> news;
  const MutexLock lock(mu_);
  for (const EnrolmentStore::Standing& one : standings) {
    const CertifiedEndpoint endpoint{.endpoint_id = one.endpoint_id,
                                     .registration_id = one.registration_id};
    if (one.revoked) {
      if (!revoked_.contains(one.registration_id)) news.push_back(endpoint);
      revoked.insert(one.registration_id);
    } else if (!one.browser_key.empty()) {
      browsers[one.browser_key] = {.endpoint = endpoint, .expires = one.expires_at};
    }
  }
  revoked_ = std::move(revoked);
  browsers_ = std::move(browsers);
  return news;
}

}  // namespace wardcast
