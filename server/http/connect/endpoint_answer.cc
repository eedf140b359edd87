#include "server/http/connect/endpoint_answer.h"

#include <algorithm>
#include <chrono>

#include "base/bytes.h"
#include "base/proto_time.h"
#include "server/access/secrets/secret.h"
#include "server/http/wire/cookie.h"
#include "wardcast/v1/access_service.pb.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast {
namespace {

Header GiveUntil(const std::string& secret, const google::protobuf::Timestamp& expires,
                 Scheme scheme, TimePoint now) {
  const auto life = std::chrono::floor<std::chrono::seconds>(FromTimestamp(expires) - now);
  return GiveEndpointCookie(secret, std::max(life, std::chrono::seconds(0)), scheme);
}

}  // namespace

std::string EndpointSecretOf(ConnectCall& call) {
  if (call.method == "wardcast.v1.EndpointService/EnrollBrowser") {
    std::string secret = NewSecret(kBrowserPrefix);
    call.caller.offered_key = Sha256Hex(secret);
    return secret;
  }
  const bool asks = call.method == "wardcast.v1.AccessService/WhoAmI";
  return asks && call.caller.session.starts_with(kBrowserPrefix) ? call.caller.session : "";
}

std::optional<Header> EndpointHeaderOf(const std::string& secret, google::protobuf::Message& answer,
                                       Scheme scheme, TimePoint now) {
  if (secret.empty()) return std::nullopt;
  if (answer.GetDescriptor() == v1::EnrollBrowserResponse::descriptor()) {
    auto& enrolled = static_cast<v1::EnrollBrowserResponse&>(answer);
    enrolled.set_csrf_token(CsrfOf(secret));
    return GiveUntil(secret, enrolled.expires(), scheme, now);
  }
  if (answer.GetDescriptor() != v1::WhoAmIResponse::descriptor()) return std::nullopt;
  const auto& who = static_cast<const v1::WhoAmIResponse&>(answer);
  if (who.credential() != v1::CallerKind::ENDPOINT || !who.has_expires()) return std::nullopt;
  return GiveUntil(secret, who.expires(), scheme, now);
}

}  // namespace wardcast
