// Who may sign in: accounts, their one-time links, their sessions.
#include <cstdio>

#include "agent/cli/access/access_call.h"
#include "agent/cli/admin/admin_call.h"
#include "agent/cli/print.h"

namespace wardcast::cli {
namespace {

struct AccountFlags {
  std::string data_dir;
  std::string name;
  std::string display_name;
  ScopeFlags scope;
  bool disabled = false;
  bool break_glass = false;
  bool reset_second_factor = false;
};

void PrintAccount(const v1::Account& account) {
  std::printf("%-24s  %s%s%s%s%s%s\n", Printable(account.name()).c_str(),
              AssignmentWords(account.assignments()).c_str(),
              account.disabled() ? "; disabled" : "",
              account.has_password() || account.from_directory() ? "" : "; no password yet",
              account.has_second_factor() ? "; authenticator" : "",
              account.from_directory() ? "; by the hospital's directory" : "",
              account.break_glass() ? "; break-glass" : "");
}

void PrintLink(const std::string& link) {
  std::printf(
      "\nOne-time link that sets the password, valid for 72 hours. Put the console's address in "
      "front:\n  https://BROKER:7480%s\n",
      Printable(link).c_str());
}

int ListAccounts(Session& session, const AccountFlags& flags) {
  v1::ListAccountsResponse response;
  const int code = CallAccess(session, flags.data_dir, [&](auto& stub, auto* context) {
    return stub.ListAccounts(context, {}, &response);
  });
  if (code != kOk) return code;
  if (session.json()) {
    PrintJson(response);
    return kOk;
  }
  for (const v1::Account& account : response.accounts()) PrintAccount(account);
  if (response.accounts().empty()) std::puts("There are no accounts.");
  return kOk;
}

int SetAccount(Session& session, const AccountFlags& flags) {
  v1::UpsertAccountRequest request;
  v1::Account& account = *request.mutable_account();
  account.set_name(flags.name);
  account.set_display_name(flags.display_name);
  for (v1::Assignment& assignment : AssignmentsOf(flags.scope))
    *account.add_assignments() = std::move(assignment);
  account.set_disabled(flags.disabled);
  account.set_break_glass(flags.break_glass);
  v1::UpsertAccountResponse response;
  const int code = CallAccess(session, flags.data_dir, [&](auto& stub, auto* context) {
    return stub.UpsertAccount(context, request, &response);
  });
  if (code != kOk) return code;
  if (session.json()) {
    PrintJson(response);
    return kOk;
  }
  PrintAccount(response.account());
  if (!response.link().empty()) PrintLink(response.link());
  return kOk;
}

int RemoveAccount(Session& session, const AccountFlags& flags) {
  v1::RemoveAccountRequest request;
  request.set_name(flags.name);
  v1::RemoveAccountResponse response;
  const int code = CallAccess(session, flags.data_dir, [&](auto& stub, auto* context) {
    return stub.RemoveAccount(context, request, &response);
  });
  if (code != kOk) return code;
  if (session.json()) {
    PrintJson(response);
  } else {
    std::printf("Removed %s; its sessions have ended.\n", Printable(flags.name).c_str());
  }
  return kOk;
}

int MakeLink(Session& session, const AccountFlags& flags) {
  v1::MakePasswordLinkRequest request;
  request.set_account(flags.name);
  request.set_reset_second_factor(flags.reset_second_factor);
  v1::MakePasswordLinkResponse response;
  const int code = CallAccess(session, flags.data_dir, [&](auto& stub, auto* context) {
    return stub.MakePasswordLink(context, request, &response);
  });
  if (code != kOk) return code;
  if (session.json()) {
    PrintJson(response);
  } else {
    PrintLink(response.link());
  }
  return kOk;
}

template <class Action>
void Choose(CLI::App* command, Run& chosen, const std::shared_ptr<AccountFlags>& flags,
            Action action) {
  AddDataDir(*command, flags->data_dir);
  command->callback([flags, &chosen, action] {
    chosen = [flags, action](Session& session) { return action(session, *flags); };
  });
}

void AddName(CLI::App* command, AccountFlags& flags) {
  command->add_option("NAME", flags.name, "the account")->required();
}

}  // namespace

void AddAccounts(CLI::App& admin, Run& chosen) {
  auto flags = std::make_shared<AccountFlags>();
  CLI::App* accounts = admin.add_subcommand("account", "Who may sign in, and what they may do");
  accounts->require_subcommand(1);
  Choose(accounts->add_subcommand("list", "All accounts"), chosen, flags, ListAccounts);

  CLI::App* set = accounts->add_subcommand(
      "set",
      "Add an account, or replace what one may do; prints a one-time link if it has no "
      "password");
  AddName(set, *flags);
  set->add_option("--display-name", flags->display_name, "as shown to colleagues");
  AddScopeFlags(*set, flags->scope);
  set->add_flag("--disabled", flags->disabled, "cannot sign in");
  set->add_flag("--break-glass", flags->break_glass,
                "for the day on which nothing else works; each sign-in is a loud entry of the "
                "audit trail");
  Choose(set, chosen, flags, SetAccount);

  CLI::App* remove = accounts->add_subcommand("remove", "Remove an account, end its sessions");
  AddName(remove, *flags);
  Choose(remove, chosen, flags, RemoveAccount);

  CLI::App* link = accounts->add_subcommand("link", "A one-time link that sets the password");
  AddName(link, *flags);
  link->add_flag("--reset-authenticator", flags->reset_second_factor,
                 "also take its authenticator away, which was lost");
  Choose(link, chosen, flags, MakeLink);
}

}  // namespace wardcast::cli
