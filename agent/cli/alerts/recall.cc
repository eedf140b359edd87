#include "agent/cli/command.h"
#include "agent/cli/print.h"
#include "base/clock.h"
#include "base/ulid.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

struct RecallFlags {
  std::string alert_id;
  std::string reason;
  std::string not_patient_data;
};

int Recall(Session& session, const RecallFlags& flags) {
  v1::RecallAlertRequest request;
  request.set_request_id(NewUlid(SystemClock().Now()));
  request.set_alert_id(flags.alert_id);
  request.set_reason(flags.reason);
  request.set_patient_data_reason(flags.not_patient_data);
  auto stub = v1::AlertService::NewStub(session.channel());
  v1::RecallAlertResponse response;
  if (!session.Call(
          [&](auto* context) { return stub->RecallAlert(context, request, &response); })) {
    return session.exit_code();
  }
  if (session.json()) {
    PrintJson(response);
  } else {
    std::printf("recalled %s: %s\n", response.alert().id().c_str(),
                Printable(response.alert().closing_text()).c_str());
  }
  return kOk;
}

}  // namespace

void AddRecall(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<RecallFlags>();
  CLI::App* command = app.add_subcommand(
      "recall",
      "Take back a notice that was sent by mistake, and say so on the wards; throw a draft away");
  command->add_option("alert", flags->alert_id, "alert id")->required();
  command->add_option("--reason", flags->reason,
                      "words of the recall (default: the standard ones)");
  command->add_option("--not-patient-data", flags->not_patient_data,
                      "why a text that looks like patient data is none; it is kept");
  command->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return Recall(session, *flags); }; });
}

}  // namespace wardcast::cli
