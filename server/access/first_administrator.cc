#include "server/access/first_administrator.h"

#include <algorithm>

#include "server/access/roles/role_sets.h"

namespace wardcast {
namespace {

constexpr std::chrono::hours kFirstLinkLives{72};

bool CanAdministrate(const AccountRow& row) {
  if (row.account.disabled()) return false;
  if (row.password_hash.empty() && !row.account.from_directory()) return false;
  return std::ranges::any_of(GrantsOf(row.account.assignments()), [](const v1::Grant& grant) {
    return grant.role() == v1::Role::ADMINISTRATOR;
  });
}

}  // namespace

Result<std::optional<std::string>> FirstAdministratorLink(PeopleStore& people, SignInDesk& desk,
                                                          TimePoint now) {
  const auto rows = people.ListAccounts();
  if (!rows) return std::unexpected(rows.error());
  if (std::ranges::any_of(*rows, CanAdministrate)) return std::nullopt;
  const bool known = std::ranges::any_of(
      *rows, [](const AccountRow& row) { return row.account.name() == kFirstAdministrator; });
  if (!known) {
    v1::Account account;
    account.set_name(kFirstAdministrator);
    account.set_display_name("Administrator");
    account.add_assignments()->set_role("administrator");
    if (auto put = people.PutAccount(account, now); !put) return std::unexpected(put.error());
  }
  auto secret = desk.MakeLink(kFirstAdministrator, now + kFirstLinkLives);
  if (!secret) return std::unexpected(secret.error());
  return "/#/set-password/" + *secret;
}

}  // namespace wardcast
