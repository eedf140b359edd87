#include <map>

#include "agent/cli/alerts/missed_words.h"
#include "agent/cli/command.h"
#include "agent/cli/notice/copy_as.h"
#include "agent/cli/print.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

struct ShowFlags {
  std::string alert_id;
  std::string as;
};

const std::map<std::string, CopyAs> kCopies = {{"page", CopyAs::kPage},
                                               {"phone", CopyAs::kPhone},
                                               {"mail", CopyAs::kMail},
                                               {"ticket", CopyAs::kTicket}};

int Show(Session& session, const ShowFlags& flags) {
  v1::GetAlertRequest request;
  request.set_alert_id(flags.alert_id);
  auto stub = v1::AlertService::NewStub(session.channel());
  v1::GetAlertResponse response;
  if (!session.Call([&](auto* context) { return stub->GetAlert(context, request, &response); }))
    return session.exit_code();
  if (!flags.as.empty()) {
    std::printf("%s", CopyText(response.alert(), kCopies.at(flags.as)).c_str());
  } else if (session.json()) {
    PrintJson(response);
  } else {
    PrintAlert(response.alert());
    if (const std::string missed = MissedText(response.alert()); !missed.empty())
      std::printf("\n%s", missed.c_str());
    std::printf("\n%s\n", ProgressLine(response.progress()).c_str());
  }
  return kOk;
}

}  // namespace

void AddShow(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<ShowFlags>();
  CLI::App* command =
      app.add_subcommand("show", "Show one notice in full, or as a text to pass on");
  command->add_option("alert", flags->alert_id, "alert id")->required();
  std::vector<std::string> words;
  words.reserve(kCopies.size());
  for (const auto& [word, value] : kCopies) words.push_back(word);
  command
      ->add_option("--as", flags->as,
                   "as what somebody reads aloud or pastes: page (overhead), phone, mail, ticket")
      ->check(CLI::IsMember(words));
  command->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return Show(session, *flags); }; });
}

}  // namespace wardcast::cli
