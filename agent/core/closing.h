// How long a notice that is over stays in sight where it was displayed. Pure.
#pragma once

#include "base/clock.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast::agent {

// Until when a closed notice stays: the broker's `strip_until`; from one that did not say, 48 h
// after an all clear with something to enter again, 4 h without, 12 h after a recall. What expired
// is not shown at all: the moment of its closing.
TimePoint ShownUntil(const v1::Alert& closed);

// The same for a part that is in order again while the notice is open.
TimePoint ShownUntil(const v1::Alert& open, const v1::ClearedPart& part);

// Whether an open notice about one of the same services takes the place of an all clear. Work that
// is only planned, an information and a drill beside a real notice do not: nothing is down.
bool TakesPlaceOf(const v1::Alert& other, const v1::Alert& cleared);

}  // namespace wardcast::agent
