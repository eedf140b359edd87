// What a publisher should know before sending about what was written; none of it forbids. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "wardcast/v1/alert.pb.h"
#include "wardcast/v1/alert_service.pb.h"

namespace wardcast {

// KIND_PATIENT_DATA and KIND_CLOCK_TIME of every free text of `alert`, in the order of its fields,
// at most one of each kind for a field; `field` is "alert.impact", "alert.instructions[2].text".
// The message never repeats what was found. Not of phone, phone_fallback and ticket; clock times
// not of downtime_pc and binder either. The texts as written: what {start} becomes is no typed time
// (texts/filled.h), and one that is typed goes stale also where it is the alert's own.
std::vector<v1::Warning> WarningsOf(const v1::Alert& alert);

// KIND_PATIENT_DATA of one text outside an alert: a reason, a closing text, a note. Empty or one.
std::vector<v1::Warning> WarningsOf(std::string_view field, std::string_view text);

// True if one of them is KIND_PATIENT_DATA: sending takes a reason.
bool TakesPatientDataReason(const std::vector<v1::Warning>& warnings);

}  // namespace wardcast
