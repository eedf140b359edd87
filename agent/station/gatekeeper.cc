#include "agent/station/gatekeeper.h"

#include <utility>

#include "base/ulid.h"

namespace wardcast::agent {

Result<VerifiedAlert> Admit(const VerifyingKey& key, SignedBytes bytes) {
  if (!key.VerifyAlert(bytes.payload, bytes.signature)) {
    return Fail(Code::kPermissionDenied, "the signature does not verify with key " + key.id());
  }
  VerifiedAlert verified;
  if (!verified.alert.ParseFromString(bytes.payload) || verified.alert.id().empty()) {
    return Fail(Code::kDataLoss, "the signed payload is not an alert");
  }
  verified.bytes = std::move(bytes);
  return verified;
}

std::optional<std::string> ClaimedAlertId(std::string_view payload) {
  constexpr std::string_view kHead{"\x0a\x1a", 2};  // field 1, length-delimited, 26 bytes
  constexpr std::size_t kUlidSize = 26;
  if (!payload.starts_with(kHead)) return std::nullopt;
  const std::string_view id = payload.substr(kHead.size(), kUlidSize);
  if (!IsUlid(id)) return std::nullopt;
  return std::string(id);
}

}  // namespace wardcast::agent
