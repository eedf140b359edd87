#include "agent/cli/drill/drill.h"

#include <cstdio>
#include <utility>

#include "agent/cli/print.h"

namespace wardcast::cli {

bool IsDrill(const v1::Alert& alert) { return alert.status() == v1::Status::EXERCISE; }

OrExit<v1::GetAlertResponse> ReadDrill(Session& session, v1::AlertService::Stub& stub,
                                       const std::string& id) {
  v1::GetAlertRequest request;
  request.set_alert_id(id);
  v1::GetAlertResponse response;
  if (!session.Call([&](auto* context) { return stub.GetAlert(context, request, &response); }))
    return std::unexpected(session.exit_code());
  if (!IsDrill(response.alert())) {
    std::fprintf(
        stderr,
        "wardcast: %s is a REAL notice and no drill: %s\nNothing was done. `wardcast show`, "
        "`update` and `end` are for real notices.\n",
        Printable(id).c_str(), Printable(response.alert().headline()).c_str());
    return std::unexpected<int>(kRefused);
  }
  return response;
}

void AddDrill(CLI::App& app, Run& chosen) {
  CLI::App* drill =
      app.add_subcommand("drill", "Practise: the same notices, marked EXERCISE from end to end");
  drill->require_subcommand(1);
  for (auto* add : {AddDrillStart, AddDrillList, AddDrillShow, AddDrillEnd}) add(*drill, chosen);
}

}  // namespace wardcast::cli
