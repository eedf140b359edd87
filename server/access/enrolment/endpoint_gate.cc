#include "server/access/enrolment/endpoint_gate.h"

#include <utility>

namespace wardcast {

Result<void> EndpointGate::Check(const CertifiedEndpoint& endpoint) const {
  const MutexLock lock(mu_);
  if (!revoked_.contains(endpoint.registration_id)) return {};
  return Fail(Code::kPermissionDenied, "the key of the endpoint " + endpoint.endpoint_id +
                                           " was revoked; it gets in again only by enrolling anew");
}

std::vector<std::string> EndpointGate::Replace(
    const std::vector<EnrolmentStore::Standing>& standings) {
  std::unordered_set<std::string> revoked;
  std::vector<std::string> news;
  const MutexLock lock(mu_);
  for (const EnrolmentStore::Standing& one : standings) {
    if (!one.revoked) continue;
    if (!revoked_.contains(one.registration_id)) news.push_back(one.endpoint_id);
    revoked.insert(one.registration_id);
  }
  revoked_ = std::move(revoked);
  return news;
}

}  // namespace wardcast
