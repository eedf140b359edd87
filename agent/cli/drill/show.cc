#include <algorithm>
#include <cctype>
#include <cstdio>

#include "agent/cli/alerts/missed_words.h"
#include "agent/cli/drill/drill.h"
#include "agent/cli/drill/result.h"
#include "agent/cli/print.h"

namespace wardcast::cli {
namespace {

std::string ResultState(const WardResult& ward) {
  if (ward.real_problem) return "REAL PROBLEM";
  std::string word = v1::WardState::Value_Name(ward.state);
  std::ranges::transform(word, word.begin(), [](unsigned char c) { return std::tolower(c); });
  return word;
}

void PrintResult(const DrillResult& result) {
  std::printf("\n%s\n\n", ResultLine(result).c_str());
  std::vector<std::vector<std::string>> rows;
  rows.reserve(result.by_ward.size());
  for (const WardResult& ward : result.by_ward) {
    rows.push_back({ward.name, ResultState(ward),
                    std::to_string(ward.displayed) + "/" + std::to_string(ward.expected),
                    ward.answered_after ? SpanText(*ward.answered_after) : "", ward.answered_by});
  }
  PrintTable({"WARD", "STATE", "DISPLAYED", "ANSWERED AFTER", "BY"}, rows);
}

int Show(Session& session, const std::string& id) {
  auto stub = v1::AlertService::NewStub(session.channel());
  const auto drill = ReadDrill(session, *stub, id);
  if (!drill) return drill.error();
  if (session.json()) {
    PrintJson(*drill);
    return kOk;
  }
  PrintAlert(drill->alert());
  if (const std::string missed = MissedText(drill->alert()); !missed.empty())
    std::printf("\n%s", missed.c_str());
  PrintResult(ResultOf(drill->alert(), drill->progress()));
  return kOk;
}

}  // namespace

void AddDrillShow(CLI::App& drill, Run& chosen) {
  auto id = std::make_shared<std::string>();
  CLI::App* command = drill.add_subcommand("show", "Show one drill and how each ward did");
  command->add_option("drill", *id, "its id")->required();
  command->callback(
      [id, &chosen] { chosen = [id](Session& session) { return Show(session, *id); }; });
}

}  // namespace wardcast::cli
