#include "agent/cli/alerts/before_sending.h"

#include <fmt/format.h>

#include <cstdio>

#include "agent/cli/alerts/reach_words.h"
#include "agent/cli/ask.h"
#include "agent/cli/notice/together.h"
#include "agent/cli/print.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

std::unexpected<int> NothingSent() {
  std::fprintf(stderr, "Nothing was sent.\n");
  return std::unexpected<int>(kOk);
}

// "Inpatient EHR has an open notice since 13:52: …". Update is the default.
OrExit<void> AskAboutOpen(Session& session, v1::AlertService::Stub& stub, const std::string& id,
                          Answers& answers) {
  v1::GetAlertRequest request;
  request.set_alert_id(id);
  v1::GetAlertResponse response;
  if (!session.Call([&](auto* context) { return stub.GetAlert(context, request, &response); }))
    return std::unexpected(session.exit_code());
  const v1::Alert& open = response.alert();
  const std::string services = Together({open.service_names().begin(), open.service_names().end()});
  std::fprintf(stderr, "%s has an open notice since %s (%d wards): %s\n",
               Printable(services).c_str(), TimeText(open.published_at()).c_str(),
               response.progress().wards(), Printable(open.headline()).c_str());
  const std::string answer = AskLine("[U]pdate it, send a [s]eparate one, or [c]ancel?");
  if (answer == "s" || answer == "S" || answer == "separate") {
    answers.separate = true;
    return {};
  }
  if (!answer.empty() && answer != "u" && answer != "U" && answer != "update") return NothingSent();
  answers.open_alert_id = id;
  return {};
}

OrExit<void> AskAboutReach(const v1::Reach& reach, Answers& answers) {
  std::fprintf(stderr, "%s\n", ReachLine(reach).c_str());
  const std::string number = std::to_string(reach.endpoints());
  const std::string answer =
      AskLine(fmt::format("This is REAL for {} {}. Type {} to send it:", reach.wards_size(),
                          reach.wards_size() == 1 ? "ward" : "wards", number));
  if (answer != number) return NothingSent();
  answers.reach = reach.endpoints();
  return {};
}

}  // namespace

OrExit<void> BeforeSending(Session& session, const v1::Alert& alert, Answers& answers) {
  const bool ask = AtTerminal();
  if (!ask && !answers.update_open) return {};
  auto stub = v1::AlertService::NewStub(session.channel());
  v1::PreviewAudienceRequest request;
  *request.mutable_audience() = alert.audience();
  *request.mutable_services() = alert.services();
  *request.mutable_alert() = alert;
  v1::PreviewAudienceResponse preview;
  if (!session.Call(
          [&](auto* context) { return stub->PreviewAudience(context, request, &preview); })) {
    return std::unexpected(session.exit_code());
  }
  const auto& open = preview.reach().open_alert_ids();
  if (!open.empty() && answers.update_open) {
    answers.open_alert_id = open[0];
  } else if (!open.empty() && !answers.separate && ask) {
    if (auto asked = AskAboutOpen(session, *stub, open[0], answers); !asked) return asked;
  }
  if (!answers.open_alert_id.empty() || !ask) return {};
  if (preview.needs_confirmed_reach() && !answers.reach)
    return AskAboutReach(preview.reach(), answers);
  return {};
}

}  // namespace wardcast::cli
