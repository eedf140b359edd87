#include "server/api/access/account_handler.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/log.h"
#include "base/proto_time.h"
#include "server/access/people/person.h"
#include "server/access/roles/role_sets.h"

namespace wardcast {
namespace {

constexpr std::size_t kLongestDisplayName = 100;
constexpr int kMostAssignments = 20;
constexpr std::ptrdiff_t kMostAccounts = 5'000;
constexpr std::chrono::hours kLinkLives{72};
constexpr const char* kLinkPath = "/#/set-password/";

bool IsAdministrator(const v1::Account& account) {
  const auto grants = GrantsOf(account.assignments());
  return !account.disabled() && std::ranges::any_of(grants, [](const v1::Grant& grant) {
    return grant.role() == v1::Role::ADMINISTRATOR;
  });
}

v1::Account Listed(const AccountRow& row) {
  v1::Account account = row.account;
  account.set_has_password(!row.password_hash.empty());
  account.set_has_second_factor(!row.totp_secret.empty());
  if (row.signed_in_at != TimePoint{})
    *account.mutable_signed_in_at() = ToTimestamp(row.signed_in_at);
  return account;
}

std::vector<FieldViolation> CheckAccount(const v1::Account& account) {
  std::vector<FieldViolation> violations;
  if (AccountName(account.name()).empty()) {
    violations.push_back(
        {"account.name", "must have 1 to 64 characters of a-z, 0-9, '.', '-', '_', '@'"});
  }
  const std::string& shown = account.display_name();
  if (shown.size() > kLongestDisplayName || LogSafe(shown) != shown)
    violations.push_back({"account.display_name", "must be one line of at most 100 characters"});
  if (account.assignments_size() > kMostAssignments)
    violations.push_back({"account.assignments", "must be at most 20"});
  for (int i = 0; i < std::min(account.assignments_size(), kMostAssignments); ++i) {
    const auto grants =
        ExpandAssignment(account.assignments(i), "account.assignments[" + std::to_string(i) + "]");
    if (grants) continue;
    const auto& more = grants.error().violations;
    violations.insert(violations.end(), more.begin(), more.end());
  }
  return violations;
}

bool SameAssignments(const v1::Account& a, const v1::Account& b) {
  return std::ranges::equal(a.assignments(), b.assignments(),
                            [](const v1::Assignment& one, const v1::Assignment& other) {
                              return one.SerializeAsString() == other.SerializeAsString();
                            });
}

// Of somebody of the hospital's directory only `disabled` is decided here. What `wanted` leaves out
// stays; kFailedPrecondition: it asks for something else.
Result<void> KeepDirectoryPart(const v1::Account& before, v1::Account& wanted) {
  const bool other_roles = !wanted.assignments().empty() && !SameAssignments(before, wanted);
  const bool other_name =
      !wanted.display_name().empty() && wanted.display_name() != before.display_name();
  if (other_roles || other_name) {
    return Fail(Code::kFailedPrecondition,
                before.name() +
                    " comes from the hospital's directory, whose groups decide the roles: change "
                    "the groups there, or [[ldap.role]] in the broker's file. Here the account can "
                    "only be disabled, or removed");
  }
  if (wanted.break_glass()) {
    return Fail(Code::kFailedPrecondition,
                before.name() +
                    " comes from the hospital's directory: a break-glass account is a local one, "
                    "for the day on which the directory does not answer");
  }
  const bool disabled = wanted.disabled();
  wanted = before;
  wanted.set_disabled(disabled);
  return {};
}

std::unexpected<Error> NoSuchAccount(const std::string& name) {
  return Fail(Code::kNotFound, "there is no account " + LogSafe(name));
}

}  // namespace

Result<v1::ListRoleSetsResponse> AccountHandler::ListRoleSets(const CallContext&,
                                                              const v1::ListRoleSetsRequest&) {
  v1::ListRoleSetsResponse response;
  for (const v1::RoleSet& set : RoleSets()) *response.add_role_sets() = set;
  return response;
}

Result<v1::ListAccountsResponse> AccountHandler::ListAccounts(const CallContext&,
                                                              const v1::ListAccountsRequest&) {
  auto rows = people_.ListAccounts();
  if (!rows) return std::unexpected(rows.error());
  v1::ListAccountsResponse response;
  for (const AccountRow& row : *rows) *response.add_accounts() = Listed(row);
  return response;
}

Result<void> AccountHandler::KeepsAnAdministrator(const CallContext& context,
                                                  const std::string& name) {
  if (context.identity->kind == Identity::Kind::kLocal) return {};
  auto rows = people_.ListAccounts();
  if (!rows) return std::unexpected(rows.error());
  bool is_one = false;
  for (const AccountRow& row : *rows) {
    if (!IsAdministrator(row.account)) continue;
    if (row.account.name() != name) return {};
    is_one = true;
  }
  if (!is_one) return {};
  return Fail(Code::kFailedPrecondition,
              name +
                  " is the last administrator: make another one first, or do this on the "
                  "broker's machine with `wardcast admin account`");
}

Result<v1::UpsertAccountResponse> AccountHandler::UpsertAccount(
    const CallContext& context, const v1::UpsertAccountRequest& request) {
  if (auto violations = CheckAccount(request.account()); !violations.empty())
    return Invalid(std::move(violations));
  v1::Account account;
  account.set_name(AccountName(request.account().name()));
  account.set_display_name(request.account().display_name());
  *account.mutable_assignments() = request.account().assignments();
  account.set_disabled(request.account().disabled());
  account.set_break_glass(request.account().break_glass());
  const std::string& name = account.name();
  auto before = people_.FindAccount(name);
  if (!before) return std::unexpected(before.error());
  if (*before && (*before)->account.from_directory()) {
    auto kept = KeepDirectoryPart((*before)->account, account);
    if (!kept) return std::unexpected(kept.error());
  }
  if (*before) {
    if (!IsAdministrator(account)) {
      if (auto kept = KeepsAnAdministrator(context, name); !kept)
        return std::unexpected(kept.error());
    }
  } else {
    auto rows = people_.ListAccounts();
    if (!rows) return std::unexpected(rows.error());
    // Those of the directory come by themselves, as many as it has.
    const auto local = std::ranges::count_if(
        *rows, [](const AccountRow& row) { return !row.account.from_directory(); });
    if (local >= kMostAccounts)
      return Fail(Code::kResourceExhausted, "there are 5,000 accounts, which is the limit");
  }
  const TimePoint now = clock_.Now();
  if (auto put = people_.PutAccount(account, now); !put) return std::unexpected(put.error());
  changed_();
  if (account.disabled()) {
    if (auto ended = people_.EndSessions(name, ""); !ended) return std::unexpected(ended.error());
    authenticator_.EndAccount(name);
  } else {
    authenticator_.Forget(name);
  }
  v1::UpsertAccountResponse response;
  const bool needs_link =
      (!*before || (*before)->password_hash.empty()) && !account.from_directory();
  if (needs_link && !account.disabled()) {
    auto secret = desk_.MakeLink(name, now + kLinkLives);
    if (!secret) return std::unexpected(secret.error());
    response.set_link(kLinkPath + *secret);
  }
  auto after = people_.FindAccount(name);
  if (!after) return std::unexpected(after.error());
  if (*after) *response.mutable_account() = Listed(**after);
  return response;
}

Result<v1::RemoveAccountResponse> AccountHandler::RemoveAccount(
    const CallContext& context, const v1::RemoveAccountRequest& request) {
  const std::string name = AccountName(request.name());
  if (auto kept = KeepsAnAdministrator(context, name); !kept) return std::unexpected(kept.error());
  auto removed = people_.RemoveAccount(name);
  if (!removed) return std::unexpected(removed.error());
  if (!*removed) return NoSuchAccount(request.name());
  changed_();
  authenticator_.EndAccount(name);
  return v1::RemoveAccountResponse();
}

Result<v1::MakePasswordLinkResponse> AccountHandler::MakePasswordLink(
    const CallContext&, const v1::MakePasswordLinkRequest& request) {
  const std::string name = AccountName(request.account());
  auto account = people_.FindAccount(name);
  if (!account) return std::unexpected(account.error());
  if (!*account) return NoSuchAccount(request.account());
  if ((*account)->account.from_directory()) {
    return Fail(Code::kFailedPrecondition,
                name + " signs in with the password of the hospital's directory");
  }
  if (request.reset_second_factor()) {
    if (auto reset = people_.SetTotp(name, "", ""); !reset) return std::unexpected(reset.error());
    authenticator_.Forget(name);
  }
  const TimePoint expires = clock_.Now() + kLinkLives;
  auto secret = desk_.MakeLink(name, expires);
  if (!secret) return std::unexpected(secret.error());
  v1::MakePasswordLinkResponse response;
  response.set_link(kLinkPath + *secret);
  *response.mutable_expires() = ToTimestamp(expires);
  return response;
}

Result<v1::ListSessionsResponse> AccountHandler::ListSessions(
    const CallContext&, const v1::ListSessionsRequest& request) {
  auto rows = people_.ListSessions(AccountName(request.account()), clock_.Now());
  if (!rows) return std::unexpected(rows.error());
  v1::ListSessionsResponse response;
  for (const SessionRow& row : *rows) {
    v1::Session& session = *response.add_sessions();
    session.set_id(row.id);
    session.set_account(row.account);
    *session.mutable_created() = ToTimestamp(row.created_at);
    *session.mutable_seen() = ToTimestamp(row.seen_at);
    *session.mutable_expires() = ToTimestamp(row.expires_at);
    session.set_peer(row.peer);
  }
  return response;
}

Result<v1::EndSessionResponse> AccountHandler::EndSession(const CallContext&,
                                                          const v1::EndSessionRequest& request) {
  authenticator_.EndSession(request.id());
  auto ended = people_.EndSession(request.id());
  if (!ended) return std::unexpected(ended.error());
  if (!*ended)
    return Fail(Code::kNotFound, "there is no session " + LogSafe(request.id()) + " (any more)");
  return v1::EndSessionResponse();
}

}  // namespace wardcast
