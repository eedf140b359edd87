#include "agent/cli/command.h"
#include "agent/cli/notice/notice_flags.h"
#include "agent/cli/print.h"
#include "base/clock.h"
#include "base/ulid.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

struct PublishFlags {
  NoticeFlags notice;
  std::string source_key;
  std::string request_id;
  int confirmed_reach = -1;
  bool dry_run = false;
};

void PrintReach(const v1::Reach& reach) {
  std::printf("%d wards · %d PCs · %d connected, %d not%s\n", reach.wards_size(), reach.endpoints(),
              reach.connected(), reach.not_connected(),
              reach.from_services() ? " · the wards that depend on the services" : "");
}

int Preview(Session& session, v1::AlertService::Stub& stub, const v1::Alert& alert) {
  v1::PreviewAudienceRequest request;
  *request.mutable_audience() = alert.audience();
  *request.mutable_services() = alert.services();
  v1::PreviewAudienceResponse response;
  if (!session.Call(
          [&](auto* context) { return stub.PreviewAudience(context, request, &response); })) {
    return session.exit_code();
  }
  if (session.json()) {
    PrintJson(response);
    return kOk;
  }
  PrintReach(response.reach());
  std::vector<std::vector<std::string>> rows;
  for (const v1::WardReach& ward : response.reach().wards()) {
    rows.push_back({ward.ward_id(), ward.name(), ward.site_id(), std::to_string(ward.endpoints()),
                    std::to_string(ward.connected()), std::to_string(ward.notices_7d())});
  }
  PrintTable({"ID", "WARD", "SITE", "PCS", "CONNECTED", "NOTICES IN 7 DAYS"}, rows);
  return kOk;
}

int Publish(Session& session, const PublishFlags& flags) {
  auto alert = ToAlert(flags.notice);
  if (!alert) {
    std::fprintf(stderr, "wardcast: %s\n", Printable(alert.error().message).c_str());
    return kUsage;
  }
  auto stub = v1::AlertService::NewStub(session.channel());
  if (flags.dry_run) return Preview(session, *stub, *alert);
  v1::PublishAlertRequest request;
  // Its own id makes a lost answer harmless: run again with the id that the error names.
  request.set_request_id(flags.request_id.empty() ? NewUlid(SystemClock().Now())
                                                  : flags.request_id);
  request.set_source_key(flags.source_key);
  if (flags.confirmed_reach >= 0) request.set_confirmed_reach(flags.confirmed_reach);
  *request.mutable_alert() = std::move(*alert);
  v1::PublishAlertResponse response;
  if (!session.Call(
          [&](auto* context) { return stub->PublishAlert(context, request, &response); })) {
    if (session.exit_code() == kUnreachable) {
      std::fprintf(stderr, "To be sure that it is published once, repeat it with --request-id %s\n",
                   request.request_id().c_str());
    }
    return session.exit_code();
  }
  if (session.json()) {
    PrintJson(response);
  } else {
    std::printf("published %s\n", response.alert().id().c_str());
    PrintReach(response.reach());
  }
  return kOk;
}

}  // namespace

void AddPublish(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<PublishFlags>();
  CLI::App* command = app.add_subcommand("publish", "Post a notice");
  AddNoticeFlags(*command, flags->notice);
  command->add_option("--source-key", flags->source_key,
                      "for machines: at most one open alert per key; again updates it");
  command->add_option("--request-id", flags->request_id,
                      "ULID that makes a retry safe (default: a new one)");
  command->add_option("--confirmed-reach", flags->confirmed_reach,
                      "refuse if it would reach other than so many endpoints (± 10 %)");
  command->add_flag("--dry-run", flags->dry_run, "show whom it would reach, post nothing");
  command->footer(
      "Example:\n  wardcast publish --kind outage --severity severe --service lab-results --site "
      "main \\\n"
      "    --headline 'Lab results not reaching the EHR' --do 'Call the lab for critical values: "
      "4711'");
  command->callback([flags, &chosen] {
    chosen = [flags](Session& session) { return Publish(session, *flags); };
  });
}

void AddPreview(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<PublishFlags>();
  flags->dry_run = true;
  CLI::App* command =
      app.add_subcommand("preview", "Show whom a notice would reach (as publish --dry-run)");
  AddNoticeFlags(*command, flags->notice);
  command->callback([flags, &chosen] {
    chosen = [flags](Session& session) { return Publish(session, *flags); };
  });
}

}  // namespace wardcast::cli
