// How a client certificate names its endpoint.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wardcast {

// Whom a verified client certificate names.
struct CertifiedEndpoint {
  std::string endpoint_id;
  std::string registration_id;  // which key; what is revoked
};

// "wardcast:endpoint:4w-pc-03:01JN…".
std::string EndpointUri(const CertifiedEndpoint& endpoint);

// nullopt: not such a URI.
std::optional<CertifiedEndpoint> ReadEndpointUri(std::string_view uri);

}  // namespace wardcast
