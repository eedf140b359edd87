#include "server/api/alerts/approvers.h"

#include <algorithm>
#include <utility>

#include "server/access/roles/role_sets.h"
#include "server/access/roles/scope_check.h"

namespace wardcast {

Result<Approvers::Named> Approvers::Read() {
  const MutexLock lock(mu_);
  if (named_ && std::chrono::steady_clock::now() - asked_at_ < fresh_) return named_;
  std::vector<std::vector<v1::Grant>> named;
  if (people_) {
    const auto accounts = people_->ListAccounts();
    if (!accounts) return std::unexpected(accounts.error());
    for (const AccountRow& row : *accounts) {
      if (row.account.disabled()) continue;
      std::vector<v1::Grant> grants = GrantsOf(row.account.assignments());
      std::erase_if(grants,
                    [](const v1::Grant& grant) { return grant.role() != v1::Role::APPROVER; });
      if (!grants.empty()) named.push_back(std::move(grants));
    }
  }
  named_ = std::make_shared<const std::vector<std::vector<v1::Grant>>>(std::move(named));
  asked_at_ = std::chrono::steady_clock::now();
  return named_;
}

void Approvers::Forget() {
  const MutexLock lock(mu_);
  named_ = nullptr;
}

bool TwoMayApprove(const Approvers::Named& named, const v1::Alert& alert,
                   const ResolvedAudience& audience, const Directory& directory) {
  return std::ranges::count_if(*named, [&](const std::vector<v1::Grant>& grants) {
           return MayApprove(grants, alert, audience, directory);
         }) >= 2;
}

}  // namespace wardcast
