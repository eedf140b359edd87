#include "agent/cli/command.h"
#include "agent/cli/print.h"
#include "base/clock.h"
#include "base/ulid.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

struct EndFlags {
  std::string alert_id;
  std::string source_key;
  bool restored = false;
  std::string text;
  std::vector<std::string> back_entry;
  std::vector<std::string> services;
  std::vector<std::string> sites;
  std::string not_patient_data;
};

// A part of it, with more of it still down.
bool IsPart(const v1::Alert& alert) { return alert.state() != v1::State::CLOSED; }

int End(Session& session, const EndFlags& flags) {
  v1::EndAlertRequest request;
  request.set_request_id(NewUlid(SystemClock().Now()));
  if (flags.source_key.empty()) {
    request.set_alert_id(flags.alert_id);
  } else {
    request.set_source_key(flags.source_key);
  }
  request.set_all_clear(!flags.restored);
  request.set_text(flags.text);
  for (const std::string& item : flags.back_entry) request.add_back_entry(item);
  for (const std::string& id : flags.services) request.add_services(id);
  for (const std::string& id : flags.sites) request.add_sites(id);
  request.set_patient_data_reason(flags.not_patient_data);
  auto stub = v1::AlertService::NewStub(session.channel());
  v1::EndAlertResponse response;
  if (!session.Call([&](auto* context) { return stub->EndAlert(context, request, &response); }))
    return session.exit_code();
  if (session.json()) {
    PrintJson(response);
  } else {
    const char* what = flags.restored             ? "restored, verifying:"
                       : IsPart(response.alert()) ? "partly all clear, the rest stays down:"
                       : response.alert().status() == v1::Status::EXERCISE ? "exercise over:"
                                                                           : "all clear:";
    std::printf("%s %s\n", what, response.alert().id().c_str());
  }
  return kOk;
}

}  // namespace

void AddEnd(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<EndFlags>();
  CLI::App* command =
      app.add_subcommand("end", "Say that it is over: all clear, or restored and verifying");
  auto* id = command->add_option("alert", flags->alert_id, "alert id");
  auto* key = command->add_option("--source-key", flags->source_key,
                                  "the machine's own key instead of an id");
  key->excludes(id);
  auto* restored = command->add_flag("--restored", flags->restored,
                                     "not yet all clear: \"stay on paper until the all clear\"");
  command
      ->add_option("--service", flags->services,
                   "only this service works again, the rest stays down; may be repeated")
      ->excludes(restored);
  command
      ->add_option("--site", flags->sites,
                   "only at this site, the rest stays down; may be repeated")
      ->excludes(restored);
  command->add_option("--text", flags->text, "words of the all clear (default: the standard ones)");
  command->add_option("--back-entry", flags->back_entry, "what to enter again; may be repeated");
  command->add_option("--not-patient-data", flags->not_patient_data,
                      "why a text that looks like patient data is none; it is kept");
  command->require_option(1, 0);
  command->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return End(session, *flags); }; });
}

}  // namespace wardcast::cli
