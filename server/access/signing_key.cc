#include "server/access/signing_key.h"

#include "base/file.h"
#include "base/log.h"

namespace wardcast {
namespace {

Result<SigningKey> ReadOrMake(const std::filesystem::path& path, bool may_make) {
  auto pem = ReadFile(path, 4096);
  if (pem) {
    auto key = SigningKey::FromPem(*pem);
    if (!key) return Fail(Code::kFailedPrecondition, path.string() + ": " + key.error().message);
    return key;
  }
  if (pem.error().code != Code::kNotFound) return std::unexpected(pem.error());
  if (!may_make) {
    return Fail(Code::kFailedPrecondition,
                "the store's alerts are signed with a key that is not in " +
                    path.parent_path().string() +
                    ". On a broker that runs: `wardcast admin export-identity FILE`; bring FILE "
                    "here, run `wardcastd --join FILE`, and start again (with insecure_loopback: "
                    "copy signing.key, signing.pub and admin.token)");
  }
  SigningKey key = SigningKey::Generate();
  if (auto written = WriteSecretFile(path, key.ToPem()); !written)
    return std::unexpected(written.error());
  SPDLOG_INFO("made the alert-signing key {}", key.id());
  return key;
}

}  // namespace

Result<SigningKey> EnsureSigningKey(Store& store, const std::filesystem::path& data_dir) {
  auto known = store.SigningKeyId();
  if (!known) return std::unexpected(known.error());
  auto key = ReadOrMake(data_dir / "signing.key", known->empty());
  if (!key) return key;
  if (!known->empty() && *known != key->id()) {
    return Fail(Code::kFailedPrecondition,
                "signing.key has the id " + key->id() +
                    ", but the store's alerts are signed with " + *known +
                    ": put the right key back, or start with an empty data folder");
  }
  if (known->empty()) {
    if (auto set = store.SetSigningKeyId(key->id()); !set) return std::unexpected(set.error());
  }
  if (auto written = WriteSecretFile(data_dir / "signing.pub", key->public_key().ToPem());
      !written) {
    return std::unexpected(written.error());
  }
  return key;
}

}  // namespace wardcast
