// Which client certificates are not let in any more, although they are valid: from memory, so that
// a subscription never waits for the store.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "base/mutex.h"
#include "base/result.h"
#include "server/access/enrolment/endpoint_uri.h"
#include "server/store/enrolment/enrolment_store.h"

namespace wardcast {

// Threads: all functions from any; none blocks.
class EndpointGate {
 public:
  // kPermissionDenied: its key was revoked; says what to do.
  Result<void> Check(const CertifiedEndpoint& endpoint) const;

  // What the store says now; the endpoints whose key is revoked and was not before.
  std::vector<std::string> Replace(const std::vector<EnrolmentStore::Standing>& standings);

 private:
  mutable Mutex mu_;
  std::unordered_set<std::string> revoked_ GUARDED_BY(mu_);  // registrations
};

}  // namespace wardcast
