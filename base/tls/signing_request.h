// A request for a certificate (PKCS #10): the public key, and the proof that the sender has the
// private one.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/tls/handles.h"
#include "base/tls/private_key.h"

namespace wardcast {

inline constexpr std::size_t kMaxSigningRequest = 8 * 1024;

// DER. `name` is for people who look at it.
std::string MakeSigningRequest(const PrivateKey& key, std::string_view name);

// The public key of a request (DER). Its names count for nothing. kInvalidArgument: over
// kMaxSigningRequest, not a request, not signed by its own key, or a key that is not P-256.
Result<PkeyPtr> ReadSigningRequest(std::string_view der);

}  // namespace wardcast
