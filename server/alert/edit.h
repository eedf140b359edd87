// An edit of an alert: which fields it takes over, whether it calls attention again, and how it is
// told to the wards. Pure.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "server/alert/words/clock_text.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"
#include "wardcast/v1/alert_service.pb.h"

namespace wardcast {

// Names of `Alert`'s fields, as in the proto.
using FieldNames = std::set<std::string, std::less<>>;

// True for a field that a publisher writes ("output only" ones are not; nor is `status`, which is
// fixed at creation).
bool IsEditable(std::string_view field);

// Takes out everything that a publisher does not write.
void ClearOutputOnly(v1::Alert& alert);

// The fields that `request` takes over: its mask, or without one all that are set.
// kInvalidArgument: an unknown or unchangeable field in the mask, or another status.
Result<FieldNames> EditedFields(const v1::Alert& current, const v1::UpdateAlertRequest& request);

// Copies `fields` from `from`; a field that is not set there is cleared.
void CopyFields(const v1::Alert& from, const FieldNames& fields, v1::Alert& to);

// The rule of docs/domain.md, "Update": severity rises, a service or ward is added, "do now" or "do
// not" changes; and when what was restored is down again. Corrections of wording never ask again.
bool CallsAttention(const v1::Alert& before, const v1::Alert& after, const Directory& directory);

// What a person sees to have changed, one line: "severity WARNING (was CAUTION), next update
// 14:30". Times of another day than `today` with their weekday.
std::string WhatChanged(const v1::Alert& before, const v1::Alert& after, const v1::ZonedTime& today,
                        const Wording& wording = {});

}  // namespace wardcast
