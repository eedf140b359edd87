// Header blocks of HTTP/2 (HPACK, RFC 7541), as little as a client needs that allows no table: it
// writes literals without indexing, and reads what such a server may answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wardcast::bench {

void AppendHeader(std::string& block, std::string_view name, std::string_view value);

// Names from the static table other than :status, and Huffman-coded texts, are not looked up: they
// are "?".
struct Header {
  std::string name;
  std::string value;
};

// nullopt: malformed, or it refers to a table that we said we do not keep.
std::optional<std::vector<Header>> ReadHeaders(std::string_view block);

}  // namespace wardcast::bench
