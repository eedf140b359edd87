#include "server/api/acknowledge_handler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/store/people/people_store.h"
#include "tests/unit/server/api/api_scene.h"

namespace wardcast {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class AcknowledgeHandlerTest : public testing::ApiScene {
 protected:
  v1::AcknowledgeAlertRequest Asked(const std::string& request_id = {}) {
    v1::AcknowledgeAlertRequest request;
    request.set_request_id(request_id);
    request.set_alert_id(alert_.id());
    request.set_ward_id("4w");
    request.set_response(v1::Response::PROCEDURE_STARTED);
    request.mutable_person()->set_initials("J.R.");
    return request;
  }
  Result<v1::AcknowledgeAlertResponse> Call(const v1::AcknowledgeAlertRequest& request,
                                            const std::string& caller = "desk") {
    auto answer = std::make_shared<std::promise<Result<v1::AcknowledgeAlertResponse>>>();
    auto future = answer->get_future();
    handler_.AcknowledgeAlert({.caller = caller, .peer = {}, .identity = Somebody(caller)}, request,
                              [answer](auto result) { answer->set_value(std::move(result)); });
    return future.get();
  }
  Code CodeOf(const v1::AcknowledgeAlertRequest& request) {
    const auto result = Call(request);
    return result ? Code::kInternal : result.error().code;
  }

  AuditLog audit_{AuditLogConfig{.broker_id = "broker-1"}, store_->people(), clock_};
  AcknowledgeHandler handler_{*store_, hub_, journal_, audit_, clock_};
  const v1::Alert alert_ = Publish({"4w", "icu"});
  const std::string id_ = NewUlid(clock_.Now());
};

TEST_F(AcknowledgeHandlerTest, ARetryRecordsNothingTwice) {
  const auto first = Call(Asked(id_));
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_TRUE(first->answer().from_outside());
  EXPECT_EQ(first->answer().by(), "command centre");
  clock_.Advance(std::chrono::minutes(1));
  const auto again = Call(Asked(id_));
  ASSERT_TRUE(again);
  EXPECT_EQ(FromTimestamp(again->answer().at()), FromTimestamp(first->answer().at()));
  EXPECT_THAT(Answers(alert_), SizeIs(1));
}

TEST_F(AcknowledgeHandlerTest, TheSameRequestIdWithOtherContentIsAnError) {
  ASSERT_TRUE(Call(Asked(id_)));
  auto other = Asked(id_);
  other.set_ward_id("icu");
  EXPECT_EQ(CodeOf(other), Code::kAlreadyExists);
  other = Asked(id_);
  other.set_note("spoke to the charge nurse");
  EXPECT_EQ(CodeOf(other), Code::kAlreadyExists);
  EXPECT_THAT(Answers(alert_), SizeIs(1));
}

TEST_F(AcknowledgeHandlerTest, TwoCallersMayChooseTheSameRequestId) {
  ASSERT_TRUE(Call(Asked(id_), "desk"));
  auto other = Asked(id_);
  other.set_ward_id("icu");
  ASSERT_TRUE(Call(other, "supervisor"));
  EXPECT_THAT(Answers(alert_), SizeIs(2));
}

TEST_F(AcknowledgeHandlerTest, AWardThatTheAlertNeverConcernedIsRefused) {
  auto request = Asked();
  request.set_ward_id("lab");
  EXPECT_EQ(CodeOf(request), Code::kInvalidArgument);
  request = Asked("not a ULID");
  EXPECT_EQ(CodeOf(request), Code::kInvalidArgument);
  request = Asked();
  request.set_round(2);
  EXPECT_EQ(CodeOf(request), Code::kInvalidArgument);
  request = Asked();
  request.set_alert_id("01JNEVER000000000000000000");
  EXPECT_EQ(CodeOf(request), Code::kNotFound);
}

TEST_F(AcknowledgeHandlerTest, ANoteThatLooksLikePatientDataTakesAReasonThatIsKept) {
  auto request = Asked(id_);
  request.set_note("spoke to J.R. about MRN 483920");
  const auto refused = Call(request);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(refused.error().message, HasSubstr("note looks like patient data"));
  EXPECT_THAT(refused.error().message, Not(HasSubstr("483920")));
  EXPECT_THAT(Answers(alert_), IsEmpty());

  request.set_patient_data_reason(std::string(1'000, 'x'));
  EXPECT_EQ(CodeOf(request), Code::kInvalidArgument);
  request.set_patient_data_reason("the number of a ticket");
  const auto answered = Call(request);
  ASSERT_TRUE(answered) << answered.error().message;
  EXPECT_EQ(answered->answer().note(), request.note());
  const auto trail = store_->people()->ReadAudit(TimePoint{}, "", false, 10).value();
  ASSERT_THAT(trail, SizeIs(1));
  EXPECT_EQ(trail[0].what(), "patient-data-reason");
  EXPECT_EQ(trail[0].who(), "desk");
  EXPECT_EQ(trail[0].subject(), alert_.id());
  EXPECT_EQ(trail[0].detail(), "the number of a ticket");
  EXPECT_TRUE(Call(request)) << "a retry";
  EXPECT_THAT(Answers(alert_), SizeIs(1));
}

TEST_F(AcknowledgeHandlerTest, ARealProblemIsTakenForADrillOnly) {
  auto request = Asked();
  request.set_response(v1::Response::REAL_PROBLEM);
  EXPECT_EQ(CodeOf(request), Code::kInvalidArgument);
  v1::Alert drill = alert_;
  drill.set_status(v1::Status::EXERCISE);
  Put(drill);
  EXPECT_TRUE(Call(request));
  Sync();
  EXPECT_EQ(Progress(drill).wards_help(), 1);
  ASSERT_TRUE(Call(Asked())) << "somebody has spoken to the ward";
  Sync();
  EXPECT_EQ(Progress(drill).wards_help(), 0);
}

}  // namespace
}  // namespace wardcast
