// Signs on buttons and in the frame that are the same in every language. Words come from
// agent/core/words.
#pragma once

namespace wardcast::agent::signs {

inline constexpr char kProduct[] = "Wardcast";
inline constexpr char kMore[] = "ⓘ";
inline constexpr char kClearInitials[] = "⌫";
inline constexpr char kPrevious[] = "‹";
inline constexpr char kNext[] = "›";

}  // namespace wardcast::agent::signs
