// "did you mean 4w?"
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace wardcast {

// The candidate that differs least from `wanted` (case aside, at most two letters, or one in a word
// of up to three), the first of equals; empty: none is near. Not for more than some thousand
// candidates of ordinary length: it compares with each.
std::string_view NearMatch(std::string_view wanted, std::span<const std::string_view> candidates);

// "" or ", did you mean \"4w\"?".
std::string Suggestion(std::string_view near);

}  // namespace wardcast
