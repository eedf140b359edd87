#include <algorithm>
#include <chrono>

#include "agent/cli/alerts/missed_words.h"
#include "agent/cli/command.h"
#include "agent/cli/print.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

struct ListFlags {
  bool all = false;
  bool drafts = false;
  bool planned = false;
  int limit = 100;
};

bool IsDraft(const v1::Alert& alert) {
  return alert.state() == v1::State::DRAFT || alert.state() == v1::State::PENDING_APPROVAL;
}

// What is still to come: planned work that has not begun, and what waits for its time.
bool IsPlanned(const v1::Alert& alert) {
  if (alert.state() == v1::State::CLOSED || IsDraft(alert)) return false;
  return alert.state() == v1::State::SCHEDULED ||
         (alert.kind() == v1::Kind::PLANNED_DOWNTIME && !alert.has_started_at());
}

// Drills have a list of their own: they are neither shown nor counted among real notices. Drafts
// are on nobody's screen, and say which they are.
bool IsListed(const ListFlags& flags, const v1::Alert& alert) {
  return flags.drafts || alert.status() != v1::Status::EXERCISE;
}

// How many drills were left out.
int LeaveOutDrills(const ListFlags& flags, v1::ListAlertsResponse& response) {
  auto& alerts = *response.mutable_alerts();
  const auto rest = std::remove_if(alerts.begin(), alerts.end(),
                                   [&](const v1::Alert& alert) { return !IsListed(flags, alert); });
  const int drills = static_cast<int>(alerts.end() - rest);
  alerts.erase(rest, alerts.end());
  return drills;
}

// Leaves what the flags ask for.
void Choose(const ListFlags& flags, v1::ListAlertsResponse& response) {
  if (!flags.drafts && !flags.planned) return;
  auto& alerts = *response.mutable_alerts();
  const auto rest = std::remove_if(alerts.begin(), alerts.end(), [&](const v1::Alert& alert) {
    return !(flags.drafts && IsDraft(alert)) && !(flags.planned && IsPlanned(alert));
  });
  alerts.erase(rest, alerts.end());
  if (!flags.planned || flags.drafts) return;
  std::ranges::stable_sort(alerts, {}, [](const v1::Alert& alert) {
    // Without a start it is not known yet: last.
    return alert.has_start() ? alert.start().at().seconds() : INT64_MAX;
  });
}

std::string Headline(const v1::Alert& alert) {
  return (alert.status() == v1::Status::EXERCISE ? "EXERCISE " : "") +
         (alert.headline().empty() ? "(no headline yet)" : alert.headline());
}

void PrintDrafts(const v1::ListAlertsResponse& response) {
  std::vector<std::vector<std::string>> rows;
  for (const v1::Alert& alert : response.alerts()) {
    rows.push_back({alert.id(), std::to_string(alert.revision()), StateWord(alert),
                    TimeText(alert.waiting_since()), Headline(alert), alert.held_because()});
  }
  PrintTable({"ALERT", "REVISION", "STATE", "WAITS SINCE", "HEADLINE", "WHY IT IS NOT SENT"}, rows);
}

void PrintPlanned(const v1::ListAlertsResponse& response) {
  std::vector<std::vector<std::string>> rows;
  for (const v1::Alert& alert : response.alerts()) {
    rows.push_back({alert.id(), StateWord(alert),
                    alert.has_start() ? TimeText(alert.start()) : "not known yet",
                    alert.has_expected_end() ? TimeText(alert.expected_end()) : "unknown",
                    Headline(alert), ToDoText(alert)});
  }
  PrintTable({"ALERT", "STATE", "FROM", "UNTIL", "HEADLINE", "TO SEE TO"}, rows);
}

void PrintOpen(const v1::ListAlertsResponse& response) {
  std::vector<std::vector<std::string>> rows;
  for (const v1::Alert& alert : response.alerts()) {
    rows.push_back({alert.id(), SeverityWord(alert.severity()), StateWord(alert),
                    TimeText(alert.published_at()), Headline(alert), ToDoText(alert)});
  }
  PrintTable({"ALERT", "SEVERITY", "STATE", "PUBLISHED", "HEADLINE", "TO SEE TO"}, rows);
}

int List(Session& session, const ListFlags& flags) {
  v1::ListAlertsRequest request;
  request.set_include_closed(flags.all);
  request.set_include_drafts(flags.drafts);
  request.set_page_size(flags.limit);
  auto stub = v1::AlertService::NewStub(session.channel());
  v1::ListAlertsResponse response;
  if (!session.Call([&](auto* context) { return stub->ListAlerts(context, request, &response); })) {
    return session.exit_code();
  }
  const int drills = LeaveOutDrills(flags, response);
  Choose(flags, response);
  if (session.json()) {
    PrintJson(response);
    return kOk;
  }
  if (response.alerts().empty()) {
    std::printf("No %s.\n", flags.drafts    ? "drafts"
                            : flags.planned ? "planned work"
                            : flags.all     ? "alerts"
                                            : "open alerts; --all shows closed ones");
  }
  if (drills > 0) {
    std::printf("%d %s not in this list: wardcast drill list%s\n", drills,
                drills == 1 ? "drill is" : "drills are", flags.all ? " --all" : "");
  }
  if (response.alerts().empty()) return kOk;
  if (flags.drafts) {
    PrintDrafts(response);
  } else if (flags.planned) {
    PrintPlanned(response);
  } else {
    PrintOpen(response);
  }
  if (!response.next_page_token().empty()) std::printf("… more; --limit N shows up to 500\n");
  return kOk;
}

}  // namespace

void AddList(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<ListFlags>();
  CLI::App* command = app.add_subcommand("list", "List open notices, newest first");
  auto* all = command->add_flag("--all", flags->all, "closed ones too");
  auto* drafts = command->add_flag("--drafts", flags->drafts,
                                   "drafts and what waits for approval, and why it is not sent");
  drafts->excludes(all);
  command->add_flag("--planned", flags->planned, "what is still to come, soonest first")
      ->excludes(all)
      ->excludes(drafts);
  command->add_option("--limit", flags->limit, "look at the newest so many (default 100)")
      ->check(CLI::Range(1, 500));
  command->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return List(session, *flags); }; });
}

}  // namespace wardcast::cli
