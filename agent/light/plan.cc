#include "agent/light/plan.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "agent/light/csv.h"

namespace wardcast::light {
namespace {

using std::chrono::milliseconds;

struct WardPlan {
  int off = 0;
  Behaviour behaviour;
};

std::unexpected<Error> Wrong(const CsvRow& row, std::string_view column, std::string_view allowed) {
  return Fail(Code::kInvalidArgument, "behaviour.csv: ward " + row.find("ward")->second + ": " +
                                          std::string(column) + " must be " + std::string(allowed));
}

std::string Cell(const CsvRow& row, std::string_view column) {
  const auto cell = row.find(column);
  return cell == row.end() ? "" : cell->second;
}

// Empty: nullopt.
Result<std::optional<milliseconds>> Seconds(const CsvRow& row, std::string_view column) {
  const std::string text = Cell(row, column);
  if (text.empty()) return std::nullopt;
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size() ||
      !(seconds >= 0 && seconds <= 86'400)) {
    return Wrong(row, column, "seconds from 0 to 86400, or empty");
  }
  return milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

Result<WardPlan> ReadWard(const CsvRow& row) {
  WardPlan plan;
  const auto displayed = Seconds(row, "displayed_after_s");
  const auto seen = Seconds(row, "seen_after_s");
  const auto answer = Seconds(row, "answer_after_s");
  for (const auto* one : {&displayed, &seen, &answer}) {
    if (!*one) return std::unexpected(one->error());
  }
  plan.behaviour = {.displayed_after = *displayed, .seen_after = *seen, .answer_after = *answer};
  const std::string off = Cell(row, "endpoints_off");
  if (!off.empty() && std::from_chars(off.data(), off.data() + off.size(), plan.off).ptr !=
                          off.data() + off.size()) {
    return Wrong(row, "endpoints_off", "a number");
  }
  const std::string response = Cell(row, "response");
  if (!response.empty() && !v1::Response::Value_Parse(response, &plan.behaviour.response)) {
    return Wrong(row, "response",
                 "PROCEDURE_STARTED, NOT_AFFECTED, NEED_HELP, REAL_PROBLEM or empty");
  }
  const std::string help = Cell(row, "help");
  if (!help.empty() && !v1::HelpKind::Value_Parse(help, &plan.behaviour.help)) {
    return Wrong(row, "help", "FORMS_OR_PRINTER, DOWNTIME_PC, STAFF, CALL_ME or empty");
  }
  const std::string screen = Cell(row, "screen");
  if (!screen.empty() && !v1::ScreenState::Value_Parse(screen, &plan.behaviour.screen)) {
    return Wrong(row, "screen", "UNLOCKED, LOCKED, NOBODY or empty");
  }
  if (plan.behaviour.response == v1::Response::NEED_HELP &&
      plan.behaviour.help == v1::HelpKind::UNSPECIFIED) {
    plan.behaviour.help = v1::HelpKind::CALL_ME;
  }
  if (plan.behaviour.response == v1::Response::UNSPECIFIED) plan.behaviour.answer_after.reset();
  return plan;
}

struct Member {
  EndpointPlan plan;
  bool ordinary = false;  // a workstation, neither downtime PC nor clinical
};

// Who answers for a ward: its first ordinary PC, or else the first that reports; nullptr: nobody.
const Member* AnswersFor(const std::vector<Member>& members) {
  for (const bool ordinary : {true, false}) {
    for (const Member& member : members) {
      const bool fits = ordinary ? member.ordinary && member.plan.id.contains("-pc-") : true;
      if (fits && member.plan.reports) return &member;
    }
  }
  return nullptr;
}

}  // namespace

Result<std::vector<EndpointPlan>> PlanFromCsv(std::string_view endpoints,
                                              std::string_view behaviour,
                                              const std::set<std::string>& except) {
  std::map<std::string, WardPlan> wards;
  if (!behaviour.empty()) {
    const auto rows = ReadCsv(behaviour, "behaviour.csv");
    if (!rows) return std::unexpected(rows.error());
    for (const CsvRow& row : *rows) {
      if (Cell(row, "ward").empty())
        return Fail(Code::kInvalidArgument, "behaviour.csv: a line without a ward");
      auto ward = ReadWard(row);
      if (!ward) return std::unexpected(ward.error());
      wards[Cell(row, "ward")] = *ward;
    }
  }
  const auto rows = ReadCsv(endpoints, "endpoints.csv");
  if (!rows) return std::unexpected(rows.error());
  std::map<std::string, std::vector<Member>> by_ward;
  for (const CsvRow& row : *rows) {
    if (Cell(row, "id").empty())
      return Fail(Code::kInvalidArgument, "endpoints.csv: a line without an id");
    const std::string ward = Cell(row, "ward");
    const std::string endpoint_class = Cell(row, "class");
    by_ward[ward].push_back({{Cell(row, "id"), ward, endpoint_class != "BOARD", {}},
                             endpoint_class.empty() || endpoint_class == "STANDARD"});
  }
  std::vector<EndpointPlan> plans;
  for (auto& [ward, members] : by_ward) {
    const WardPlan plan = wards.contains(ward) ? wards[ward] : WardPlan();
    const auto off = std::min(members.size(), static_cast<std::size_t>(std::max(0, plan.off)));
    members.resize(members.size() - off);
    std::erase_if(members, [&](const Member& member) { return except.contains(member.plan.id); });
    const Member* answers = AnswersFor(members);
    for (std::size_t i = 0; i < members.size(); ++i) {
      EndpointPlan& member = members[i].plan;
      member.behaviour = plan.behaviour;
      if (i % 2 != 0) member.behaviour.seen_after.reset();
      if (&members[i] != answers) member.behaviour.answer_after.reset();
    }
    for (Member& member : members) plans.push_back(std::move(member.plan));
  }
  return plans;
}

std::vector<EndpointPlan> PlanOfCount(int count, const std::string& prefix,
                                      const std::set<std::string>& except) {
  std::vector<EndpointPlan> plans;
  for (int i = 1; i <= count; ++i) {
    EndpointPlan plan{prefix + std::to_string(i), "", true, {}};
    plan.behaviour.displayed_after = milliseconds(0);
    if (!except.contains(plan.id)) plans.push_back(std::move(plan));
  }
  return plans;
}

}  // namespace wardcast::light
