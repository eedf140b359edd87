// Is there an open notice on the same service already? "Update it?" comes before "send".
#pragma once

#include <string>

#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// Whether `open` is about the same matter as `alert` seems to be: it names one of its services that
// has not had its all clear, is on the wards, and is real or a drill as `alert` is. Planned work
// that has not begun, also while it waits for its time, is the same matter only for planned work,
// and a piece of information only for information. Pure.
bool IsDuplicate(const v1::Alert& open, const v1::Alert& alert);

// Whether everybody whom `alert` is for is told by `open` already: a machine that is attached to it
// says nothing of its own. Pure.
bool TellsAllOf(const v1::Alert& open, const v1::Alert& alert, const Directory& directory);

// "Inpatient EHR has an open notice since 13:52 (31 wards)", for a person.
std::string DuplicateWords(const v1::Alert& open, const v1::Alert& alert,
                           const Directory& directory);

}  // namespace wardcast
