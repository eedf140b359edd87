#include "agent/cli/alerts/changed.h"
#include "agent/cli/command.h"
#include "agent/cli/notice/written.h"
#include "base/clock.h"
#include "base/ulid.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

struct PostponeFlags {
  std::string alert_id;
  std::string start;
  std::string until;
  std::string reason;
  std::string not_patient_data;
  int expected_revision = 0;
  bool first_time = false;
  bool second_time = false;
};

int Postpone(Session& session, const PostponeFlags& flags) {
  const TimePoint now = SystemClock().Now();
  Doubled doubled = DoubledOf(flags.first_time, flags.second_time);
  v1::PostponeAlertRequest request;
  request.set_request_id(NewUlid(now));
  request.set_alert_id(flags.alert_id);
  request.set_expected_revision(flags.expected_revision);
  request.set_reason(flags.reason);
  request.set_patient_data_reason(flags.not_patient_data);
  if (flags.start != "unknown") {
    auto start = ParseTime(flags.start, doubled, now);
    if (!start) return Misused("--start " + start.error().message).error();
    *request.mutable_start() = std::move(*start);
  }
  if (!flags.until.empty()) {
    auto end = ParseTime(flags.until, doubled, now);
    if (!end) return Misused("--until " + end.error().message).error();
    *request.mutable_expected_end() = std::move(*end);
  }
  auto stub = v1::AlertService::NewStub(session.channel());
  v1::PostponeAlertResponse response;
  if (!session.Call(
          [&](auto* context) { return stub->PostponeAlert(context, request, &response); })) {
    return session.exit_code();
  }
  return PrintChanged(session, response, "postponed", response.alert());
}

}  // namespace

void AddPostpone(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<PostponeFlags>();
  CLI::App* command =
      app.add_subcommand("postpone", "Move planned work that has not begun; its reminders follow");
  command->add_option("alert", flags->alert_id, "alert id")->required();
  command
      ->add_option("--start", flags->start,
                   "the new start, or unknown: +2h, \"2026-11-01 01:30\", "
                   "2026-11-01T01:30:00-07:00")
      ->required();
  command->add_option("--until", flags->until,
                      "the new expected end (default: as long after the start as before)");
  command->add_option("--reason", flags->reason, "why; wards read it");
  command->add_option("--not-patient-data", flags->not_patient_data,
                      "why a text that looks like patient data is none; it is kept");
  command->add_option("--revision,--expected-revision", flags->expected_revision,
                      "refuse if somebody else changed it meanwhile");
  AddDoubledFlags(*command, flags->first_time, flags->second_time);
  command->callback([flags, &chosen] {
    chosen = [flags](Session& session) { return Postpone(session, *flags); };
  });
}

}  // namespace wardcast::cli
