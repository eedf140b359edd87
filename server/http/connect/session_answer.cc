#include "server/http/connect/session_answer.h"

#include "wardcast/v1/access_service.pb.h"

namespace wardcast {

bool WantsToken(const google::protobuf::Message& request) {
  return request.GetDescriptor() == v1::SignInRequest::descriptor() &&
         static_cast<const v1::SignInRequest&>(request).want_token();
}

std::optional<Header> SessionHeaderOf(bool wants_token, google::protobuf::Message& answer,
                                      Scheme scheme) {
  if (answer.GetDescriptor() == v1::SignOutResponse::descriptor()) return TakeSessionCookie(scheme);
  if (answer.GetDescriptor() != v1::SignInResponse::descriptor() || wants_token)
    return std::nullopt;
  auto& signed_in = static_cast<v1::SignInResponse&>(answer);
  if (signed_in.token().empty()) return std::nullopt;
  Header header = GiveSessionCookie(signed_in.token(), scheme);
  signed_in.clear_token();
  return header;
}

}  // namespace wardcast
