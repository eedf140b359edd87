// Whether texts with blanks may go out: filled, they keep the limits of the contract. Pure.
#pragma once

#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// Everything that is wrong with the texts of `alert` that hold blanks, as they would read at `now`:
// too long, or a blank that nothing fills. To be asked once names and defaults are filled in
// (FillDefaults), beside CheckAlert, which looks at the rest. Both alerts unfilled.
// `before`: what `alert` was until this edit. A text that it has already may have lost a time since
// ("a time not known yet"), and is looked at again only for the services that it names: no edit in
// an emergency is refused for a text that nobody touched.
std::vector<FieldViolation> CheckFilled(const v1::Alert& alert, const Directory& directory,
                                        TimePoint now, const v1::Alert* before = nullptr);

}  // namespace wardcast
