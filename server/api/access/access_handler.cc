#include "server/api/access/access_handler.h"

#include <utility>

#include "base/proto_time.h"
#include "server/access/people/totp.h"
#include "server/api/access/answer_on.h"

namespace wardcast {
namespace {

v1::CallerKind::Value KindOf(Identity::Kind kind) {
  switch (kind) {
    case Identity::Kind::kPerson:
      return v1::CallerKind::SESSION;
    case Identity::Kind::kToken:
      return v1::CallerKind::TOKEN;
    case Identity::Kind::kEndpoint:
      return v1::CallerKind::ENDPOINT;
    case Identity::Kind::kLocal:
      return v1::CallerKind::LOCAL;
    case Identity::Kind::kLoopback:
      return v1::CallerKind::LOOPBACK;
    case Identity::Kind::kNobody:
    case Identity::Kind::kUnproven:
      break;
  }
  return v1::CallerKind::UNSPECIFIED;
}

v1::WhoAmIResponse WhoOf(const Identity& identity, const std::string& csrf) {
  v1::WhoAmIResponse who;
  who.set_caller(identity.name);
  who.set_display_name(identity.display_name);
  for (const v1::Grant& grant : identity.grants) *who.add_grants() = grant;
  who.set_credential(KindOf(identity.kind));
  who.set_csrf_token(csrf);
  if (identity.expires != TimePoint{}) *who.mutable_expires() = ToTimestamp(identity.expires);
  who.set_second_factor_missing(identity.second_factor_missing);
  who.set_has_second_factor(identity.has_second_factor);
  who.set_break_glass(identity.break_glass);
  if (identity.kind == Identity::Kind::kPerson)
    *who.mutable_confirmed_until() = ToTimestamp(identity.confirmed_until);
  who.set_from_directory(identity.from_directory);
  return who;
}

}  // namespace

Result<v1::WhoAmIResponse> AccessHandler::WhoAmI(const CallContext& context,
                                                 const v1::WhoAmIRequest&) {
  return WhoOf(*context.identity, context.csrf);
}

Result<v1::SignOutResponse> AccessHandler::SignOut(const CallContext& context,
                                                   const v1::SignOutRequest&) {
  if (auto done = desk_.SignOut(*context.identity); !done) return std::unexpected(done.error());
  return v1::SignOutResponse();
}

Result<v1::BeginTotpResponse> AccessHandler::BeginTotp(const CallContext& context,
                                                       const v1::BeginTotpRequest& request) {
  auto secret = desk_.BeginTotp(*context.identity, request.code());
  if (!secret) return std::unexpected(secret.error());
  v1::BeginTotpResponse response;
  response.set_uri(TotpUri(context.identity->name, *secret));
  response.set_secret(std::move(*secret));
  return response;
}

Result<v1::ConfirmTotpResponse> AccessHandler::ConfirmTotp(const CallContext& context,
                                                           const v1::ConfirmTotpRequest& request) {
  if (auto done = desk_.ConfirmTotp(*context.identity, request.code()); !done)
    return std::unexpected(done.error());
  return v1::ConfirmTotpResponse();
}

void AccessHandler::SignIn(const CallContext& context, const v1::SignInRequest& request,
                           std::function<void(Result<v1::SignInResponse>)> done) {
  SignInAttempt attempt{.account = request.account(),
                        .password = request.password(),
                        .code = request.code(),
                        .browser = !request.want_token(),
                        .peer = context.peer};
  // A browser that signs in anew leaves the session that it had.
  if (context.identity->kind == Identity::Kind::kPerson && attempt.browser)
    attempt.replaces = context.identity->session_id;
  AnswerOn(passwords_, std::move(done),
           [this, attempt = std::move(attempt)]() -> Result<v1::SignInResponse> {
             auto outcome = desk_.SignIn(attempt);
             if (!outcome) return std::unexpected(outcome.error());
             v1::SignInResponse response;
             response.set_code_needed(outcome->code_needed);
             if (outcome->code_needed) return response;
             *response.mutable_who() =
                 WhoOf(outcome->identity, attempt.browser ? CsrfOf(outcome->secret) : "");
             response.set_token(std::move(outcome->secret));
             return response;
           });
}

void AccessHandler::Confirm(const CallContext& context, const v1::ConfirmRequest& request,
                            std::function<void(Result<v1::ConfirmResponse>)> done) {
  AnswerOn(passwords_, std::move(done),
           [this, identity = context.identity,
            attempt = ConfirmAttempt{.password = request.password(),
                                     .code = request.code(),
                                     .peer = context.peer}]() -> Result<v1::ConfirmResponse> {
             const auto until = desk_.Confirm(*identity, attempt);
             if (!until) return std::unexpected(until.error());
             v1::ConfirmResponse response;
             *response.mutable_confirmed_until() = ToTimestamp(*until);
             return response;
           });
}

void AccessHandler::SetPassword(const CallContext& context, const v1::SetPasswordRequest& request,
                                std::function<void(Result<v1::SetPasswordResponse>)> done) {
  if (request.link().empty() && context.identity->kind != Identity::Kind::kPerson) {
    return done(Fail(Code::kUnauthenticated,
                     "sign in to change your password, or use the one-time link that you got"));
  }
  AnswerOn(passwords_, std::move(done),
           [this, identity = context.identity, peer = context.peer,
            request]() -> Result<v1::SetPasswordResponse> {
             v1::SetPasswordResponse response;
             if (request.link().empty()) {
               auto changed = desk_.ChangePassword(*identity, request.current_password(),
                                                   request.new_password(), peer);
               if (!changed) return std::unexpected(changed.error());
               response.set_account(identity->name);
               return response;
             }
             auto account = desk_.SetPasswordByLink(request.link(), request.new_password(), peer);
             if (!account) return std::unexpected(account.error());
             response.set_account(std::move(*account));
             return response;
           });
}

}  // namespace wardcast
