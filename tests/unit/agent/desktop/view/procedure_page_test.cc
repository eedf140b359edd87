#include "agent/desktop/view/procedure_page.h"

#include <gtest/gtest.h>

namespace wardcast::agent {
namespace {

TEST(ProcedurePage, NumbersTheStepsAndSaysWhoStandsForThem) {
  const Procedure procedure{.title = "Lab on paper",
                            .steps = {"Write on form LAB-7", "Send a runner"},
                            .approval = "Approved by M. Lee on 2025-06-01",
                            .review = "review overdue since 2026-06-01"};
  EXPECT_EQ(ProcedureText(procedure),
            "1.  Write on form LAB-7\n\n2.  Send a runner\n\n"
            "Approved by M. Lee on 2025-06-01\nreview overdue since 2026-06-01");
}

TEST(ProcedurePage, HasALimit) {
  const Procedure procedure{.title = "Endless",
                            .steps = std::vector<std::string>(kMostSteps + 1, "step"),
                            .approval = "Approved by M. Lee",
                            .review = ""};
  EXPECT_TRUE(ProcedureText(procedure).ends_with("100.  step\n\n…\n\nApproved by M. Lee"));
}

}  // namespace
}  // namespace wardcast::agent
