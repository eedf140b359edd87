#include "server/http/site/content_type.h"

#include <algorithm>
#include <array>
#include <utility>

namespace wardcast {

std::string_view ContentTypeOf(std::string_view file_name) {
  using Entry = std::pair<std::string_view, std::string_view>;
  static constexpr std::array<Entry, 22> kTypes{{
      {"html", "text/html; charset=utf-8"},
      {"js", "text/javascript; charset=utf-8"},
      {"mjs", "text/javascript; charset=utf-8"},
      {"css", "text/css; charset=utf-8"},
      {"json", "application/json"},
      {"map", "application/json"},
      {"webmanifest", "application/manifest+json"},
      {"svg", "image/svg+xml"},
      {"png", "image/png"},
      {"jpg", "image/jpeg"},
      {"jpeg", "image/jpeg"},
      {"gif", "image/gif"},
      {"webp", "image/webp"},
      {"ico", "image/x-icon"},
      {"woff", "font/woff"},
      {"woff2", "font/woff2"},
      {"ttf", "font/ttf"},
      {"mp3", "audio/mpeg"},
      {"ogg", "audio/ogg"},
      {"wav", "audio/wav"},
      {"wasm", "application/wasm"},
      {"txt", "text/plain; charset=utf-8"},
  }};
  const auto dot = file_name.rfind('.');
  if (dot != std::string_view::npos) {
    const std::string_view extension = file_name.substr(dot + 1);
    for (const auto& [name, type] : kTypes) {
      if (extension == name) return type;
    }
  }
  return "application/octet-stream";
}

bool IsHashedAsset(std::string_view url_path) {
  constexpr std::size_t kHashLength = 8;  // Vite's
  if (!url_path.starts_with("/assets/")) return false;
  const std::string_view name = url_path.substr(url_path.rfind('/') + 1);
  const auto dot = name.find('.');
  if (dot == std::string_view::npos || dot < kHashLength + 1) return false;
  if (name[dot - kHashLength - 1] != '-') return false;
  const std::string_view hash = name.substr(dot - kHashLength, kHashLength);
  return std::all_of(hash.begin(), hash.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '-';
  });
}

}  // namespace wardcast
