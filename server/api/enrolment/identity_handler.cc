#include "server/api/enrolment/identity_handler.h"

#include <string>

#include "base/log.h"
#include "server/access/identity/hospital_identity.h"

namespace wardcast {

Result<v1::ExportIdentityResponse> IdentityHandler::ExportIdentity(
    const CallContext&, const v1::ExportIdentityRequest& request) {
  if (data_dir_.empty()) {
    return Fail(Code::kFailedPrecondition,
                "this broker runs with insecure_loopback and has no certificate authority; start "
                "it without insecure_loopback");
  }
  const auto identity = ReadIdentity(data_dir_);
  if (!identity) return std::unexpected(identity.error());
  v1::ExportIdentityResponse response;
  if (request.passphrase().empty()) response.set_passphrase(MakePassphrase());
  auto sealed = SealIdentity(
      *identity, request.passphrase().empty() ? response.passphrase() : request.passphrase());
  if (!sealed) return std::unexpected(sealed.error());
  response.set_identity(std::move(*sealed));
  SPDLOG_INFO("the hospital's identity was exported");
  return response;
}

}  // namespace wardcast
