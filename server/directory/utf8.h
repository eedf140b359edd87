// Text from outside: is it UTF-8, how long is it for a person, may it stand on one line?
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace wardcast {

// What some spreadsheets write before a UTF-8 text; it is not part of it.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Position of the first byte that is not UTF-8 (RFC 3629: no overlong forms, no surrogates, at most
// U+10FFFF); nullopt: all of it is.
std::optional<std::size_t> FirstInvalidUtf8(std::string_view text);

// Unicode code points in valid UTF-8; this is what "characters" means in every limit.
std::size_t CodePoints(std::string_view text);

// True if valid UTF-8 holds a character that breaks or hides a line: C0 and C1 controls, U+2028,
// U+2029, and the bidirectional overrides and embeddings (U+202A … U+202E), which can make a text
// read differently from what it says. Isolates and marks, which right-to-left text needs, are fine.
bool HasControlCharacter(std::string_view text);

// `text` without spaces and tabs at both ends.
std::string_view Trimmed(std::string_view text);

}  // namespace wardcast
