// The two calls that a machine makes without a certificate of its own.
#pragma once

#include <chrono>
#include <string>

#include "agent/link/client_tls.h"
#include "base/result.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast::agent {

// Each blocks up to `deadline`; kUnavailable: no answer, the next broker may have one. Other errors
// as EndpointService says. `tls`: the authority that is trusted; nothing is shown.
Result<v1::Credential> EnrolAt(const std::string& broker, const ClientTls& tls,
                               const v1::EnrollRequest& request,
                               std::chrono::milliseconds deadline);
Result<v1::Credential> RenewAt(const std::string& broker, const ClientTls& tls,
                               const v1::RenewRequest& request, std::chrono::milliseconds deadline);

}  // namespace wardcast::agent
