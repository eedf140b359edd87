// What the ids of endpoints look like: "4w-*".
#pragma once

#include <string>
#include <string_view>

namespace wardcast {

// `written` as rules keep it: ids are in lower case, so patterns are.
std::string PatternFrom(std::string_view written);

// Empty: `pattern` is fine (1 … 80 of a-z 0-9 . _ - * ?); else what is wrong with it.
std::string PatternFault(std::string_view pattern);

// True if all of `id` is as `pattern` says: '*' stands for any characters, also none, '?' for one.
// Takes at most as many steps as their lengths multiplied, however many stars there are.
bool FitsPattern(std::string_view id, std::string_view pattern);

}  // namespace wardcast
