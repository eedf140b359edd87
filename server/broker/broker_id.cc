#include "server/broker/broker_id.h"

#include "base/file.h"
#include "base/ulid.h"

namespace wardcast {

Result<std::string> EnsureBrokerId(const std::filesystem::path& data_dir, TimePoint now) {
  const std::filesystem::path path = data_dir / "broker.id";
  const auto content = ReadFile(path, 4096);
  if (content) {
    std::string id = content->substr(0, content->find_first_of("\r\n"));
    if (IsUlid(id)) return id;
    return Fail(
        Code::kFailedPrecondition,
        path.string() + " holds no broker id; remove it, and this broker counts as a new one");
  }
  if (content.error().code != Code::kNotFound) return std::unexpected(content.error());
  std::string id = NewUlid(now);
  if (auto written = WriteSecretFile(path, id + "\n"); !written)
    return std::unexpected(written.error());
  return id;
}

}  // namespace wardcast
