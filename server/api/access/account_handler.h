// AccessService for administrators: accounts, one-time links, sessions.
#pragma once

#include <functional>
#include <utility>

#include "server/access/sign_in.h"
#include "server/api/method_table.h"
#include "wardcast/v1/access_service.pb.h"

namespace wardcast {

// Threads: any; blocks on the store.
class AccountHandler {
 public:
  // All must outlive the handler. `changed` is called after each change of an account, on the
  // caller's thread, before the change is answered.
  AccountHandler(PeopleStore& people, SignInDesk& desk, Authenticator& authenticator,
                 std::function<void()> changed, const Clock& clock)
      : people_(people),
        desk_(desk),
        authenticator_(authenticator),
        changed_(std::move(changed)),
        clock_(clock) {}

  Result<v1::ListRoleSetsResponse> ListRoleSets(const CallContext& context,
                                                const v1::ListRoleSetsRequest& request);
  Result<v1::ListAccountsResponse> ListAccounts(const CallContext& context,
                                                const v1::ListAccountsRequest& request);
  Result<v1::UpsertAccountResponse> UpsertAccount(const CallContext& context,
                                                  const v1::UpsertAccountRequest& request);
  Result<v1::RemoveAccountResponse> RemoveAccount(const CallContext& context,
                                                  const v1::RemoveAccountRequest& request);
  Result<v1::MakePasswordLinkResponse> MakePasswordLink(const CallContext& context,
                                                        const v1::MakePasswordLinkRequest& request);
  Result<v1::ListSessionsResponse> ListSessions(const CallContext& context,
                                                const v1::ListSessionsRequest& request);
  Result<v1::EndSessionResponse> EndSession(const CallContext& context,
                                            const v1::EndSessionRequest& request);

 private:
  // kFailedPrecondition: without `name` nobody could administer this broker any more.
  Result<void> KeepsAnAdministrator(const CallContext& context, const std::string& name);

  PeopleStore& people_;
  SignInDesk& desk_;
  Authenticator& authenticator_;
  const std::function<void()> changed_;
  const Clock& clock_;
};

}  // namespace wardcast
