// Does a text look as if it named a patient? A guess that errs on the side of asking. Pure.
#pragma once

#include <string_view>

namespace wardcast {

// True for what looks like a record number ("MRN 483920", seven or more digits that are no phone
// number), a birth date (a date before 2020, or any after "DOB", "born", "geb.", "né le", "nacido")
// or a social security number (123-45-6789). Not for phone and ticket fields, which are full of
// such numbers.
bool LooksLikePatientData(std::string_view text);

}  // namespace wardcast
