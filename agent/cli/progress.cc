#include "agent/cli/command.h"
#include "agent/cli/print.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

struct ProgressFlags {
  std::string alert_id;
  bool watch = false;
};

int Watch(Session& session, v1::AlertService::Stub& stub, const std::string& alert_id) {
  v1::WatchProgressRequest request;
  request.set_alert_id(alert_id);
  grpc::ClientContext context;
  session.Prepare(context, false);
  const auto stream = stub.WatchProgress(&context, request);
  v1::WatchProgressResponse response;
  std::string last;
  while (stream->Read(&response)) {
    if (session.json()) {
      PrintJson(response, true);
      continue;
    }
    const std::string line = ProgressLine(response.progress());
    if (line == last) continue;
    last = line;
    std::printf("%s  %s\n", TimeText(response.progress().server_time()).c_str(), line.c_str());
    std::fflush(stdout);
  }
  session.Explain(stream->Finish());
  return session.exit_code();
}

int Progress(Session& session, const ProgressFlags& flags) {
  auto stub = v1::AlertService::NewStub(session.channel());
  if (flags.watch) return Watch(session, *stub, flags.alert_id);
  v1::GetProgressRequest request;
  request.set_alert_id(flags.alert_id);
  v1::GetProgressResponse response;
  if (!session.Call(
          [&](auto* context) { return stub->GetProgress(context, request, &response); })) {
    return session.exit_code();
  }
  if (session.json()) {
    PrintJson(response);
  } else {
    PrintProgress(response.progress());
  }
  return kOk;
}

}  // namespace

void AddProgress(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<ProgressFlags>();
  CLI::App* command =
      app.add_subcommand("progress", "Show how far a notice has come, ward by ward");
  command->add_option("alert", flags->alert_id, "alert id")->required();
  command->add_flag("--watch", flags->watch, "stay, and print a line at each change");
  command->callback([flags, &chosen] {
    chosen = [flags](Session& session) { return Progress(session, *flags); };
  });
}

}  // namespace wardcast::cli
