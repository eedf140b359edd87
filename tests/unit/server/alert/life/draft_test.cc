#include <gmock/gmock.h>

#include <string>

#include "server/alert/lifecycle.h"
#include "server/alert/zoned_time.h"
#include "tests/unit/server/alert/notice.h"

namespace wardcast {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

const TimePoint kDraftNow = At("2026-03-01T21:07:00Z");

v1::Alert Drafted(const std::string& json) {
  auto draft =
      DraftOf(FromJson<v1::Alert>(json), Hospital(), "apps", kDraftNow, "beyond its grant");
  EXPECT_TRUE(draft) << draft.error().message;
  draft->set_id("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  return *draft;
}

v1::Alert Waiting() {
  return AwaitingApproval(*NewAlert(LabOutage(), Hospital(), "apps", kDraftNow), "It is wide.",
                          kDraftNow);
}

Code Refused(const Result<std::optional<v1::Alert>>& result) {
  return result ? Code::kInternal : result.error().code;
}

TEST(Drafts, KeepWhatIsWrittenAndNothingElse) {
  const v1::Alert draft = Drafted(R"({"impact":"No results","start":{"local":"2026-03-02T02:00"},
                                      "audience":{"sites":["main"]}})");
  EXPECT_EQ(draft.state(), v1::State::DRAFT);
  EXPECT_EQ(draft.revision(), 1);
  EXPECT_EQ(draft.round(), 0);
  EXPECT_EQ(draft.held_because(), "beyond its grant");
  EXPECT_FALSE(draft.has_published_at());
  EXPECT_FALSE(draft.has_next_update());
  EXPECT_EQ(draft.severity(), v1::Severity::UNSPECIFIED);
  EXPECT_EQ(ClockText(draft.start()), "02:00");
}

TEST(Drafts, KeepTheLimits) {
  v1::Alert written;
  written.set_headline(std::string(91, 'x'));
  written.add_services("no-such");
  const auto refused = DraftOf(written, Hospital(), "apps", kDraftNow);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().violations.size(), 2u);
}

TEST(Drafts, AreSentWhole) {
  const v1::Alert draft = Drafted(R"({"impact":"No results"})");
  const auto incomplete = SentDraft(draft, Hospital(), kDraftNow);
  ASSERT_FALSE(incomplete);
  EXPECT_EQ(incomplete.error().code, Code::kInvalidArgument);

  v1::UpdateAlertRequest request;
  *request.mutable_alert() = LabOutage();
  const auto edited = UpdatedAlert(draft, request, Hospital(), kDraftNow + 1min);
  ASSERT_TRUE(edited && edited->has_value());
  EXPECT_EQ((*edited)->state(), v1::State::DRAFT);
  EXPECT_EQ((*edited)->revision(), 2);
  EXPECT_EQ((*edited)->round(), 0);
  const auto sent = SentDraft(**edited, Hospital(), kDraftNow + 2min);
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(sent->id(), draft.id());
  EXPECT_EQ(sent->state(), v1::State::ACTIVE);
  EXPECT_EQ(sent->revision(), 3);
  EXPECT_EQ(sent->round(), 1);
  EXPECT_EQ(sent->impact(), "No results");
  EXPECT_EQ(sent->held_because(), "");
  EXPECT_EQ(FromTimestamp(sent->published_at().at()), kDraftNow + 2min);
  EXPECT_FALSE(SentDraft(*sent, Hospital(), kDraftNow + 3min)) << "it is sent";
}

TEST(Approving, SendsWhatWaited) {
  const v1::Alert waiting = Waiting();
  EXPECT_EQ(waiting.state(), v1::State::PENDING_APPROVAL);
  EXPECT_EQ(waiting.round(), 0);
  EXPECT_TRUE(waiting.has_waiting_since());
  EXPECT_FALSE(waiting.has_published_at());
  EXPECT_EQ(Refused(ApprovedAlert(waiting, 0, Hospital(), kDraftNow)), Code::kAborted);
  EXPECT_EQ(Refused(ApprovedAlert(waiting, 7, Hospital(), kDraftNow)), Code::kAborted);
  const TimePoint much_later = kDraftNow + 2h;
  const auto approved = ApprovedAlert(waiting, 1, Hospital(), much_later);
  ASSERT_TRUE(approved && approved->has_value());
  EXPECT_EQ((*approved)->state(), v1::State::ACTIVE);
  EXPECT_EQ((*approved)->round(), 1);
  EXPECT_FALSE((*approved)->has_waiting_since());
  EXPECT_EQ((*approved)->held_because(), "");
  EXPECT_EQ(FromTimestamp((*approved)->next_update().at()), much_later + 30min)
      << "what was promised while nobody saw it is promised anew";
  EXPECT_FALSE(ApprovedAlert(**approved, 1, Hospital(), much_later)->has_value()) << "twice";
}

TEST(Approving, OfADraftIsRefused) {
  EXPECT_EQ(Refused(ApprovedAlert(Drafted("{}"), 1, Hospital(), kDraftNow)),
            Code::kFailedPrecondition);
}

TEST(Rejecting, ReturnsItToItsDraftWithTheReason) {
  EXPECT_EQ(Refused(RejectedAlert(Waiting(), " ", kDraftNow)), Code::kInvalidArgument);
  EXPECT_EQ(Refused(RejectedAlert(Waiting(), std::string(301, 'x'), kDraftNow)),
            Code::kInvalidArgument);
  const auto returned = RejectedAlert(Waiting(), "Name the wards", kDraftNow + 1min);
  ASSERT_TRUE(returned && returned->has_value());
  EXPECT_EQ((*returned)->state(), v1::State::DRAFT);
  EXPECT_EQ((*returned)->held_because(), "Name the wards");
  EXPECT_FALSE((*returned)->has_waiting_since());
  EXPECT_FALSE(RejectedAlert(**returned, "again", kDraftNow)->has_value());
  const auto sent = SentDraft(**returned, Hospital(), kDraftNow + 1h);
  ASSERT_TRUE(sent);
  EXPECT_EQ(FromTimestamp(sent->next_update().at()), kDraftNow + 1h + 30min);
  EXPECT_EQ(Refused(RejectedAlert(*sent, "late", kDraftNow)), Code::kFailedPrecondition);
}

TEST(Waiting, AnEditWaitsAnew) {
  const auto edited =
      UpdatedAlert(Waiting(), FromJson<v1::UpdateAlertRequest>(R"({"alert":{"severity":"MODERATE"},
                                                      "reAlert":"YES"})"),
                   Hospital(), kDraftNow + 5min);
  ASSERT_TRUE(edited && edited->has_value());
  EXPECT_EQ((*edited)->state(), v1::State::PENDING_APPROVAL);
  EXPECT_EQ((*edited)->round(), 0);
  EXPECT_EQ(FromTimestamp((*edited)->waiting_since().at()), kDraftNow + 5min);
}

TEST(Scheduled, WaitsForItsTimeAndGoesOutWhenThatIsTakenAway) {
  v1::Alert written = LabOutage();
  *written.mutable_send_at()->mutable_at() = ToTimestamp(kDraftNow + 10s);
  const auto alert = NewAlert(written, Hospital(), "apps", kDraftNow);
  ASSERT_TRUE(alert);
  EXPECT_EQ(alert->state(), v1::State::SCHEDULED);
  EXPECT_EQ(alert->round(), 0);
  EXPECT_FALSE(alert->has_published_at());
  EXPECT_EQ(FromTimestamp(alert->start().at()), kDraftNow + 10s);
  const auto now =
      UpdatedAlert(*alert, FromJson<v1::UpdateAlertRequest>(R"({"updateMask":"sendAt"})"),
                   Hospital(), kDraftNow + 5s);
  ASSERT_TRUE(now && now->has_value()) << now.error().message;
  EXPECT_EQ((*now)->state(), v1::State::ACTIVE);
  EXPECT_EQ((*now)->round(), 1);

  *written.mutable_send_at()->mutable_at() = ToTimestamp(kDraftNow);
  EXPECT_EQ(NewAlert(written, Hospital(), "apps", kDraftNow).error().violations[0].field,
            "alert.send_at");
  *written.mutable_send_at()->mutable_at() = ToTimestamp(kDraftNow + std::chrono::days(401));
  EXPECT_FALSE(NewAlert(written, Hospital(), "apps", kDraftNow));
}

TEST(NeverShown, IsRecalledWithoutATrace) {
  v1::Alert written = LabOutage();
  *written.mutable_send_at()->mutable_at() = ToTimestamp(kDraftNow + 10s);
  const v1::Alert scheduled = *NewAlert(written, Hospital(), "apps", kDraftNow);
  for (const v1::Alert& alert : {scheduled, Waiting(), Drafted("{}")}) {
    const auto recalled = RecalledAlert(alert, {}, Hospital(), kDraftNow + 5s);
    ASSERT_TRUE(recalled && recalled->has_value());
    EXPECT_EQ((*recalled)->state(), v1::State::CLOSED);
    EXPECT_EQ((*recalled)->closing(), v1::Closing::RECALLED);
    EXPECT_EQ((*recalled)->round(), 0);
    EXPECT_FALSE((*recalled)->has_strip_until());
    EXPECT_FALSE((*recalled)->has_waiting_since());
    EXPECT_EQ((*recalled)->held_because(), "");
    EXPECT_THAT((*recalled)->closing_text(), HasSubstr("not shown anywhere"));
    v1::EndAlertRequest all_clear;
    all_clear.set_all_clear(true);
    EXPECT_EQ(Refused(EndedAlert(alert, all_clear, Hospital(), kDraftNow)),
              Code::kFailedPrecondition);
  }
}

TEST(Takeover, IsThereWhereApproversAre) {
  v1::Alert written = LabOutage();
  written.set_presentation(v1::Presentation::TAKEOVER);
  EXPECT_EQ(NewAlert(written, Hospital(), "apps", kDraftNow).error().code,
            Code::kFailedPrecondition);
  EXPECT_TRUE(NewAlert(written, Hospital(), "apps", kDraftNow, Takeover::kAllowed));
}

}  // namespace
}  // namespace wardcast
