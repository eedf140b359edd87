// Credentials of machines, and the audit trail.
#include <cstdio>

#include "agent/cli/access/access_call.h"
#include "agent/cli/admin/admin_call.h"
#include "agent/cli/print.h"

namespace wardcast::cli {
namespace {

struct TokenFlags {
  std::string data_dir;
  std::string name;
  std::string id;
  ScopeFlags scope;
  int days = 365;
};

struct AuditFlags {
  std::string data_dir;
  std::string who;
  int limit = 50;
  bool loud = false;
};

int CreateToken(Session& session, const TokenFlags& flags) {
  v1::CreateTokenRequest request;
  request.set_name(flags.name);
  request.set_days(flags.days);
  for (v1::Assignment& assignment : AssignmentsOf(flags.scope))
    *request.add_assignments() = std::move(assignment);
  v1::CreateTokenResponse response;
  const int code = CallAccess(session, flags.data_dir, [&](auto& stub, auto* context) {
    return stub.CreateToken(context, request, &response);
  });
  if (code != kOk) return code;
  if (session.json()) {
    PrintJson(response);
    return kOk;
  }
  // The secret alone on standard output, so that a script can keep it.
  std::fprintf(stderr, "%s may: %s. Until %s. Its secret is shown only now:\n",
               Printable(response.token().name()).c_str(),
               AssignmentWords(response.token().assignments()).c_str(),
               TimeText(response.token().expires()).c_str());
  std::printf("%s\n", Printable(response.secret()).c_str());
  return kOk;
}

int ListTokens(Session& session, const TokenFlags& flags) {
  v1::ListTokensResponse response;
  const int code = CallAccess(session, flags.data_dir, [&](auto& stub, auto* context) {
    return stub.ListTokens(context, {}, &response);
  });
  if (code != kOk) return code;
  if (session.json()) {
    PrintJson(response);
    return kOk;
  }
  for (const v1::ApiToken& token : response.tokens()) {
    std::printf("%s  %-20s  %s; %s %s; %s\n", Printable(token.id()).c_str(),
                Printable(token.name()).c_str(), AssignmentWords(token.assignments()).c_str(),
                token.has_revoked() ? "revoked" : "until",
                TimeText(token.has_revoked() ? token.revoked() : token.expires()).c_str(),
                token.has_used() ? ("last used " + TimeText(token.used())).c_str() : "never used");
  }
  if (response.tokens().empty()) std::puts("There are no tokens.");
  return kOk;
}

int RevokeToken(Session& session, const TokenFlags& flags) {
  v1::RevokeTokenRequest request;
  request.set_id(flags.id);
  v1::RevokeTokenResponse response;
  const int code = CallAccess(session, flags.data_dir, [&](auto& stub, auto* context) {
    return stub.RevokeToken(context, request, &response);
  });
  if (code != kOk) return code;
  if (session.json()) {
    PrintJson(response);
  } else {
    std::puts("Revoked.");
  }
  return kOk;
}

int ListAudit(Session& session, const AuditFlags& flags) {
  v1::ListEventsRequest request;
  request.set_limit(flags.limit);
  request.set_who(flags.who);
  request.set_loud_only(flags.loud);
  v1::ListEventsResponse response;
  const int code = CallAudit(session, flags.data_dir, [&](auto& stub, auto* context) {
    return stub.ListEvents(context, request, &response);
  });
  if (code != kOk) return code;
  if (session.json()) {
    PrintJson(response);
    return kOk;
  }
  for (const v1::AuditEvent& event : response.events()) {
    std::printf("%s %s %-20s  %-18s  %s  %s  %s\n", event.loud() ? "!" : " ",
                TimeText(event.at()).c_str(),
                event.who().empty() ? "-" : Printable(event.who()).c_str(),
                Printable(event.what()).c_str(), Printable(event.subject()).c_str(),
                Printable(event.detail()).c_str(), Printable(event.peer()).c_str());
  }
  return kOk;
}

template <class Flags, class Action>
void ChooseToken(CLI::App* command, Run& chosen, const std::shared_ptr<Flags>& flags,
                 Action action) {
  AddDataDir(*command, flags->data_dir);
  command->callback([flags, &chosen, action] {
    chosen = [flags, action](Session& session) { return action(session, *flags); };
  });
}

}  // namespace

void AddTokens(CLI::App& admin, Run& chosen) {
  auto flags = std::make_shared<TokenFlags>();
  CLI::App* tokens = admin.add_subcommand("token", "Credentials of machines");
  tokens->require_subcommand(1);
  CLI::App* create =
      tokens->add_subcommand("create", "Make a token; its secret goes to standard output, once");
  create->add_option("NAME", flags->name, "of the machine, for example nagios")->required();
  AddScopeFlags(*create, flags->scope);
  create->add_option("--days", flags->days, "until it expires")
      ->check(CLI::Range(1, 3660))
      ->capture_default_str();
  ChooseToken(create, chosen, flags, CreateToken);
  ChooseToken(tokens->add_subcommand("list", "All tokens, with their last use"), chosen, flags,
              ListTokens);
  CLI::App* revoke = tokens->add_subcommand("revoke", "Revoke a token at once");
  revoke->add_option("ID", flags->id, "as `token list` shows it")->required();
  ChooseToken(revoke, chosen, flags, RevokeToken);
}

void AddAudit(CLI::App& admin, Run& chosen) {
  auto flags = std::make_shared<AuditFlags>();
  CLI::App* audit = admin.add_subcommand("audit", "Who did what, newest first");
  audit->add_option("--limit", flags->limit, "entries")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  audit->add_option("--who", flags->who, "only of this account or token");
  audit->add_flag("--loud", flags->loud, "only what must not be overlooked");
  ChooseToken(audit, chosen, flags, ListAudit);
}

}  // namespace wardcast::cli
