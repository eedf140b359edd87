// Makes this machine an endpoint, and keeps it one.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "agent/enrolment/place.h"
#include "base/result.h"
#include "base/tls/enrol_line.h"

namespace wardcast::agent {

// How a broker is asked; the real ones are in agent/link/enrol_call.h.
struct EnrolCalls {
  std::function<Result<v1::Credential>(const std::string& broker, const ClientTls&,
                                       const v1::EnrollRequest&, std::chrono::milliseconds)>
      enrol;
  std::function<Result<v1::Credential>(const std::string& broker, const ClientTls&,
                                       const v1::RenewRequest&, std::chrono::milliseconds)>
      renew;
};
EnrolCalls RealEnrolCalls();

// Asks one broker of the line after the other; then the place is on disk. Trusts the authority of
// the line and nothing else. Blocks up to 10 s a broker. kUnavailable: none answered (another
// authority counts as no answer). Other errors as EndpointService.Enroll says: for the
// administrator.
Result<Place> Enrol(const EnrolLine& line, const v1::EndpointInfo& endpoint, const Machine& machine,
                    PlaceFolder& folder, const EnrolCalls& calls);

// A new certificate for the key that is there, likewise.
Result<Place> Renew(const Place& place, PlaceFolder& folder, const EnrolCalls& calls);

// When to renew: after two thirds of the certificate's life and up to a twentieth more, by
// endpoint, so that a fleet does not come at once. A clock that is before the certificate's time is
// wrong, and the certificate may be over: at once.
bool IsRenewalDue(const Place& place, TimePoint now);

}  // namespace wardcast::agent
