// Text from anywhere as a JSON string.
#pragma once

#include <string>
#include <string_view>

namespace wardcast {

// With the quotes. Bytes that are not UTF-8 become U+FFFD; '<', '>' and '&' are escaped, so that
// the result is harmless even where somebody puts it into a page.
std::string JsonQuote(std::string_view text);

}  // namespace wardcast
