// Whom a notice reaches, and what its publisher should know, on a terminal.
#pragma once

#include <string>

#include "wardcast/v1/alert_service.pb.h"

namespace wardcast::cli {

// "31 wards, 2 of them closed · 412 PCs: 380 connected, 3 lost, 29 off".
std::string ReachLine(const v1::Reach& reach);

// Everything of a preview: the line, the wards, what they would read, the warnings, what sending it
// would take.
void PrintPreview(const v1::PreviewAudienceResponse& preview);

// To standard error, one a line.
void PrintWarnings(const google::protobuf::RepeatedPtrField<v1::Warning>& warnings);

}  // namespace wardcast::cli
