#include "server/directory/ward_type.h"

#include <algorithm>
#include <array>

namespace wardcast {
namespace {

constexpr std::array<std::string_view, 5> kClinicalTypes{"cath-lab", "central-monitoring",
                                                         "image-reading", "interventional", "or"};

}  // namespace

v1::EndpointClass::Value DefaultClassOf(std::string_view ward_type) {
  return std::ranges::find(kClinicalTypes, ward_type) != kClinicalTypes.end()
             ? v1::EndpointClass::CLINICAL
             : v1::EndpointClass::STANDARD;
}

}  // namespace wardcast
