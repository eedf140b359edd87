// What a ward's type says about its endpoints.
#pragma once

#include <string_view>

#include "wardcast/v1/audience.pb.h"

namespace wardcast {

// CLINICAL where a window must never cover the screen: operating rooms ("or"), cath lab
// ("cath-lab"), interventional
// ("interventional"), central monitoring ("central-monitoring"), image reading ("image-reading").
// Any other type, known or not, is STANDARD.
v1::EndpointClass::Value DefaultClassOf(std::string_view ward_type);

}  // namespace wardcast
