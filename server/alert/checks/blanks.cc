#include "server/alert/checks/blanks.h"

#include <array>
#include <string>
#include <string_view>

namespace wardcast {
namespace {

constexpr std::array<std::string_view, 4> kBlanks{"{service}", "{start}", "{end}", "{next}"};

void CheckBlanksIn(const std::string& field, const std::string& text,
                   std::vector<FieldViolation>& violations) {
  for (const std::string_view blank : kBlanks) {
    if (text.find(blank) == std::string::npos) continue;
    violations.push_back({field, "still has the blank " + std::string(blank) +
                                     ": write what belongs there, or take it out"});
    return;
  }
}

}  // namespace

void CheckBlanks(const v1::Alert& alert, std::vector<FieldViolation>& violations) {
  const auto check_all = [&](const std::string& field, const auto& lines) {
    for (int i = 0; i < lines.size(); ++i)
      CheckBlanksIn(field + "[" + std::to_string(i) + "]", lines[i], violations);
  };
  CheckBlanksIn("alert.headline", alert.headline(), violations);
  CheckBlanksIn("alert.impact", alert.impact(), violations);
  CheckBlanksIn("alert.reason", alert.reason(), violations);
  check_all("alert.still_works", alert.still_works());
  check_all("alert.back_entry", alert.back_entry());
  for (int i = 0; i < alert.instructions_size(); ++i) {
    CheckBlanksIn("alert.instructions[" + std::to_string(i) + "].text",
                  alert.instructions(i).text(), violations);
  }
}

}  // namespace wardcast
