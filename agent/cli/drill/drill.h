// `wardcast drill …`: exercises have their own commands, so that nobody starts one, or ends a real
// notice, by a slip of a flag.
#pragma once

#include <string>

#include "agent/cli/command.h"
#include "agent/cli/notice/written.h"
#include "agent/cli/session.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::cli {

bool IsDrill(const v1::Alert& alert);

// The drill `id`. kRefused, with the words for it printed: it is a real notice; else the exit code
// of the call.
OrExit<v1::GetAlertResponse> ReadDrill(Session& session, v1::AlertService::Stub& stub,
                                       const std::string& id);

// Each adds its subcommand to `drill`.
void AddDrillStart(CLI::App& drill, Run& chosen);
void AddDrillList(CLI::App& drill, Run& chosen);
void AddDrillShow(CLI::App& drill, Run& chosen);
void AddDrillEnd(CLI::App& drill, Run& chosen);

}  // namespace wardcast::cli
