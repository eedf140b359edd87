// The standard words that end a notice or a part of it; ready, so that nobody has to type at that
// moment. Times are in the zone of `now` (the alert's), with the weekday of another day. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/alert/words/clock_text.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// "Restored, verifying. Stay on paper until the all clear."
std::string RestoredWords(const Wording& wording);

// "ALL CLEAR 15:10. Orders and results (lab): working again." INFORMATION is never worded as all
// clear: "ENDED 15:10. The notice of 13:52 no longer holds."; nor is a drill: as ExpiryWords.
std::string AllClearWords(const v1::Alert& alert, const v1::ZonedTime& now, const Wording& wording);

// "ALL CLEAR 15:10. Fax: working again at Main. Still down: EHR." Names, not ids; `sites` empty: at
// all; `services` empty: all; `down` empty: "Everywhere else it is still down."
std::string PartlyClearWords(const std::vector<std::string>& services,
                             const std::vector<std::string>& sites,
                             const std::vector<std::string>& down, const v1::ZonedTime& now,
                             const Wording& wording);

// "RECALLED 14:08. The notice of 14:07 was sent by mistake. No action needed.", or with a reason
// "RECALLED 14:08. The notice of 14:07 no longer holds. REASON". Of one that never went out:
// "RECALLED 14:08. The notice was not shown anywhere."
std::string RecallWords(const v1::Alert& alert, std::string_view reason, const v1::ZonedTime& now,
                        const Wording& wording);

// "ENDED 02:07. The notice of Mon 14:07 no longer holds." Of a drill: "EXERCISE ENDED 16:07. The
// notice of 14:07 was an exercise."
std::string ExpiryWords(const v1::Alert& alert, const v1::ZonedTime& now, const Wording& wording);

// "EXERCISE STOPPED. The next notice is real." Of a drill that never went out: "EXERCISE STOPPED.
// The notice was not shown anywhere."
std::string DrillStoppedWords(const v1::Alert& drill, const Wording& wording);

}  // namespace wardcast
