// The blanks of a template, {service}, {start}, {end} and {next}, are filled by whoever writes the
// notice. One that was left open must not reach a ward. Pure.
#pragma once

#include <vector>

#include "base/result.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// A violation for each text of `alert` with an open blank.
void CheckBlanks(const v1::Alert& alert, std::vector<FieldViolation>& violations);

}  // namespace wardcast
