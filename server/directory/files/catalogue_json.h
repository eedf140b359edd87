// procedures.json and templates.json as messages.
#pragma once

#include <string_view>
#include <vector>

#include "server/directory/files/findings.h"
#include "server/directory/files/loaded.h"
#include "wardcast/v1/directory.pb.h"

namespace wardcast {

// A list of {"id", "serviceId", "title", "steps": […], "approvedBy", "approvedOn", "reviewOn"}.
// Each notes every fault; with faults the result is incomplete. Places are "procedures.json:7"
// (line of a syntax error) and "procedures.json[2]" (item, counted from 0).
Loaded<v1::Procedure> ReadProcedures(std::string_view text, Findings& findings);

// A list of {"id", "title", "hint", "order", "alert": {…}}; `alert` must be the proto3 JSON of an
// Alert with a kind and a headline, at most 32 KiB. Its texts may hold {service}, {start}, {next}
// and {end}.
Loaded<v1::Template> ReadTemplates(std::string_view text, Findings& findings);

// Single entries under the same checks; places are "procedures[2]" and "templates[2]". Strings must
// be UTF-8.
Loaded<v1::Procedure> CheckProcedures(const std::vector<v1::Procedure>& procedures,
                                      Findings& findings);
Loaded<v1::Template> CheckTemplates(const std::vector<v1::Template>& templates, Findings& findings);

}  // namespace wardcast
