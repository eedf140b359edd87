#include "tests/scenario/life/person.h"

#include <gtest/gtest.h>

#include <chrono>

#include "server/access/people/totp.h"
#include "wardcast/v1/access_service.grpc.pb.h"

namespace wardcast::testing {
namespace {

constexpr char kPassword[] = "correct horse battery staple";
constexpr char kPath[] = "/#/set-password/";

// Makes one call; what it refused is a failed expectation.
template <class Call>
bool Asks(const std::string& token, Call call) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
  const grpc::Status status = call(&context);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return status.ok();
}

}  // namespace

std::string PasswordLinkIn(const std::string& said) {
  const auto at = said.rfind(kPath);
  if (at == std::string::npos) return {};
  const std::string rest = said.substr(at + sizeof(kPath) - 1);
  return rest.substr(0, rest.find_first_not_of("0123456789abcdef"));
}

std::string SignInFirst(const std::shared_ptr<grpc::Channel>& channel, const std::string& account,
                        const std::string& link, TimePoint now) {
  const auto stub = v1::AccessService::NewStub(channel);
  v1::SetPasswordRequest password;
  password.set_link(link);
  password.set_new_password(kPassword);
  v1::SetPasswordResponse set;
  if (!Asks("", [&](auto* context) { return stub->SetPassword(context, password, &set); }))
    return {};
  v1::SignInRequest request;
  request.set_account(account);
  request.set_password(kPassword);
  request.set_want_token(true);
  v1::SignInResponse signed_in;
  if (!Asks("", [&](auto* context) { return stub->SignIn(context, request, &signed_in); }))
    return {};
  if (!signed_in.who().second_factor_missing()) return signed_in.token();
  v1::BeginTotpResponse begun;
  if (!Asks(signed_in.token(),
            [&](auto* context) { return stub->BeginTotp(context, {}, &begun); })) {
    return {};
  }
  v1::ConfirmTotpRequest confirm;
  confirm.set_code(
      TotpCode(begun.secret(), now.time_since_epoch() / std::chrono::seconds(30)).value_or(""));
  v1::ConfirmTotpResponse confirmed;
  if (!Asks(signed_in.token(),
            [&](auto* context) { return stub->ConfirmTotp(context, confirm, &confirmed); })) {
    return {};
  }
  return signed_in.token();
}

}  // namespace wardcast::testing
