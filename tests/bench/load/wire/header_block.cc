#include "tests/bench/load/wire/header_block.h"

#include <cstdint>

namespace wardcast::bench {
namespace {

constexpr std::uint64_t kStaticEntries = 61;
constexpr std::uint64_t kFirstStatus = 8;
constexpr const char* kStatuses[] = {"200", "204", "206", "304", "400", "404", "500"};
constexpr std::uint64_t kLongestText = 64 << 10;

// RFC 7541, 5.1: the number that begins in the low `bits` of the first byte.
void AppendNumber(std::string& block, std::uint8_t first, int bits, std::uint64_t number) {
  const std::uint64_t most = (1u << bits) - 1;
  if (number < most) {
    block += static_cast<char>(first | number);
    return;
  }
  block += static_cast<char>(first | most);
  for (number -= most; number >= 0x80; number >>= 7)
    block += static_cast<char>(0x80 | (number & 0x7f));
  block += static_cast<char>(number);
}

std::optional<std::uint64_t> CutNumber(std::string_view& block, int bits) {
  if (block.empty()) return std::nullopt;
  const std::uint64_t most = (1u << bits) - 1;
  std::uint64_t number = static_cast<unsigned char>(block.front()) & most;
  block.remove_prefix(1);
  if (number < most) return number;
  for (int shift = 0; shift <= 28; shift += 7) {
    if (block.empty()) return std::nullopt;
    const auto byte = static_cast<unsigned char>(block.front());
    block.remove_prefix(1);
    number += static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) return number;
  }
  return std::nullopt;
}

std::optional<std::string> CutText(std::string_view& block) {
  if (block.empty()) return std::nullopt;
  const bool huffman = (static_cast<unsigned char>(block.front()) & 0x80) != 0;
  const auto size = CutNumber(block, 7);
  if (!size || *size > kLongestText || *size > block.size()) return std::nullopt;
  std::string text = huffman ? "?" : std::string(block.substr(0, *size));
  block.remove_prefix(*size);
  return text;
}

}  // namespace

void AppendHeader(std::string& block, std::string_view name, std::string_view value) {
  block += '\0';  // literal without indexing, new name
  AppendNumber(block, 0, 7, name.size());
  block += name;
  AppendNumber(block, 0, 7, value.size());
  block += value;
}

std::optional<std::vector<Header>> ReadHeaders(std::string_view block) {
  std::vector<Header> headers;
  while (!block.empty()) {
    const auto first = static_cast<unsigned char>(block.front());
    if ((first & 0x80) != 0) {  // indexed
      const auto index = CutNumber(block, 7);
      if (!index || *index == 0 || *index > kStaticEntries) return std::nullopt;
      const bool status = *index >= kFirstStatus && *index < kFirstStatus + std::size(kStatuses);
      headers.push_back(
          {status ? ":status" : "?", status ? kStatuses[*index - kFirstStatus] : "?"});
      continue;
    }
    if ((first & 0xe0) == 0x20) {  // a new size of the table: ours is and stays empty
      const auto size = CutNumber(block, 5);
      if (!size || *size != 0) return std::nullopt;
      continue;
    }
    // With indexing (the entry is larger than an empty table, so nothing is kept), without, never.
    const auto index = CutNumber(block, (first & 0x40) != 0 ? 6 : 4);
    if (!index || *index > kStaticEntries) return std::nullopt;
    std::optional<std::string> name = std::string("?");
    if (*index == 0) name = CutText(block);
    if (*index >= kFirstStatus && *index < kFirstStatus + std::size(kStatuses)) name = ":status";
    auto value = CutText(block);
    if (!name || !value) return std::nullopt;
    headers.push_back({std::move(*name), std::move(*value)});
  }
  return headers;
}

}  // namespace wardcast::bench
