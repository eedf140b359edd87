// Texts with blanks are kept as written (`written`), and filled anew in each version: what wards
// read is in the alert's texts, what its publisher wrote beside it. The rules know only unfilled
// alerts, so that a text which merely reads otherwise is no edit. Pure.
#pragma once

#include "base/clock.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// The alert as its publisher wrote it: the texts of `written` are back in their places, and
// `written` is empty.
v1::Alert Unfilled(v1::Alert alert);

// The alert as it is stored and shown. A DRAFT stays as written. Otherwise every text with a blank
// is kept in `written` and filled: names of services, and times as they are said now. A time that
// the alert does not have (any more) reads "a time not known yet".
// What is closed goes on reading as it did: `stored`, the version that it follows (as stored;
// nullptr: none), gives every text that is written as it was there.
// Larger than an alert may be with both, it loses `written`, and its texts stay as they read now.
v1::Alert Filled(v1::Alert alert, const Directory& directory, TimePoint now,
                 const v1::Alert* stored = nullptr);

}  // namespace wardcast
