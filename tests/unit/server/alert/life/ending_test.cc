#include <gmock/gmock.h>

#include <string>

#include "base/proto_time.h"
#include "server/alert/cleared.h"
#include "server/alert/lifecycle.h"
#include "tests/unit/server/alert/notice.h"

namespace wardcast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

const TimePoint kEndingNow = At("2026-03-01T21:07:00Z");

v1::Alert TwoServices() {
  const auto alert = NewAlert(FromJson<v1::Alert>(R"({"kind":"OUTAGE","severity":"SEVERE",
          "headline":"Down","services":["ehr","fax"],"audience":{"everyone":true}})"),
                              Hospital(), "apps", kEndingNow);
  EXPECT_TRUE(alert) << alert.error().message;
  return *alert;
}

Result<std::optional<v1::Alert>> Clear(const v1::Alert& alert, const std::string& json) {
  auto request = FromJson<v1::EndAlertRequest>(json);
  request.set_all_clear(true);
  return EndedAlert(alert, request, Hospital(), kEndingNow + 1h);
}

v1::Alert Cleared(const v1::Alert& alert, const std::string& json) {
  const auto after = Clear(alert, json);
  EXPECT_TRUE(after) << after.error().message;
  EXPECT_TRUE(after->has_value());
  return **after;
}

TEST(PartlyClear, LeavesTheRestDown) {
  const v1::Alert after = Cleared(TwoServices(), R"({"services":["fax"]})");
  EXPECT_EQ(after.state(), v1::State::ACTIVE);
  EXPECT_EQ(after.round(), 2);
  EXPECT_EQ(after.occasion(), v1::Occasion::PARTLY_CLEAR);
  EXPECT_EQ(after.services_size(), 2) << "wards that only had the fax see its all clear";
  ASSERT_EQ(after.cleared_size(), 1);
  EXPECT_THAT(after.cleared(0).service_names(), ElementsAre("Fax"));
  EXPECT_EQ(after.cleared(0).text(), "ALL CLEAR 15:07 MST. Fax: working again. Still down: EHR.");
  EXPECT_EQ(after.what_changed(), after.cleared(0).text());
  EXPECT_THAT(ServicesDown(after), ElementsAre("ehr"));
  EXPECT_FALSE(Clear(after, R"({"services":["fax"]})")->has_value()) << "it is so already";
}

TEST(PartlyClear, OfASiteLeavesTheOthers) {
  const v1::Alert after = Cleared(TwoServices(), R"({"sites":["north"]})");
  EXPECT_TRUE(IsCleared(after, "ehr", "north"));
  EXPECT_FALSE(IsCleared(after, "ehr", "main"));
  EXPECT_THAT(ServicesDown(after), ElementsAre("ehr", "fax"));
  EXPECT_THAT(ServicesDown(after, {"north"}), IsEmpty());
  EXPECT_THAT(after.cleared(0).text(), testing::HasSubstr("working again at North"));
}

TEST(PartlyClear, AndRestoredAreNewsSoThatAPromiseThatIsOverIsMadeAnew) {
  v1::Alert late = TwoServices();
  late.set_missed_updates(1);
  const TimePoint in_half_an_hour = kEndingNow + 1h + 30min;
  const v1::Alert part = Cleared(late, R"({"services":["fax"]})");
  EXPECT_EQ(FromTimestamp(part.next_update().at()), in_half_an_hour);
  EXPECT_EQ(part.missed_updates(), 0);
  const auto restored =
      EndedAlert(late, FromJson<v1::EndAlertRequest>("{}"), Hospital(), kEndingNow + 1h);
  ASSERT_TRUE(restored && restored->has_value());
  EXPECT_EQ(FromTimestamp((*restored)->next_update().at()), in_half_an_hour);
  EXPECT_EQ((*restored)->missed_updates(), 0);
  const auto early =
      EndedAlert(late, FromJson<v1::EndAlertRequest>("{}"), Hospital(), kEndingNow + 10min);
  ASSERT_TRUE(early && early->has_value());
  EXPECT_EQ(FromTimestamp((*early)->next_update().at()), kEndingNow + 30min) << "it stands";
}

TEST(PartlyClear, OfTheLastPartEndsTheWhole) {
  const v1::Alert one = Cleared(TwoServices(), R"({"services":["fax"]})");
  const v1::Alert two = Cleared(one, R"({"services":["ehr"],"sites":["north"]})");
  EXPECT_EQ(two.state(), v1::State::ACTIVE);
  const v1::Alert three = Cleared(two, R"({"services":["ehr"],"sites":["main"]})");
  EXPECT_EQ(three.state(), v1::State::CLOSED);
  EXPECT_EQ(three.closing(), v1::Closing::ENDED);
  EXPECT_EQ(three.phase(), v1::Phase::ALL_CLEAR);
  EXPECT_EQ(Cleared(TwoServices(), R"({"services":["fax","ehr"]})").state(), v1::State::CLOSED);
}

TEST(PartlyClear, TakesOnlyWhatTheNoticeIsAbout) {
  EXPECT_EQ(Clear(TwoServices(), R"({"services":["network"]})").error().violations[0].field,
            "services[0]");
  const v1::Alert main_only = *NewAlert(LabOutage(), Hospital(), "x", kEndingNow);
  EXPECT_EQ(Clear(main_only, R"({"sites":["north"]})").error().violations[0].field, "sites[0]");
  v1::EndAlertRequest restored;
  restored.add_services("fax");
  EXPECT_EQ(EndedAlert(TwoServices(), restored, Hospital(), kEndingNow).error().violations[0].field,
            "all_clear");
}

TEST(PartlyClear, ForgetsServicesThatAreTakenOut) {
  const v1::Alert part = Cleared(TwoServices(), R"({"services":["fax"]})");
  v1::UpdateAlertRequest request;
  request.mutable_alert()->add_services("ehr");
  const auto updated = UpdatedAlert(part, request, Hospital(), kEndingNow + 2h);
  ASSERT_TRUE(updated && updated->has_value());
  EXPECT_EQ((*updated)->cleared_size(), 0);
}

TEST(Strip, StaysAsLongAsThereIsSomethingToEnter) {
  const TimePoint end = kEndingNow + 1h;
  EXPECT_EQ(FromTimestamp(Cleared(TwoServices(), "{}").strip_until()), end + 4h);
  EXPECT_EQ(FromTimestamp(Cleared(TwoServices(), R"({"backEntry":["Orders"]})").strip_until()),
            end + 48h);
  const auto recalled = RecalledAlert(TwoServices(), {}, Hospital(), end);
  EXPECT_EQ(FromTimestamp((*recalled)->strip_until()), end + 12h);
}

}  // namespace
}  // namespace wardcast
