#include <cstdio>

#include "agent/cli/drill/drill.h"
#include "agent/cli/print.h"
#include "base/clock.h"
#include "base/ulid.h"

namespace wardcast::cli {
namespace {

struct EndFlags {
  std::string id;
  std::string text;
};

// Before anybody saw it, it is taken away.
int TakeAway(Session& session, v1::AlertService::Stub& stub, const EndFlags& flags) {
  v1::RecallAlertRequest request;
  request.set_request_id(NewUlid(SystemClock().Now()));
  request.set_alert_id(flags.id);
  v1::RecallAlertResponse response;
  if (!session.Call([&](auto* context) { return stub.RecallAlert(context, request, &response); }))
    return session.exit_code();
  if (session.json()) {
    PrintJson(response);
  } else {
    std::printf("EXERCISE taken away before it began: %s\n", Printable(flags.id).c_str());
  }
  return kOk;
}

int End(Session& session, const EndFlags& flags) {
  auto stub = v1::AlertService::NewStub(session.channel());
  const auto drill = ReadDrill(session, *stub, flags.id);
  if (!drill) return drill.error();
  const v1::State::Value state = drill->alert().state();
  if (state == v1::State::SCHEDULED || state == v1::State::DRAFT ||
      state == v1::State::PENDING_APPROVAL) {
    return TakeAway(session, *stub, flags);
  }
  v1::EndAlertRequest request;
  request.set_request_id(NewUlid(SystemClock().Now()));
  request.set_alert_id(flags.id);
  request.set_all_clear(true);
  request.set_text(flags.text);
  v1::EndAlertResponse response;
  if (!session.Call([&](auto* context) { return stub->EndAlert(context, request, &response); }))
    return session.exit_code();
  if (session.json()) {
    PrintJson(response);
  } else {
    std::printf("EXERCISE ended: %s\n", Printable(response.alert().id()).c_str());
  }
  return kOk;
}

}  // namespace

void AddDrillEnd(CLI::App& drill, Run& chosen) {
  auto flags = std::make_shared<EndFlags>();
  CLI::App* command =
      drill.add_subcommand("end", "End a drill, or take it away before it begins; no real notice");
  command->add_option("drill", flags->id, "its id")->required();
  command->add_option("--text", flags->text, "what wards read (default: the standard words)");
  command->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return End(session, *flags); }; });
}

}  // namespace wardcast::cli
