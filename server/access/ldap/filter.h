// Search filters (RFC 4515) with names from outside in them.
#pragma once

#include <string>
#include <string_view>

namespace wardcast {

// What is put in the place of {account} and {dn}.
struct FilterNames {
  std::string account;
  std::string dn = {};
};

// `value` with every character that means something in a filter as \xx.
std::string EscapedFilterValue(std::string_view value);

// `pattern` with each {account} and {dn} replaced by the escaped name; nothing of a name is ever
// replaced again.
std::string FilledFilter(std::string_view pattern, const FilterNames& names);

// Well-formed, so that a misspelt one is found at start and not at the first sign-in.
bool IsFilter(std::string_view pattern);

}  // namespace wardcast
