#include "agent/cli/command.h"
#include "agent/cli/notice/notice_flags.h"
#include "agent/cli/print.h"
#include "base/ulid.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

struct UpdateFlags {
  std::string alert_id;
  NoticeFlags notice;
  int expected_revision = 0;
  bool re_alert = false;
  bool in_place = false;
};

int Update(Session& session, const UpdateFlags& flags) {
  auto alert = ToAlert(flags.notice);
  if (!alert) {
    std::fprintf(stderr, "wardcast: %s\n", Printable(alert.error().message).c_str());
    return kUsage;
  }
  v1::UpdateAlertRequest request;
  request.set_request_id(NewUlid(SystemClock().Now()));
  request.set_alert_id(flags.alert_id);
  request.set_expected_revision(flags.expected_revision);
  *request.mutable_alert() = std::move(*alert);
  if (flags.re_alert) request.set_re_alert(v1::ReAlert::YES);
  if (flags.in_place) request.set_re_alert(v1::ReAlert::NO);
  auto stub = v1::AlertService::NewStub(session.channel());
  v1::UpdateAlertResponse response;
  if (!session.Call(
          [&](auto* context) { return stub->UpdateAlert(context, request, &response); })) {
    return session.exit_code();
  }
  if (session.json()) {
    PrintJson(response);
  } else {
    std::printf("updated %s: revision %d, round %d%s%s\n", response.alert().id().c_str(),
                response.alert().revision(), response.alert().round(),
                response.alert().what_changed().empty() ? "" : ", ",
                Printable(response.alert().what_changed()).c_str());
  }
  return kOk;
}

}  // namespace

void AddUpdate(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<UpdateFlags>();
  CLI::App* command =
      app.add_subcommand("update", "Change an open notice; what is not named stays as it is");
  command->add_option("alert", flags->alert_id, "alert id")->required();
  AddNoticeFlags(*command, flags->notice);
  command->add_option("--expected-revision", flags->expected_revision,
                      "refuse if somebody else changed it meanwhile");
  auto* again = command->add_flag("--re-alert", flags->re_alert,
                                  "call attention again: a new round asks every ward");
  command->add_flag("--in-place", flags->in_place, "never call attention again")->excludes(again);
  command->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return Update(session, *flags); }; });
}

}  // namespace wardcast::cli
