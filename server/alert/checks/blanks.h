// The blanks of texts: {service}, {start}, {end} and {next} stand for what is named and said
// elsewhere in the notice, so that no text tells a time that has moved. Anything else in braces is
// text. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wardcast {

// In the order of kBlankWords.
enum class Blank : std::size_t { kService, kStart, kEnd, kNext };

// As they are written.
inline constexpr std::array<std::string_view, 4> kBlankWords{"{service}", "{start}", "{end}",
                                                             "{next}"};

// The blank that `text` begins with; nullopt: none.
std::optional<Blank> LeadingBlank(std::string_view text);

bool HasBlank(std::string_view text);

// The shortest that `text` may read once it is filled: one character in place of each blank. What
// is too long even so fits never.
std::string ShortestFilled(std::string_view text);

}  // namespace wardcast
