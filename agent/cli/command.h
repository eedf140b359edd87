// One user action a file: each adds its subcommand to the app and returns the exit code when it
// runs.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "agent/cli/session.h"

namespace wardcast::cli {

// What a subcommand does once the command line was parsed; `chosen` is set to the one that was
// named.
using Run = std::function<int(Session&)>;

void AddPublish(CLI::App& app, Run& chosen);
void AddUpdate(CLI::App& app, Run& chosen);
void AddEnd(CLI::App& app, Run& chosen);
void AddRecall(CLI::App& app, Run& chosen);
void AddPostpone(CLI::App& app, Run& chosen);
void AddApproval(CLI::App& app, Run& chosen);
void AddList(CLI::App& app, Run& chosen);
void AddShow(CLI::App& app, Run& chosen);
void AddWatch(CLI::App& app, Run& chosen);
void AddAck(CLI::App& app, Run& chosen);
void AddProgress(CLI::App& app, Run& chosen);
void AddPreview(CLI::App& app, Run& chosen);
void AddDrill(CLI::App& app, Run& chosen);
void AddImport(CLI::App& app, Run& chosen);
void AddExport(CLI::App& app, Run& chosen);
void AddPlaces(CLI::App& app, Run& chosen);
void AddCatalogue(CLI::App& app, Run& chosen);
void AddSignIn(CLI::App& app, Run& chosen);
void AddCompletion(CLI::App& app, Run& chosen);
void AddAdmin(CLI::App& app, Run& chosen);
// To `admin`, which must be there: accounts, tokens, the audit trail.
void AddAdminAccess(CLI::App& app, Run& chosen);

}  // namespace wardcast::cli
