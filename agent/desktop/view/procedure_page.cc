#include "agent/desktop/view/procedure_page.h"

#include "agent/desktop/view/lines.h"

namespace wardcast::agent {

std::string ProcedureText(const Procedure& procedure) {
  std::string text;
  std::size_t number = 0;
  for (const std::string& step : procedure.steps) {
    if (number == kMostSteps) {
      text += "…\n\n";
      break;
    }
    text += std::to_string(++number) + ".  " + Limited(step) + "\n\n";
  }
  text += Limited(procedure.approval);
  if (!procedure.review.empty()) text += "\n" + Limited(procedure.review);
  return text;
}

}  // namespace wardcast::agent
