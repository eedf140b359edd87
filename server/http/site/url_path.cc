#include "server/http/site/url_path.h"

#include <algorithm>
#include <system_error>

namespace wardcast {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<std::string> DecodeUrlPath(std::string_view path) {
  std::string decoded;
  decoded.reserve(path.size());
  for (std::size_t i = 0; i < path.size(); ++i) {
    char c = path[i];
    if (c == '%') {
      if (i + 2 >= path.size()) return std::nullopt;
      const int high = HexDigit(path[i + 1]);
      const int low = HexDigit(path[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\') return std::nullopt;
    decoded += c;
  }
  return decoded;
}

std::optional<std::filesystem::path> FindBelow(const std::filesystem::path& root,
                                               std::string_view decoded) {
  constexpr std::size_t kMaxLength = 512;
  if (decoded.empty() || decoded.size() > kMaxLength || decoded.front() != '/') return std::nullopt;
  std::filesystem::path path = root;
  std::string_view rest = decoded.substr(1);
  while (!rest.empty()) {
    const auto slash = rest.find('/');
    const std::string_view segment = rest.substr(0, slash);
    // An empty segment, "." and ".." included: there is no reason to ask for them.
    if (segment.empty() || segment.front() == '.') return std::nullopt;
    path /= segment;
    if (slash == std::string_view::npos) break;
    rest.remove_prefix(slash + 1);
    if (rest.empty()) return std::nullopt;
  }
  std::error_code error;
  const std::filesystem::path real_root = std::filesystem::canonical(root, error);
  if (error) return std::nullopt;
  std::filesystem::path real = std::filesystem::canonical(path, error);
  if (error || !std::filesystem::is_regular_file(real, error)) return std::nullopt;
  const auto [root_end, unused] =
      std::mismatch(real_root.begin(), real_root.end(), real.begin(), real.end());
  if (root_end != real_root.end()) return std::nullopt;
  return real;
}

}  // namespace wardcast
