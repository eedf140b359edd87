// The standard words that end a notice; ready, so that nobody has to type at that moment. Times are
// in the alert's zone, with the weekday of another day. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

inline constexpr std::string_view kRestoredWords =
    "Restored, verifying. Stay on paper until the all clear.";

// "ALL CLEAR 15:10. Orders and results (lab): working again." The rest stays down and is not named.
// INFORMATION is never worded as all clear: "ENDED 15:10. The notice of 13:52 no longer holds."
std::string AllClearWords(const v1::Alert& alert, TimePoint now);

// "RECALLED 14:08. The notice of 14:07 was sent by mistake. No action needed.", or with a reason
// "RECALLED 14:08. The notice of 14:07 no longer holds. REASON".
std::string RecallWords(const v1::Alert& alert, std::string_view reason, TimePoint now);

// "ENDED 02:07. The notice of Mon 14:07 no longer holds."
std::string ExpiryWords(const v1::Alert& alert, TimePoint now);

}  // namespace wardcast
