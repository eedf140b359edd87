#include "server/alert/dose.h"

#include <algorithm>
#include <string>

#include "server/alert/defaults.h"
#include "server/alert/drills/drill.h"

namespace wardcast {

bool CountsForDose(v1::Severity::Value severity, v1::Presentation::Value presentation) {
  return severity != v1::Severity::SEVERE && severity != v1::Severity::EXTREME &&
         presentation >= v1::Presentation::TOAST;
}

bool IsAboveDose(const v1::Reach& reach) {
  return std::ranges::any_of(reach.wards(), [](const v1::WardReach& ward) {
    return ward.notices_7d() + 1 > kMostNotices;
  });
}

v1::Presentation::Value DefaultPresentationFor(v1::Severity::Value severity, bool above_dose) {
  const v1::Presentation::Value usual = DefaultPresentation(severity);
  if (!above_dose || AsksAnswer(severity) || usual <= v1::Presentation::TICKER) return usual;
  return static_cast<v1::Presentation::Value>(usual - 1);
}

std::optional<v1::Warning> DoseWarning(const v1::Alert& alert, const v1::Reach& reach) {
  const v1::Presentation::Value shown = alert.presentation() == v1::Presentation::UNSPECIFIED
                                            ? DefaultPresentation(alert.severity())
                                            : alert.presentation();
  if (IsDrill(alert) || !CountsForDose(alert.severity(), shown) || !IsAboveDose(reach))
    return std::nullopt;
  int wards = 0;
  const v1::WardReach* busiest = nullptr;
  for (const v1::WardReach& ward : reach.wards()) {
    if (ward.notices_7d() + 1 <= kMostNotices) continue;
    ++wards;
    if (!busiest || ward.notices_7d() > busiest->notices_7d()) busiest = &ward;
  }
  v1::Warning warning;
  warning.set_kind(v1::Warning::KIND_DOSE);
  warning.set_message(std::to_string(wards) + (wards == 1 ? " ward" : " wards") +
                      " would get more than " + std::to_string(kMostNotices) +
                      " interrupting notices in 7 days; the most has " + busiest->ward_id() +
                      ", which had " + std::to_string(busiest->notices_7d()) +
                      ": each one more is read less");
  return warning;
}

}  // namespace wardcast
