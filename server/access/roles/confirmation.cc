#include "server/access/roles/confirmation.h"

namespace wardcast {

Result<void> CheckConfirmed(const Identity& caller, TimePoint now) {
  if (caller.kind != Identity::Kind::kPerson || now < caller.confirmed_until) return {};
  Error error{Code::kFailedPrecondition,
              "this step asks once more who you are: give your password or a code of your "
              "authenticator (at a shell: wardcast confirm), then do it again"};
  error.remedy = Remedy::kConfirm;
  return std::unexpected(std::move(error));
}

bool IsWide(const v1::Alert& alert, const ResolvedAudience& audience, const Directory& directory) {
  return alert.presentation() == v1::Presentation::TAKEOVER ||
         audience.wards.size() * 4 > directory.WardsInOrder().size();
}

}  // namespace wardcast
