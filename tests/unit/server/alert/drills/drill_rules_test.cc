// What a drill may be, and what stops it.
#include "server/alert/drills/drill_rules.h"

#include <gmock/gmock.h>

#include <array>
#include <string>
#include <vector>

#include "server/alert/approval.h"
#include "server/alert/audience.h"
#include "server/alert/dose.h"
#include "server/alert/lifecycle.h"
#include "tests/unit/server/alert/notice.h"

namespace wardcast {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const TimePoint kRulesNow = At("2026-03-01T21:07:00Z");

v1::Alert Drill(const std::string& audience = R"({"sites":["main"]})") {
  v1::Alert drill = LabOutage();
  drill.set_status(v1::Status::EXERCISE);
  *drill.mutable_audience() = FromJson<v1::Audience>(audience);
  return drill;
}

v1::Alert Sent(const v1::Alert& written) {
  const auto alert = NewAlert(written, Hospital(), "training", kRulesNow);
  EXPECT_TRUE(alert) << alert.error().message;
  return *alert;
}

v1::Alert Real(const std::string& audience) {
  v1::Alert real = LabOutage();
  *real.mutable_audience() = FromJson<v1::Audience>(audience);
  return Sent(real);
}

std::vector<std::string> WardsOfAlert(const v1::Alert& alert) {
  std::vector<std::string> wards;
  for (const ResolvedAudience::Ward& ward : Resolve(alert.audience(), {}, Hospital()).wards)
    wards.push_back(ward.ward_id);
  return wards;
}

TEST(DrillRules, SpareClinicalEndpointsAndWardsThatHaveNoOthers) {
  EXPECT_THAT(WardsOfAlert(Real(R"({"sites":["main"]})")), UnorderedElementsAre("or", "4w", "lab"));
  const v1::Alert drill = Sent(Drill());
  EXPECT_THAT(drill.audience().exclude().classes(), ElementsAre(v1::EndpointClass::CLINICAL));
  EXPECT_THAT(WardsOfAlert(drill), ElementsAre("4w"));
  for (const v1::Endpoint* endpoint : Resolve(drill.audience(), {}, Hospital()).endpoints)
    EXPECT_NE(Hospital().ClassOf(*endpoint), v1::EndpointClass::CLINICAL) << endpoint->id();
  EXPECT_THAT(Real(R"({"wards":["or"]})").audience().exclude().classes(), IsEmpty());
}

TEST(DrillRules, SpareClinicalEndpointsInADraftAndAfterAnEditToo) {
  const v1::Alert draft = *DraftOf(Drill(), Hospital(), "training", kRulesNow);
  EXPECT_THAT(draft.audience().exclude().classes(), ElementsAre(v1::EndpointClass::CLINICAL));
  v1::UpdateAlertRequest edit;
  edit.mutable_alert()->mutable_audience()->set_everyone(true);
  for (const v1::Alert& current : {draft, Sent(Drill())}) {
    const auto edited = UpdatedAlert(current, edit, Hospital(), kRulesNow);
    ASSERT_TRUE(edited) << edited.error().message;
    EXPECT_THAT((*edited)->audience().exclude().classes(),
                ElementsAre(v1::EndpointClass::CLINICAL));
  }
}

TEST(DrillRules, TheSameAgainChangesNothing) {
  const v1::Alert drill = Sent(Drill());
  v1::UpdateAlertRequest again;
  *again.mutable_alert() = Drill();
  const auto updated = UpdatedAlert(drill, again, Hospital(), kRulesNow);
  ASSERT_TRUE(updated) << updated.error().message;
  EXPECT_FALSE(updated->has_value());
}

TEST(DrillRules, OfServicesAloneStayForTheirWards) {
  v1::Alert written = Drill();
  written.clear_audience();
  const v1::Alert drill = Sent(written);
  const auto audience = Resolve(drill.audience(), {"lab-results"}, Hospital());
  EXPECT_TRUE(audience.from_services);
  ASSERT_EQ(audience.wards.size(), 1u);
  EXPECT_EQ(audience.wards.front().ward_id, "4w");
}

TEST(DrillRules, ADrillIsADialogAtMost) {
  EXPECT_EQ(Sent(Drill()).presentation(), v1::Presentation::DIALOG);
  v1::Alert whole_screen = Drill();
  whole_screen.set_presentation(v1::Presentation::TAKEOVER);
  const auto refused =
      NewAlert(whole_screen, Hospital(), "training", kRulesNow, Takeover::kAllowed);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kInvalidArgument);
  EXPECT_EQ(refused.error().violations[0].field, "alert.presentation");
  EXPECT_THAT(refused.error().message, HasSubstr("a drill is at most a DIALOG"));
  EXPECT_FALSE(DraftOf(whole_screen, Hospital(), "training", kRulesNow));

  v1::UpdateAlertRequest edit;
  edit.mutable_alert()->set_presentation(v1::Presentation::TAKEOVER);
  EXPECT_FALSE(UpdatedAlert(Sent(Drill()), edit, Hospital(), kRulesNow, Takeover::kAllowed));
}

TEST(DrillRules, NothingMakesADrillRealOrAnAlertADrill) {
  v1::UpdateAlertRequest edit;
  edit.mutable_alert()->set_status(v1::Status::ACTUAL);
  EXPECT_FALSE(UpdatedAlert(Sent(Drill()), edit, Hospital(), kRulesNow));
  edit.mutable_alert()->set_status(v1::Status::EXERCISE);
  EXPECT_FALSE(UpdatedAlert(Real(R"({"wards":["4w"]})"), edit, Hospital(), kRulesNow));
  const v1::Alert draft = *DraftOf(Drill(), Hospital(), "training", kRulesNow);
  EXPECT_EQ(SentDraft(draft, Hospital(), kRulesNow)->status(), v1::Status::EXERCISE);
}

TEST(DrillRules, ADrillNeedsNoApprovalAndIsNoDose) {
  v1::Alert drill = Drill(R"({"everyone":true})");
  drill.set_kind(v1::Kind::EMERGENCY);
  const ResolvedAudience audience = Resolve(drill.audience(), {}, Hospital());
  EXPECT_EQ(NeedsApproval(drill, audience, Hospital(), true), "");
  drill.set_status(v1::Status::ACTUAL);
  EXPECT_NE(NeedsApproval(drill, audience, Hospital(), true), "");

  v1::Reach busy;
  busy.add_wards()->set_notices_7d(9);
  v1::Alert moderate = Drill();
  moderate.set_severity(v1::Severity::MODERATE);
  EXPECT_FALSE(DoseWarning(moderate, busy));
  moderate.set_status(v1::Status::ACTUAL);
  EXPECT_TRUE(DoseWarning(moderate, busy));
}

TEST(DrillRules, ARealGraveNoticeOnACommonWardStopsIt) {
  const v1::Alert drill = Sent(Drill(R"({"wards":["4w","n-2"]})"));
  EXPECT_TRUE(StopsDrill(Real(R"({"wards":["4w"]})"), drill, Hospital()));
  EXPECT_TRUE(StopsDrill(Real(R"({"everyone":true})"), drill, Hospital()));
  v1::Alert restored = Real(R"({"wards":["4w"]})");
  restored.set_state(v1::State::RECOVERING);
  EXPECT_TRUE(StopsDrill(restored, drill, Hospital())) << "its wards are still on paper";
}

TEST(DrillRules, NothingElseStopsIt) {
  const v1::Alert drill = Sent(Drill(R"({"wards":["4w","or"]})"));
  const v1::Alert real = Real(R"({"wards":["4w"]})");
  EXPECT_FALSE(StopsDrill(Real(R"({"wards":["n-2"]})"), drill, Hospital())) << "another ward";
  EXPECT_FALSE(StopsDrill(Real(R"({"wards":["or"]})"), drill, Hospital()))
      << "nobody there has the drill";
  EXPECT_FALSE(StopsDrill(drill, drill, Hospital())) << "another drill";
  EXPECT_FALSE(StopsDrill(real, real, Hospital())) << "what is real is no drill";
  v1::Alert other = real;
  other.set_severity(v1::Severity::MODERATE);
  EXPECT_FALSE(StopsDrill(other, drill, Hospital()));
  for (const auto state :
       {v1::State::DRAFT, v1::State::PENDING_APPROVAL, v1::State::SCHEDULED, v1::State::CLOSED}) {
    other = real;
    other.set_state(state);
    EXPECT_FALSE(StopsDrill(other, drill, Hospital())) << v1::State::Value_Name(state);
  }
}

TEST(DrillRules, TheOneThatStopsItIsFound) {
  const v1::Alert drill = Sent(Drill(R"({"wards":["4w"]})"));
  const v1::Alert elsewhere = Real(R"({"wards":["n-2"]})");
  const v1::Alert here = Real(R"({"wards":["4w"]})");
  const std::array<const v1::Alert*, 3> open{&drill, &elsewhere, &here};
  EXPECT_EQ(FindStopping(open, drill, Hospital()), &here);
  EXPECT_EQ(FindStopping(std::span(open).first(2), drill, Hospital()), nullptr);
  EXPECT_EQ(FindStopping(open, here, Hospital()), nullptr);
}

}  // namespace
}  // namespace wardcast
