#include "agent/cli/command.h"
#include "agent/cli/print.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

struct ListFlags {
  bool all = false;
  int limit = 100;
};

int List(Session& session, const ListFlags& flags) {
  v1::ListAlertsRequest request;
  request.set_include_closed(flags.all);
  request.set_page_size(flags.limit);
  auto stub = v1::AlertService::NewStub(session.channel());
  v1::ListAlertsResponse response;
  if (!session.Call([&](auto* context) { return stub->ListAlerts(context, request, &response); })) {
    return session.exit_code();
  }
  if (session.json()) {
    PrintJson(response);
    return kOk;
  }
  if (response.alerts().empty()) {
    std::printf("No %s.\n", flags.all ? "alerts" : "open alerts; --all shows closed ones");
    return kOk;
  }
  std::vector<std::vector<std::string>> rows;
  for (const v1::Alert& alert : response.alerts()) {
    rows.push_back(
        {alert.id(), SeverityWord(alert.severity()), StateWord(alert),
         TimeText(alert.published_at()),
         (alert.status() == v1::Status::EXERCISE ? "EXERCISE " : "") + alert.headline()});
  }
  PrintTable({"ALERT", "SEVERITY", "STATE", "PUBLISHED", "HEADLINE"}, rows);
  if (!response.next_page_token().empty()) std::printf("… more; --limit N shows up to 500\n");
  return kOk;
}

}  // namespace

void AddList(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<ListFlags>();
  CLI::App* command = app.add_subcommand("list", "List open notices, newest first");
  command->add_flag("--all", flags->all, "closed ones too");
  command->add_option("--limit", flags->limit, "at most so many (default 100)")
      ->check(CLI::Range(1, 500));
  command->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return List(session, *flags); }; });
}

}  // namespace wardcast::cli
