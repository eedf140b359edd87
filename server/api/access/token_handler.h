// AccessService for administrators: credentials of machines.
#pragma once

#include "server/access/authenticator.h"
#include "server/api/method_table.h"
#include "server/store/people/people_store.h"
#include "wardcast/v1/access_service.pb.h"

namespace wardcast {

// Threads: any; blocks on the store.
class TokenHandler {
 public:
  // All must outlive the handler.
  TokenHandler(PeopleStore& people, Authenticator& authenticator, const Clock& clock)
      : people_(people), authenticator_(authenticator), clock_(clock) {}

  Result<v1::ListTokensResponse> ListTokens(const CallContext& context,
                                            const v1::ListTokensRequest& request);
  Result<v1::CreateTokenResponse> CreateToken(const CallContext& context,
                                              const v1::CreateTokenRequest& request);
  Result<v1::RevokeTokenResponse> RevokeToken(const CallContext& context,
                                              const v1::RevokeTokenRequest& request);

 private:
  PeopleStore& people_;
  Authenticator& authenticator_;
  const Clock& clock_;
};

}  // namespace wardcast
