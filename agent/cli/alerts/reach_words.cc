#include "agent/cli/alerts/reach_words.h"

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <vector>

#include "agent/cli/print.h"

namespace wardcast::cli {
namespace {

// "3 lost"; "" for none.
std::string Count(int count, const char* what) {
  return count == 0 ? "" : fmt::format(", {} {}", count, what);
}

const char* WhenWord(v1::Instruction::When::Value when) {
  using When = v1::Instruction::When;
  if (when == When::DO_NOT) return "do not";
  return when == When::BEFORE ? "before" : when == When::AFTER ? "afterwards" : "do now";
}

// The texts of a notice as wards would read them.
void PrintTexts(const v1::Alert& alert) {
  const auto print = [](const char* name, const std::string& text) {
    if (!text.empty()) std::printf("%-13s %s\n", name, Printable(text).c_str());
  };
  print("headline", alert.headline());
  print("impact", alert.impact());
  for (const std::string& text : alert.still_works()) print("still works", text);
  for (const v1::Instruction& step : alert.instructions())
    print(WhenWord(step.when()), step.text());
  print("reason", alert.reason());
  for (const std::string& text : alert.back_entry()) print("back-entry", text);
}

}  // namespace

std::string ReachLine(const v1::Reach& reach) {
  std::string line =
      fmt::format("{} {}", reach.wards_size(), reach.wards_size() == 1 ? "ward" : "wards");
  if (reach.closed_wards() > 0) line += fmt::format(", {} of them closed", reach.closed_wards());
  line += fmt::format(" · {} PCs: {} connected, {} not", reach.endpoints(), reach.connected(),
                      reach.not_connected());
  line += Count(reach.lost(), "lost") + Count(reach.off(), "off") + Count(reach.locked(), "locked");
  if (reach.boards() > 0) line += fmt::format(" · {} boards", reach.boards());
  if (reach.from_services()) line += " · the wards that depend on the services";
  return line;
}

void PrintPreview(const v1::PreviewAudienceResponse& preview) {
  std::printf("%s\n", ReachLine(preview.reach()).c_str());
  std::vector<std::vector<std::string>> rows;
  for (const v1::WardReach& ward : preview.reach().wards()) {
    rows.push_back(
        {ward.ward_id(), ward.name(), ward.site_id(), std::to_string(ward.endpoints()),
         std::to_string(ward.connected()), std::to_string(ward.notices_7d()),
         ward.has_closed_until() ? "closed until " + TimeText(ward.closed_until()) : "open"});
  }
  PrintTable({"ID", "WARD", "SITE", "PCS", "CONNECTED", "NOTICES IN 7 DAYS", "NOW"}, rows);
  if (preview.has_filled()) PrintTexts(preview.filled());
  if (preview.presentation() != v1::Presentation::UNSPECIFIED) {
    std::printf("Shown as %s.\n", v1::Presentation::Value_Name(preview.presentation()).c_str());
  }
  if (!preview.needs_approval().empty())
    std::printf("It would wait for an approver: %s\n", Printable(preview.needs_approval()).c_str());
  if (preview.needs_confirmed_reach()) {
    std::printf("It is wide: a person sends it with --reach %d.\n", preview.reach().endpoints());
  }
  for (const std::string& id : preview.reach().open_alert_ids())
    std::printf("There is an open notice on the same service: %s\n", Printable(id).c_str());
  std::fflush(stdout);
  PrintWarnings(preview.warnings());
}

void PrintWarnings(const google::protobuf::RepeatedPtrField<v1::Warning>& warnings) {
  for (const v1::Warning& warning : warnings) {
    std::fprintf(stderr, "warning: %s%s%s\n", Printable(warning.field()).c_str(),
                 warning.field().empty() ? "" : ": ", Printable(warning.message()).c_str());
  }
}

}  // namespace wardcast::cli
