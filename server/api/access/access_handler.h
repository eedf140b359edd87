// AccessService for the one who calls: sign in and out, who am I, confirm, password,
// authenticator.
#pragma once

#include <functional>

#include "server/access/sign_in.h"
#include "server/api/method_table.h"
#include "server/api/work_queue.h"
#include "wardcast/v1/access_service.pb.h"

namespace wardcast {

// Threads: any. What needs a password runs on `passwords`, of which there are few, so that a flood
// of guesses delays nobody else's calls.
class AccessHandler {
 public:
  // Both must outlive the handler; `passwords` must have stopped before.
  AccessHandler(SignInDesk& desk, WorkQueue& passwords) : desk_(desk), passwords_(passwords) {}

  Result<v1::WhoAmIResponse> WhoAmI(const CallContext& context, const v1::WhoAmIRequest& request);
  Result<v1::SignOutResponse> SignOut(const CallContext& context,
                                      const v1::SignOutRequest& request);
  Result<v1::BeginTotpResponse> BeginTotp(const CallContext& context,
                                          const v1::BeginTotpRequest& request);
  Result<v1::ConfirmTotpResponse> ConfirmTotp(const CallContext& context,
                                              const v1::ConfirmTotpRequest& request);

  // The answer always holds the session's secret; the HTTP door makes a cookie of it for browsers.
  void SignIn(const CallContext& context, const v1::SignInRequest& request,
              std::function<void(Result<v1::SignInResponse>)> done);
  void Confirm(const CallContext& context, const v1::ConfirmRequest& request,
               std::function<void(Result<v1::ConfirmResponse>)> done);
  void SetPassword(const CallContext& context, const v1::SetPasswordRequest& request,
                   std::function<void(Result<v1::SetPasswordResponse>)> done);

 private:
  SignInDesk& desk_;
  WorkQueue& passwords_;
};

}  // namespace wardcast
