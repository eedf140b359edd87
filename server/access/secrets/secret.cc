#include "server/access/secrets/secret.h"

#include "base/bytes.h"

namespace wardcast {
namespace {

constexpr int kSecretBytes = 32;

}  // namespace

std::string NewSecret(const char* prefix) { return prefix + RandomHex(kSecretBytes); }

std::string CsrfOf(const std::string& secret) {
  return Sha256Hex("wardcast csrf v1\n" + secret).substr(0, 32);
}

}  // namespace wardcast
