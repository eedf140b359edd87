#include "server/access/enrolment/endpoint_uri.h"

#include "base/endpoint_id.h"
#include "base/ulid.h"

namespace wardcast {
namespace {

constexpr std::string_view kEndpointScheme = "wardcast:endpoint:";
}  // namespace

std::string EndpointUri(const CertifiedEndpoint& endpoint) {
  return std::string(kEndpointScheme) + endpoint.endpoint_id + ":" + endpoint.registration_id;
}

std::optional<CertifiedEndpoint> ReadEndpointUri(std::string_view uri) {
  if (!uri.starts_with(kEndpointScheme)) return std::nullopt;
  uri.remove_prefix(kEndpointScheme.size());
  const auto colon = uri.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string id(uri.substr(0, colon));
  const std::string_view registration = uri.substr(colon + 1);
  if (!IsEndpointId(id) || !IsUlid(registration)) return std::nullopt;
  return CertifiedEndpoint{.endpoint_id = id, .registration_id = std::string(registration)};
}

}  // namespace wardcast
