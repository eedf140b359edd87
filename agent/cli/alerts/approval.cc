// `wardcast approve` and `reject`: the second pair of eyes.
#include "agent/cli/alerts/changed.h"
#include "agent/cli/alerts/reach_words.h"
#include "agent/cli/ask.h"
#include "agent/cli/command.h"
#include "agent/cli/notice/written.h"
#include "agent/cli/print.h"
#include "base/clock.h"
#include "base/ulid.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

struct ApprovalFlags {
  std::string alert_id;
  int revision = 0;
  std::string break_glass;
  std::string reason;
  std::string not_patient_data;
};

// Whom it would reach now, and as what: what a second pair of eyes is for. False: it was explained.
bool PrintWhom(Session& session, v1::AlertService::Stub& stub, const v1::Alert& alert) {
  v1::PreviewAudienceRequest request;
  *request.mutable_audience() = alert.audience();
  *request.mutable_services() = alert.services();
  v1::PreviewAudienceResponse response;
  if (!session.Call(
          [&](auto* context) { return stub.PreviewAudience(context, request, &response); })) {
    return false;
  }
  std::printf("%-14s %s\n", "reaches", ReachLine(response.reach()).c_str());
  return true;
}

// The revision that the approver has read: shown here, unless the command line says it.
OrExit<int> RevisionRead(Session& session, v1::AlertService::Stub& stub,
                         const ApprovalFlags& flags) {
  if (flags.revision > 0) return flags.revision;
  if (!AtTerminal()) return Misused("--revision: say which one you have read (`wardcast show`)");
  v1::GetAlertRequest request;
  request.set_alert_id(flags.alert_id);
  v1::GetAlertResponse response;
  if (!session.Call([&](auto* context) { return stub.GetAlert(context, request, &response); }))
    return std::unexpected(session.exit_code());
  PrintAlert(response.alert());
  if (!PrintWhom(session, stub, response.alert())) return std::unexpected(session.exit_code());
  std::fflush(stdout);
  if (AskLine("Send it as it stands here? yes/no:") != "yes") {
    std::fprintf(stderr, "Nothing was sent.\n");
    return std::unexpected<int>(kOk);
  }
  return response.alert().revision();
}

int Approve(Session& session, const ApprovalFlags& flags) {
  auto stub = v1::AlertService::NewStub(session.channel());
  const auto revision = RevisionRead(session, *stub, flags);
  if (!revision) return revision.error();
  v1::ApproveAlertRequest request;
  request.set_request_id(NewUlid(SystemClock().Now()));
  request.set_alert_id(flags.alert_id);
  request.set_expected_revision(*revision);
  request.set_break_glass(flags.break_glass);
  v1::ApproveAlertResponse response;
  if (!session.Call(
          [&](auto* context) { return stub->ApproveAlert(context, request, &response); })) {
    return session.exit_code();
  }
  return PrintChanged(session, response,
                      flags.break_glass.empty() ? "approved" : "sent without an approver",
                      response.alert());
}

int Reject(Session& session, const ApprovalFlags& flags) {
  v1::RejectAlertRequest request;
  request.set_request_id(NewUlid(SystemClock().Now()));
  request.set_alert_id(flags.alert_id);
  request.set_reason(flags.reason);
  request.set_patient_data_reason(flags.not_patient_data);
  auto stub = v1::AlertService::NewStub(session.channel());
  v1::RejectAlertResponse response;
  if (!session.Call(
          [&](auto* context) { return stub->RejectAlert(context, request, &response); })) {
    return session.exit_code();
  }
  return PrintChanged(session, response, "returned", response.alert());
}

}  // namespace

void AddApproval(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<ApprovalFlags>();
  CLI::App* approve =
      app.add_subcommand("approve", "Send a notice that waits for a second pair of eyes");
  approve->add_option("alert", flags->alert_id, "alert id")->required();
  approve->add_option("--revision", flags->revision,
                      "that you have read; at a terminal it is shown, and you are asked");
  approve->add_option("--break-glass", flags->break_glass,
                      "after 3 min without an approver: send your own, and say why; it is audited");
  approve->callback([flags, &chosen] {
    chosen = [flags](Session& session) { return Approve(session, *flags); };
  });
  CLI::App* reject =
      app.add_subcommand("reject", "Return a notice that waits for approval to its draft");
  reject->add_option("alert", flags->alert_id, "alert id")->required();
  reject->add_option("--reason", flags->reason, "why; its author reads it")->required();
  reject->add_option("--not-patient-data", flags->not_patient_data,
                     "why a text that looks like patient data is none; it is kept");
  reject->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return Reject(session, *flags); }; });
}

}  // namespace wardcast::cli
