// Whether a caller is the endpoint that it says it is. The certificate decides, not the request.
#pragma once

#include <string>

#include "base/result.h"
#include "server/access/enrolment/endpoint_gate.h"
#include "server/api/caller.h"

namespace wardcast {

// Threads: any; never blocks.
class StationCheck {
 public:
  // nullptr: plain text, where endpoints propose their id.
  explicit StationCheck(const EndpointGate* gate) : gate_(gate) {}

  // The caller acts for the endpoint `claimed`. kUnauthenticated: it shows no client certificate.
  // kPermissionDenied: the certificate is another endpoint's, or was revoked.
  Result<void> AsEndpoint(const Caller& caller, const std::string& claimed) const;
  // The caller asks about it, or subscribes: a person with a token may, by the rules of access,
  // which make a watcher of whoever subscribes so.
  Result<void> AsReader(const Caller& caller, const std::string& claimed) const;
  // False: its key has been revoked since.
  bool MayStay(const Caller& caller) const;

 private:
  const EndpointGate* gate_;
};

}  // namespace wardcast
