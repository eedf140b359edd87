// Each extra message lowers recall: how many notices are too many, and what follows (docs/domain,
// "Dose"). Pure.
#pragma once

#include <chrono>
#include <optional>

#include "wardcast/v1/alert.pb.h"
#include "wardcast/v1/alert_service.pb.h"
#include "wardcast/v1/audience.pb.h"

namespace wardcast {

// More interrupting notices than this for one ward within kDoseSpan are too many.
inline constexpr int kMostNotices = 3;
inline constexpr std::chrono::days kDoseSpan{7};

// True if a notice of this severity and presentation counts: TOAST and above; SEVERE and EXTREME do
// not count.
bool CountsForDose(v1::Severity::Value severity, v1::Presentation::Value presentation);

// True if one more notice would be more than kMostNotices for some ward of `reach`.
bool IsAboveDose(const v1::Reach& reach);

// The default presentation of the severity; above the dose one weaker, never for SEVERE and
// EXTREME, never weaker than TICKER.
v1::Presentation::Value DefaultPresentationFor(v1::Severity::Value severity, bool above_dose);

// KIND_DOSE, if `alert` would count and `reach` is above the dose: how many wards, and the busiest.
std::optional<v1::Warning> DoseWarning(const v1::Alert& alert, const v1::Reach& reach);

}  // namespace wardcast
