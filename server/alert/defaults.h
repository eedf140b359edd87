// What an alert gets that its publisher did not say (docs/domain.md, "Defaults by severity"). Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/clock.h"
#include "server/alert/words/clock_text.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// DIALOG for EXTREME and SEVERE, else TOAST.
v1::Presentation::Value DefaultPresentation(v1::Severity::Value severity);

// Where a notice of this kind begins: ANNOUNCED for planned work and information, else CONFIRMED.
v1::Phase::Value DefaultPhase(v1::Kind::Value kind);

// True if wards are asked for an answer.
bool AsksAnswer(v1::Severity::Value severity);

// After how long the publisher promises news; nullopt: no promise.
std::optional<std::chrono::minutes> NextUpdateWithin(v1::Severity::Value severity);

// After this instant a cached copy is no longer shown: 12 h for INFORMATION, else 7 days; counted
// from the latest of `now` and the alert's own times, so that no notice ends before it begins. A
// drill: 2 h after it went out, or will go out (`send_at`, or `now`).
TimePoint ExpiresAt(const v1::Alert& alert, TimePoint now);

// The site whose zone and phone the alert takes: of the first place that its audience names, or of
// the first ward that it reaches; nullptr: the directory has no site.
const v1::Site* HomeSite(const v1::Alert& alert, const Directory& directory);

// The language of the product's own words in it: its own, its home site's, or English.
Language LanguageOf(const v1::Alert& alert, const Directory& directory);

// That language; with the zone if the audience has wards in another zone than the alert's, or the
// alert's clocks change within a day of `now`.
Wording WordingOf(const v1::Alert& alert, const Directory& directory, TimePoint now);

// Fills everything that the publisher left open and everything that follows from what was written:
// severity, status, phase, presentation, zone, start, next update, phone and its fallback, service
// names, asks_answer; every time gets zone, offset and abbreviation. `now` is when it goes out (for
// one that is to be sent later: `send_at`). Postponed work without a start stays without. Filling
// twice changes nothing. The alert must have passed CheckAlert.
void FillDefaults(v1::Alert& alert, const Directory& directory, TimePoint now);

// The part of it that a draft gets as well: how its times are printed, and names of services.
void FillPrinted(v1::Alert& alert, const Directory& directory);

}  // namespace wardcast
