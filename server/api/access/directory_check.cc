#include "server/api/access/directory_check.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/log.h"
#include "server/access/people/person.h"
#include "server/api/access/answer_on.h"

namespace wardcast {
namespace {

constexpr std::size_t kMostShownGroups = 1'000;

}  // namespace

void DirectoryCheck::CheckDirectory(const CallContext&, const v1::CheckDirectoryRequest& request,
                                    std::function<void(Result<v1::CheckDirectoryResponse>)> done) {
  if (!directory_) {
    return done(Fail(Code::kFailedPrecondition,
                     "no directory is configured: the broker's file has no [ldap]"));
  }
  const std::string account = AccountName(request.account());
  if (account.empty() && !request.account().empty()) {
    return done(Invalid({{"account",
                          "must have 1 to 64 characters of a-z, 0-9, '.', '-', '_', '@': nobody "
                          "else can sign in"}}));
  }
  AnswerOn(passwords_, std::move(done), [this, account] { return Check(account); });
}

Result<v1::CheckDirectoryResponse> DirectoryCheck::Check(const std::string& account) {
  v1::CheckDirectoryResponse response;
  bool answers = false;
  for (DirectoryServerState& state : directory_->AskServers()) {
    answers = answers || state.problem.empty();
    v1::DirectoryServer& server = *response.add_servers();
    server.set_ok(state.problem.empty());
    server.set_url(std::move(state.url));
    server.set_problem(LogSafe(state.problem));
    server.set_tls(LogSafe(state.tls));
  }
  if (account.empty()) return response;
  if (!answers) {
    response.set_problem("no server answers");
    return response;
  }
  if (auto added = AddPerson(account, response); !added) return std::unexpected(added.error());
  return response;
}

Result<void> DirectoryCheck::AddPerson(const std::string& account,
                                       v1::CheckDirectoryResponse& response) {
  const auto local = people_.FindAccount(account);
  if (!local) return std::unexpected(local.error());
  const auto found = directory_->Find(account);
  if (!found) {
    response.set_problem(LogSafe(found.error().message));
    return {};
  }
  v1::DirectoryPerson& person = *response.mutable_person();
  person.set_dn(LogSafe(found->dn));
  person.set_display_name(found->display_name);
  for (std::size_t i = 0; i < std::min(found->groups.size(), kMostShownGroups); ++i)
    person.add_groups(LogSafe(found->groups[i]));
  for (const v1::Assignment& assignment : found->assignments)
    *person.add_assignments() = assignment;
  person.set_hidden_by_local_account(*local && !(*local)->account.from_directory());
  if (person.hidden_by_local_account()) {
    response.set_problem("a local account has this name: the directory is never asked for it");
  } else if (*local && (*local)->account.disabled()) {
    response.set_problem("the account is disabled here");
  } else if (person.assignments().empty()) {
    response.set_problem("none of the groups has a role in [[ldap.role]]");
  }
  return {};
}

}  // namespace wardcast
