#include "agent/cli/command.h"
#include "agent/cli/print.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

int Show(Session& session, const std::string& alert_id) {
  v1::GetAlertRequest request;
  request.set_alert_id(alert_id);
  auto stub = v1::AlertService::NewStub(session.channel());
  v1::GetAlertResponse response;
  if (!session.Call([&](auto* context) { return stub->GetAlert(context, request, &response); }))
    return session.exit_code();
  if (session.json()) {
    PrintJson(response);
  } else {
    PrintAlert(response.alert());
    std::printf("\n%s\n", ProgressLine(response.progress()).c_str());
  }
  return kOk;
}

}  // namespace

void AddShow(CLI::App& app, Run& chosen) {
  auto alert_id = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("show", "Show one notice in full");
  command->add_option("alert", *alert_id, "alert id")->required();
  command->callback([alert_id, &chosen] {
    chosen = [alert_id](Session& session) { return Show(session, *alert_id); };
  });
}

}  // namespace wardcast::cli
