#include "agent/cli/command.h"
#include "agent/cli/print.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

struct ProgressFlags {
  std::string alert_id;
  bool watch = false;
  bool unreached = false;
};

const char* Reason(v1::Unreached::Value state) {
  switch (state) {
    case v1::Unreached::LOST:
      return "lost";
    case v1::Unreached::LOCKED:
      return "locked";
    case v1::Unreached::OFF:
      return "off";
    case v1::Unreached::PENDING:
      return "under way";
    default:
      return "unknown";
  }
}

// One that is connected and has not shown it yet was seen a moment ago.
std::string Since(const v1::UnreachedEndpoint& one) {
  if (one.has_since()) return TimeText(one.since());
  return one.state() == v1::Unreached::OFF ? "never seen" : "";
}

int Unreached(Session& session, v1::AlertService::Stub& stub, const std::string& alert_id) {
  v1::ListUnreachedRequest request;
  request.set_alert_id(alert_id);
  v1::ListUnreachedResponse response;
  if (!session.Call(
          [&](auto* context) { return stub.ListUnreached(context, request, &response); })) {
    return session.exit_code();
  }
  if (session.json()) {
    PrintJson(response);
    return kOk;
  }
  std::vector<std::vector<std::string>> rows;
  for (const v1::UnreachedEndpoint& one : response.endpoints()) {
    const v1::Endpoint& endpoint = one.endpoint();
    rows.push_back({endpoint.name().empty() ? endpoint.id() : endpoint.name(),
                    endpoint.ward_id().empty() ? "unplaced" : endpoint.ward_id(),
                    Reason(one.state()), Since(one)});
  }
  std::printf("%zu PCs have not shown it\n", rows.size());
  if (!rows.empty()) std::printf("\n");
  if (!rows.empty()) PrintTable({"PC", "WARD", "WHY", "SINCE"}, rows);
  return kOk;
}

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
  if (flags.unreached) return Unreached(session, *stub, flags.alert_id);
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
  CLI::Option* watch =
      command->add_flag("--watch", flags->watch, "stay, and print a line at each change");
  command
      ->add_flag("--unreached", flags->unreached,
                 "list the PCs that have not shown it, lost ones first, and why")
      ->excludes(watch);
  command->callback([flags, &chosen] {
    chosen = [flags](Session& session) { return Progress(session, *flags); };
  });
}

}  // namespace wardcast::cli
