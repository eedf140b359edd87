#include "server/grpc/station_check.h"

#include "base/log.h"

namespace wardcast {
namespace {

std::unexpected<Error> NoCertificate() {
  return Fail(Code::kUnauthenticated,
              "an endpoint shows its client certificate; enrol this machine: `wardcast admin "
              "enroll-token` on the broker, `wardcast-agent --enroll-file FILE` here");
}

CertifiedEndpoint CertifiedOf(const Caller& caller) {
  return {.endpoint_id = caller.endpoint_id, .registration_id = caller.registration_id};
}

}  // namespace

Result<void> StationCheck::AsEndpoint(const Caller& caller, const std::string& claimed) const {
  if (gate_ == nullptr) return {};
  if (caller.endpoint_id.empty()) return NoCertificate();
  if (auto in = gate_->Check(CertifiedOf(caller)); !in) return in;
  if (caller.endpoint_id == claimed) return {};
  SPDLOG_WARN("{} gave itself out as {} and was refused", caller.endpoint_id, LogSafe(claimed));
  return Fail(Code::kPermissionDenied, "the certificate is the one of the endpoint " +
                                           caller.endpoint_id + ", which may act only as itself");
}

Result<void> StationCheck::AsReader(const Caller& caller, const std::string& claimed) const {
  const bool person = caller.endpoint_id.empty() && !caller.bearer.empty();
  return person ? Result<void>() : AsEndpoint(caller, claimed);
}

bool StationCheck::MayStay(const Caller& caller) const {
  return gate_ == nullptr || caller.endpoint_id.empty() ||
         gate_->Check(CertifiedOf(caller)).has_value();
}

}  // namespace wardcast
