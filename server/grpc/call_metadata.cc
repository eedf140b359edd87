#include "server/grpc/call_metadata.h"

#include <grpc/grpc_security_constants.h>
#include <grpcpp/security/auth_context.h>

#include <string_view>

#include "server/access/enrolment/endpoint_uri.h"

namespace wardcast {

Caller CallerOf(const grpc::CallbackServerContext& context) {
  constexpr std::string_view kScheme = "Bearer ";
  Caller caller{.bearer = {}, .peer = context.peer()};
  if (const auto peer = context.auth_context(); peer && peer->IsPeerAuthenticated()) {
    for (const grpc::string_ref& uri : peer->FindPropertyValues(GRPC_PEER_URI_PROPERTY_NAME)) {
      const auto named = ReadEndpointUri({uri.data(), uri.size()});
      if (!named) continue;
      caller.endpoint_id = named->endpoint_id;
      caller.registration_id = named->registration_id;
    }
  }
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find("authorization");
  if (found != metadata.end()) {
    const std::string_view value(found->second.data(), found->second.size());
    if (value.starts_with(kScheme)) caller.bearer = value.substr(kScheme.size());
  }
  return caller;
}

}  // namespace wardcast
