#include <map>

#include "agent/cli/command.h"
#include "agent/cli/print.h"
#include "base/clock.h"
#include "base/ulid.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

struct AckFlags {
  std::string alert_id;
  std::string ward_id;
  std::string response = "procedure-started";
  int round = 0;
  std::string initials;
  std::string role;
  std::string note;
  std::string not_patient_data;
};

const std::map<std::string, v1::Response::Value> kResponses = {
    {"procedure-started", v1::Response::PROCEDURE_STARTED},
    {"not-affected", v1::Response::NOT_AFFECTED},
    {"back-entry-done", v1::Response::BACK_ENTRY_DONE}};

int Ack(Session& session, const AckFlags& flags) {
  v1::AcknowledgeAlertRequest request;
  request.set_request_id(NewUlid(SystemClock().Now()));
  request.set_alert_id(flags.alert_id);
  request.set_ward_id(flags.ward_id);
  request.set_round(flags.round);
  request.set_response(kResponses.at(flags.response));
  request.set_note(flags.note);
  request.set_patient_data_reason(flags.not_patient_data);
  request.mutable_person()->set_initials(flags.initials);
  request.mutable_person()->set_role(flags.role);
  auto stub = v1::AlertService::NewStub(session.channel());
  v1::AcknowledgeAlertResponse response;
  if (!session.Call(
          [&](auto* context) { return stub->AcknowledgeAlert(context, request, &response); })) {
    return session.exit_code();
  }
  if (session.json()) {
    PrintJson(response);
  } else {
    std::printf("acknowledged for %s, round %d\n", Printable(flags.ward_id).c_str(),
                response.answer().round());
  }
  return kOk;
}

}  // namespace

void AddAck(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<AckFlags>();
  CLI::App* command = app.add_subcommand("ack", "Acknowledge for a ward that you spoke to");
  command->add_option("alert", flags->alert_id, "alert id")->required();
  command->add_option("--ward", flags->ward_id, "ward id")->required();
  std::vector<std::string> words;
  words.reserve(std::size(kResponses));
  for (const auto& [word, value] : kResponses) words.push_back(word);
  command
      ->add_option("--response", flags->response,
                   "procedure-started (default), not-affected, back-entry-done")
      ->check(CLI::IsMember(words));
  command->add_option("--round", flags->round,
                      "round that was answered (default: the current one)");
  command->add_option("--initials", flags->initials, "whom you spoke to");
  command->add_option("--role", flags->role, "their role, for example 'charge nurse'");
  command->add_option("--note", flags->note, "at most 200 characters");
  command->add_option("--not-patient-data", flags->not_patient_data,
                      "why a text that looks like patient data is none; it is kept");
  command->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return Ack(session, *flags); }; });
}

}  // namespace wardcast::cli
