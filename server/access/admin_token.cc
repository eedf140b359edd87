#include "server/access/admin_token.h"

#include "base/bytes.h"
#include "base/file.h"
#include "base/log.h"

namespace wardcast {
namespace {

constexpr int kTokenBytes = 32;

std::string FirstLine(const std::string& text) {
  return text.substr(0, text.find_first_of("\r\n"));
}

}  // namespace

Result<std::filesystem::path> EnsureAdminToken(Store& store, const std::filesystem::path& data_dir,
                                               TimePoint now) {
  const std::filesystem::path path = data_dir / "admin.token";
  std::string token;
  if (auto content = ReadFile(path, 4096)) {
    token = FirstLine(*content);
    if (token.size() < 2 * kTokenBytes) {
      return Fail(
          Code::kFailedPrecondition,
          path.string() + " holds no token; remove it and a new one is made at the next start");
    }
    auto owner = store.FindTokenOwner(Sha256Hex(token));
    if (!owner) return std::unexpected(owner.error());
    if (*owner) return path;
    SPDLOG_WARN("admin.token is not the token that the store knew; it is now");
  } else if (content.error().code == Code::kNotFound) {
    token = RandomHex(kTokenBytes);
    if (auto written = WriteSecretFile(path, token + "\n"); !written)
      return std::unexpected(written.error());
  } else {
    return std::unexpected(content.error());
  }
  if (auto put = store.PutToken(kAdminTokenOwner, Sha256Hex(token), now); !put)
    return std::unexpected(put.error());
  return path;
}

}  // namespace wardcast
