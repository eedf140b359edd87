// An endpoint as a caller: what its certificate or its cookie says of it.
#pragma once

#include "server/access/enrolment/endpoint_uri.h"
#include "server/access/roles/identity.h"

namespace wardcast {

inline CertifiedEndpoint EndpointOf(const Identity& identity) {
  return {.endpoint_id = identity.endpoint_id, .registration_id = identity.registration_id};
}

// `expires`: of a browser's place; TimePoint{}: a certificate, of which the handshake took care.
inline Identity EndpointIdentity(const CertifiedEndpoint& endpoint, TimePoint expires) {
  return {.kind = Identity::Kind::kEndpoint,
          .name = "endpoint/" + endpoint.endpoint_id,
          .endpoint_id = endpoint.endpoint_id,
          .registration_id = endpoint.registration_id,
          .expires = expires};
}

}  // namespace wardcast
