#include "server/access/people/person.h"

#include <algorithm>
#include <vector>

#include "base/proto_time.h"
#include "server/access/roles/role_sets.h"

namespace wardcast {
namespace {

constexpr std::size_t kLongestName = 64;

// What wards read as the sender of a notice: a desk, never a person's name.
std::string DeskOf(const v1::Account& account) {
  for (const v1::Assignment& assignment : account.assignments()) {
    for (const v1::RoleSet& set : RoleSets()) {
      const bool publishes = std::ranges::any_of(
          set.grants(), [](const v1::Grant& grant) { return grant.role() == v1::Role::PUBLISHER; });
      if (publishes && set.id() == assignment.role()) return set.name();
    }
  }
  return "IT";
}

}  // namespace

Identity PersonOf(const AccountRow& account, const SessionRow& session,
                  std::chrono::seconds confirm_for) {
  Identity person{.kind = Identity::Kind::kPerson,
                  .name = account.account.name(),
                  .display_name = account.account.display_name(),
                  .published_as = DeskOf(account.account),
                  .grants = GrantsOf(account.account.assignments()),
                  .session_id = session.id,
                  .expires = session.expires_at};
  person.has_second_factor = !account.totp_secret.empty();
  person.second_factor_missing = !session.second_factor && NeedsSecondFactor(person.grants);
  person.break_glass = account.account.break_glass();
  person.from_directory = account.account.from_directory();
  person.confirmed_until = session.confirmed_at + confirm_for;
  return person;
}

v1::Account FromDirectory(const std::string& name, const DirectoryPerson& person) {
  v1::Account account;
  account.set_name(name);
  account.set_display_name(person.display_name);
  for (const v1::Assignment& assignment : person.assignments)
    *account.add_assignments() = assignment;
  account.set_from_directory(true);
  return account;
}

Identity MachineOf(const v1::ApiToken& token) {
  Identity machine{.kind = Identity::Kind::kToken,
                   .name = "token/" + token.name(),
                   .display_name = token.name(),
                   .published_as = token.name(),
                   .token_id = token.id(),
                   .expires = FromTimestamp(token.expires())};
  for (v1::Grant& grant : GrantsOf(token.assignments())) {
    if (grant.role() == v1::Role::ADMINISTRATOR || grant.role() == v1::Role::APPROVER) continue;
    v1::Scope& scope = *grant.mutable_scope();
    if (scope.max_presentation() == v1::Presentation::UNSPECIFIED ||
        scope.max_presentation() > v1::Presentation::DIALOG)
      scope.set_max_presentation(v1::Presentation::DIALOG);
    machine.grants.push_back(std::move(grant));
  }
  return machine;
}

std::string AccountName(const std::string& typed) {
  if (typed.empty() || typed.size() > kLongestName) return {};
  std::string name;
  for (const char c : typed) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
                       c == '_' || c == '@';
    if (plain) {
      name += c;
    } else if (c >= 'A' && c <= 'Z') {
      name += static_cast<char>(c - 'A' + 'a');
    } else {
      return {};
    }
  }
  return name;
}

}  // namespace wardcast
