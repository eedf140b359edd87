// What a publisher may write: every limit of alert.proto, checked before anything else happens.
// Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// Everything that is wrong with `alert`, each with its path ("alert.headline") and the remedy;
// empty: nothing. Of a text with blanks only what is wrong however they are filled: the rest is
// CheckFilled's (texts/filled_check.h).
std::vector<FieldViolation> CheckAlert(const v1::Alert& alert, const Directory& directory);

// The same for a draft: headline, kind and audience may be missing, and times may be in any order.
std::vector<FieldViolation> CheckDraft(const v1::Alert& alert, const Directory& directory);

// How far ahead a notice may be scheduled.
inline constexpr std::chrono::days kLongestSchedule{400};

// Set if `send_at` is not in the future, or too far ahead. Not part of CheckAlert: one that has
// come is no error of a later edit.
std::optional<FieldViolation> CheckSendAt(const v1::Alert& alert, TimePoint now);

// Set if `alert` has more than 16 KiB serialised. Part of CheckAlert; to be asked again once names
// and defaults were filled in.
std::optional<FieldViolation> CheckSize(const v1::Alert& alert);

// The same for an audience alone; `path` is the prefix ("audience", "alert.audience"). A missing
// place is a violation only if `services` is empty too.
std::vector<FieldViolation> CheckAudience(const v1::Audience& audience,
                                          const std::vector<std::string>& services,
                                          const Directory& directory, const std::string& path);

}  // namespace wardcast
