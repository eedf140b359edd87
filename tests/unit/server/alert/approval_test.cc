#include "server/alert/approval.h"

#include <gtest/gtest.h>

#include "tests/unit/server/alert/notice.h"

namespace wardcast {
namespace {

Directory WithTemplate() {
  DirectoryContent content = Hospital().content();
  v1::Template prepared;
  prepared.set_id("outage");
  content.templates.push_back(prepared);
  return Directory(std::move(content), 2);
}

bool Waits(const char* alert_json, bool approvers_named = true) {
  const Directory directory = WithTemplate();
  const auto alert = FromJson<v1::Alert>(alert_json);
  const auto audience =
      Resolve(alert.audience(), {alert.services().begin(), alert.services().end()}, directory);
  return !NeedsApproval(alert, audience, directory, approvers_named).empty();
}

TEST(Approval, IsForTakeoverEmergencyAndWideFreeText) {
  EXPECT_TRUE(Waits(R"({"presentation":"TAKEOVER","audience":{"wards":["4w"]}})"));
  EXPECT_TRUE(Waits(R"({"kind":"EMERGENCY","audience":{"wards":["4w"]}})"));
  EXPECT_TRUE(Waits(R"({"kind":"OUTAGE","audience":{"everyone":true}})"));
  EXPECT_TRUE(Waits(R"({"kind":"OUTAGE","audience":{"sites":["main"]}})")) << "3 of 4 wards";
  EXPECT_FALSE(Waits(R"({"kind":"OUTAGE","audience":{"wards":["4w","or"]}})")) << "2 of 4 wards";
}

TEST(Approval, AnOutageFromATemplateNeverWaits) {
  EXPECT_FALSE(Waits(R"({"kind":"OUTAGE","templateId":"outage","audience":{"everyone":true}})"));
  EXPECT_TRUE(Waits(R"({"kind":"OUTAGE","templateId":"made-up","audience":{"everyone":true}})"));
  EXPECT_TRUE(Waits(R"({"kind":"EMERGENCY","templateId":"outage","audience":{"everyone":true}})"));
}

TEST(Approval, NeedsSomebodyWhoApproves) {
  EXPECT_FALSE(Waits(R"({"kind":"EMERGENCY","audience":{"everyone":true}})", false));
}

}  // namespace
}  // namespace wardcast
