#include "server/api/access/access_handler.h"

#include <memory>
#include <utility>

#include "base/proto_time.h"
#include "server/access/people/totp.h"

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
  return who;
}

// Runs `work` on `queue` and answers once, also if the queue is full or stops.
template <class Response, class Work>
void AnswerOn(WorkQueue& queue, std::function<void(Result<Response>)> done, Work work) {
  auto answer = std::make_shared<std::function<void(Result<Response>)>>(std::move(done));
  auto run = [answer, work = std::move(work)]() mutable { (*answer)(work()); };
  auto dropped = [answer](Error error) { (*answer)(std::unexpected(std::move(error))); };
  if (auto offered = queue.Offer(std::move(run), std::move(dropped)); !offered)
    (*answer)(std::unexpected(offered.error()));
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
