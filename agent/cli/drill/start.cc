#include <fmt/format.h>

#include <cstdio>
#include <optional>
#include <utility>

#include "agent/cli/alerts/changed.h"
#include "agent/cli/alerts/reach_words.h"
#include "agent/cli/ask.h"
#include "agent/cli/drill/copy.h"
#include "agent/cli/drill/drill.h"
#include "agent/cli/print.h"
#include "base/clock.h"
#include "base/ulid.h"

namespace wardcast::cli {
namespace {

constexpr char kWord[] = "EXERCISE";

struct StartFlags {
  NoticeFlags notice;
  std::string again;
  std::string request_id;
  std::string not_patient_data;
  int reach = -1;
  bool yes = false;
  bool dry_run = false;
};

OrExit<v1::Alert> Again(Session& session, v1::AlertService::Stub& stub, const StartFlags& flags,
                        TimePoint now) {
  auto earlier = ReadDrill(session, stub, flags.again);
  if (!earlier) return std::unexpected(earlier.error());
  auto drill = ToAlert(flags.notice, CopyOfDrill(earlier->alert()), now);
  if (!drill) return Misused(drill.error().message);
  if (!NamesPlace(drill->audience())) {
    return Misused(
        "a drill that is done again begins without an audience: name it, for example with --ward, "
        "--site or --depends-on");
  }
  return std::move(*drill);
}

OrExit<v1::Alert> WrittenDrill(Session& session, v1::AlertService::Stub& stub,
                               const StartFlags& flags, TimePoint now) {
  auto drill = flags.again.empty() ? WrittenAlert(session, flags.notice, now)
                                   : Again(session, stub, flags, now);
  if (drill) drill->set_status(v1::Status::EXERCISE);
  return drill;
}

OrExit<v1::PreviewAudienceResponse> Preview(Session& session, v1::AlertService::Stub& stub,
                                            const v1::Alert& drill) {
  v1::PreviewAudienceRequest request;
  *request.mutable_audience() = drill.audience();
  *request.mutable_services() = drill.services();
  *request.mutable_alert() = drill;
  v1::PreviewAudienceResponse response;
  if (!session.Call(
          [&](auto* context) { return stub.PreviewAudience(context, request, &response); })) {
    return std::unexpected(session.exit_code());
  }
  return response;
}

// The person at the terminal knows for whom it is; how many PCs they agreed to.
OrExit<int> AskPerson(const v1::PreviewAudienceResponse& preview) {
  const v1::Reach& reach = preview.reach();
  PrintWarnings(preview.warnings());
  std::fprintf(stderr, "%s\n", ReachLine(reach).c_str());
  const std::string answer =
      AskLine(fmt::format("This is an EXERCISE for {} {}. Type {} to start it:", reach.wards_size(),
                          reach.wards_size() == 1 ? "ward" : "wards", kWord));
  if (answer == kWord) return reach.endpoints();
  std::fprintf(stderr, "Nothing was sent.\n");
  return std::unexpected<int>(kOk);
}

void PrintStarted(const v1::PublishAlertResponse& response) {
  const v1::Alert& drill = response.alert();
  const std::string id = Printable(drill.id());
  if (drill.state() == v1::State::SCHEDULED) {
    std::printf("EXERCISE scheduled %s%s%s\n", id.c_str(), drill.has_send_at() ? ": goes out " : "",
                TimeText(drill.send_at()).c_str());
  } else if (HeldCode(drill) == kHeld) {
    std::printf("EXERCISE not started, it is a draft %s: %s\n", id.c_str(),
                Printable(drill.held_because()).c_str());
  } else {
    std::printf("EXERCISE started %s\n", id.c_str());
  }
  std::printf("%s\n", ReachLine(response.reach()).c_str());
  std::fflush(stdout);
  PrintWarnings(response.warnings());
}

int Send(Session& session, v1::AlertService::Stub& stub, const v1::PublishAlertRequest& request) {
  v1::PublishAlertResponse response;
  if (!session.Call(
          [&](auto* context) { return stub.PublishAlert(context, request, &response); })) {
    if (session.exit_code() == kUnreachable) {
      std::fprintf(stderr, "To be sure that it is started once, repeat it with --request-id %s\n",
                   request.request_id().c_str());
    }
    return session.exit_code();
  }
  if (session.json()) {
    PrintJson(response);
  } else {
    PrintStarted(response);
  }
  return HeldCode(response.alert());
}

int Start(Session& session, const StartFlags& flags) {
  if (!flags.yes && !flags.dry_run && !AtTerminal())
    return Misused("a script says with --yes that it starts an exercise").error();
  const TimePoint now = SystemClock().Now();
  auto stub = v1::AlertService::NewStub(session.channel());
  auto drill = WrittenDrill(session, *stub, flags, now);
  if (!drill) return drill.error();
  std::optional<int> reach;
  if (flags.reach >= 0) reach = flags.reach;
  if (flags.dry_run || !flags.yes) {
    const auto preview = Preview(session, *stub, *drill);
    if (!preview) return preview.error();
    if (flags.dry_run) {
      if (session.json()) {
        PrintJson(*preview);
      } else {
        PrintPreview(*preview);
      }
      return kOk;
    }
    const auto agreed = AskPerson(*preview);
    if (!agreed) return agreed.error();
    reach = *agreed;
  }
  v1::PublishAlertRequest request;
  request.set_request_id(flags.request_id.empty() ? NewUlid(now) : flags.request_id);
  request.set_patient_data_reason(flags.not_patient_data);
  if (reach) request.set_confirmed_reach(*reach);
  *request.mutable_alert() = std::move(*drill);
  return Send(session, *stub, request);
}

}  // namespace

void AddDrillStart(CLI::App& drill, Run& chosen) {
  auto flags = std::make_shared<StartFlags>();
  CLI::App* command = drill.add_subcommand(
      "start", "Start an exercise; it ends by itself after 2 hours, or when a real notice comes");
  AddNoticeFlags(*command, flags->notice);
  auto* how = command->add_option_group("How it is started");
  how->add_option("--again", flags->again,
                  "do this drill again; its audience is not taken over: name one")
      ->type_name("DRILL")
      ->excludes(command->get_option("--template"));
  how->add_flag("--yes", flags->yes,
                "for scripts: it is meant; at a terminal you are asked for how many wards");
  how->add_option("--reach,--confirmed-reach", flags->reach,
                  "with --yes: you know that it reaches so many PCs (± 10 %); a wide one takes it");
  how->add_flag("--dry-run", flags->dry_run, "show whom it would reach, start nothing");
  how->add_option("--not-patient-data", flags->not_patient_data,
                  "why a text that looks like patient data is none; it is kept");
  how->add_option("--request-id", flags->request_id,
                  "ULID that makes a retry safe (default: a new one)");
  command->footer(
      std::string("Example:\n  wardcast drill start --template outage --service inpatient-ehr "
                  "--ward 4w --ward icu\n") +
      kExitCodes);
  command->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return Start(session, *flags); }; });
}

}  // namespace wardcast::cli
