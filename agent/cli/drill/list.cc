#include <cstdio>
#include <utility>

#include "agent/cli/alerts/missed_words.h"
#include "agent/cli/drill/drill.h"
#include "agent/cli/drill/result.h"
#include "agent/cli/print.h"

namespace wardcast::cli {
namespace {

// Of one answer of the broker; drills are looked for among them.
constexpr int kPage = 500;

struct ListFlags {
  bool all = false;
  int limit = 20;
};

OrExit<v1::ListAlertsResponse> Drills(Session& session, v1::AlertService::Stub& stub,
                                      const ListFlags& flags) {
  v1::ListAlertsResponse found;
  v1::ListAlertsRequest request;
  request.set_include_closed(flags.all);
  request.set_page_size(kPage);
  do {
    v1::ListAlertsResponse page;
    if (!session.Call([&](auto* context) { return stub.ListAlerts(context, request, &page); }))
      return std::unexpected(session.exit_code());
    for (v1::Alert& alert : *page.mutable_alerts()) {
      if (IsDrill(alert) && found.alerts_size() < flags.limit)
        *found.add_alerts() = std::move(alert);
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() && found.alerts_size() < flags.limit);
  return found;
}

// How its wards did; "" before it went out.
OrExit<std::string> HowItWent(Session& session, v1::AlertService::Stub& stub,
                              const v1::Alert& drill) {
  if (drill.state() == v1::State::SCHEDULED) return std::string();
  v1::GetProgressRequest request;
  request.set_alert_id(drill.id());
  v1::GetProgressResponse response;
  if (!session.Call([&](auto* context) { return stub.GetProgress(context, request, &response); }))
    return std::unexpected(session.exit_code());
  return ResultLine(ResultOf(drill, response.progress()));
}

int List(Session& session, const ListFlags& flags) {
  auto stub = v1::AlertService::NewStub(session.channel());
  const auto drills = Drills(session, *stub, flags);
  if (!drills) return drills.error();
  if (session.json()) {
    PrintJson(*drills);
    return kOk;
  }
  if (drills->alerts().empty()) {
    std::printf("No %s.\n", flags.all ? "drills" : "drill is running; --all shows past ones");
    return kOk;
  }
  std::vector<std::vector<std::string>> rows;
  for (const v1::Alert& drill : drills->alerts()) {
    auto result = HowItWent(session, *stub, drill);
    if (!result) return result.error();
    const bool waits = drill.state() == v1::State::SCHEDULED;
    if (waits && !drill.missed().empty()) *result = ToDoText(drill) + ", see wardcast drill show";
    rows.push_back({drill.id(), StateWord(drill),
                    TimeText(waits ? drill.send_at() : drill.published_at()), drill.headline(),
                    std::move(*result)});
  }
  PrintTable({"DRILL", "STATE", "TIME", "HEADLINE", "WARDS"}, rows);
  return kOk;
}

}  // namespace

void AddDrillList(CLI::App& drill, Run& chosen) {
  auto flags = std::make_shared<ListFlags>();
  CLI::App* command = drill.add_subcommand(
      "list", "List drills and how their wards did, newest first; never real notices");
  command->add_flag("--all", flags->all, "past ones too");
  command->add_option("--limit", flags->limit, "at most so many (default 20)")
      ->check(CLI::Range(1, 500));
  command->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return List(session, *flags); }; });
}

}  // namespace wardcast::cli
