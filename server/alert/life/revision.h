// What every change of an alert does alike: count its revision, call attention, refuse what is
// closed. Pure.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// One more revision, changed now. What the clock missed is settled by it.
void Touch(v1::Alert& alert, TimePoint now);

// A new round above every ward's own. `presentation` UNSPECIFIED: as the alert's.
void CallAgain(v1::Alert& alert, v1::Occasion::Value occasion,
               v1::Presentation::Value presentation = v1::Presentation::UNSPECIFIED);

// The round stays, and is shown like this from now on, on every ward.
void ShowInPlace(v1::Alert& alert, v1::Presentation::Value presentation);

// ACTIVE or RECOVERING.
bool IsOnTheWards(const v1::Alert& alert);

// INFORMATION, planned work that never began, and drills end when their time (`expires`) is over;
// what is broken does not.
bool EndsByItself(const v1::Alert& alert);

// Closed, with what a closed alert has. `text` becomes its closing text.
v1::Alert Closed(const v1::Alert& current, v1::Closing::Value closing, std::string text,
                 TimePoint now);

std::unexpected<Error> RefuseClosed(const v1::Alert& current);
std::unexpected<Error> RefuseTakeover();
// "the alert is a draft: REMEDY"; for the states that are not closed.
std::unexpected<Error> RefuseState(const v1::Alert& current, const char* remedy);
// `expected` is not the current revision.
std::unexpected<Error> RefuseRevision(const v1::Alert& current, std::int32_t expected);

// A phase that only ending an alert may say.
bool IsEndingPhase(v1::Phase::Value phase);
FieldViolation EndingPhase();

}  // namespace wardcast
