// Signing in and out at a shell, and proving once more who it is: the session's token is kept in a
// file of this user.
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>

#include "agent/cli/ask.h"
#include "agent/cli/command.h"
#include "agent/cli/print.h"
#include "base/file.h"
#include "wardcast/v1/access_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

int SignIn(Session& session, const std::string& account) {
  const auto stub = v1::AccessService::NewStub(session.channel());
  v1::SignInRequest request;
  request.set_account(account);
  request.set_password(AskHidden("Password"));
  request.set_want_token(true);
  v1::SignInResponse response;
  const auto call = [&](grpc::ClientContext* context) {
    response.Clear();
    return stub->SignIn(context, request, &response);
  };
  if (!session.CallWithout(call)) return session.exit_code();
  if (response.code_needed()) {
    request.set_code(AskHidden("Code of your authenticator"));
    if (!session.CallWithout(call)) return session.exit_code();
  }
  const std::string file = SessionFile();
  if (auto made = MakePrivateFolder(file); !made) {
    std::fprintf(stderr, "wardcast: %s\n", made.error().message.c_str());
    return kRefused;
  }
  if (auto written = WriteSecretFile(file, response.token() + "\n"); !written) {
    std::fprintf(stderr, "wardcast: the session cannot be kept: %s\n",
                 written.error().message.c_str());
    return kRefused;
  }
  std::printf("Signed in as %s until %s. `wardcast sign-out` ends it.\n",
              Printable(response.who().caller()).c_str(),
              TimeText(response.who().expires()).c_str());
  if (response.who().second_factor_missing()) {
    std::puts(
        "Your role needs an authenticator and you have none: sign in to the console once and set "
        "one up. Until then nothing else is allowed.");
  }
  return kOk;
}

int SignOut(Session& session) {
  const auto stub = v1::AccessService::NewStub(session.channel());
  v1::SignOutResponse response;
  const bool done = session.Call(
      [&](grpc::ClientContext* context) { return stub->SignOut(context, {}, &response); });
  // Whatever the broker said: this user has done with it.
  unlink(SessionFile().c_str());
  if (!done) return session.exit_code();
  std::puts("Signed out.");
  return kOk;
}

int Confirm(Session& session, const std::string& code) {
  v1::ConfirmRequest request;
  if (code.empty()) {
    request.set_password(AskHidden("Password"));
  } else {
    request.set_code(code);
  }
  v1::ConfirmResponse response;
  if (!session.Confirm(request, &response)) return session.exit_code();
  if (session.json()) {
    PrintJson(response);
  } else {
    std::printf("Confirmed until %s.\n", TimeText(response.confirmed_until()).c_str());
  }
  return kOk;
}

int WhoAmI(Session& session) {
  const auto stub = v1::AccessService::NewStub(session.channel());
  v1::WhoAmIResponse response;
  if (!session.Call(
          [&](grpc::ClientContext* context) { return stub->WhoAmI(context, {}, &response); }))
    return session.exit_code();
  if (session.json()) {
    PrintJson(response);
    return kOk;
  }
  std::printf("%s", Printable(response.caller()).c_str());
  const char* separator = ": ";
  for (const v1::Grant& grant : response.grants()) {
    std::printf("%s%s", separator, v1::Role::Value_Name(grant.role()).c_str());
    separator = ", ";
  }
  std::puts("");
  return kOk;
}

}  // namespace

void AddSignIn(CLI::App& app, Run& chosen) {
  auto account = std::make_shared<std::string>();
  CLI::App* in = app.add_subcommand("sign-in", "Sign in; later commands use the session");
  in->add_option("ACCOUNT", *account, "your account; the password is asked for")->required();
  in->callback([account, &chosen] {
    chosen = [account](Session& session) { return SignIn(session, *account); };
  });
  auto code = std::make_shared<std::string>();
  CLI::App* confirm = app.add_subcommand(
      "confirm", "Prove once more who you are, so that a wide notice is not refused");
  confirm
      ->add_option("--code", *code,
                   "a code of your authenticator (default: your password, which is asked for)")
      ->type_name("CODE");
  confirm->callback(
      [code, &chosen] { chosen = [code](Session& session) { return Confirm(session, *code); }; });
  app.add_subcommand("sign-out", "End the session of `sign-in`")->callback([&chosen] {
    chosen = SignOut;
  });
  app.add_subcommand("who-am-i", "Whose credential is used, and its roles")->callback([&chosen] {
    chosen = WhoAmI;
  });
}

}  // namespace wardcast::cli
