// The bytes of both front doors mean the same message.
#include "server/feed/delivery.h"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <google/protobuf/util/time_util.h>
#include <gtest/gtest.h>

#include <string>

#include "base/proto_time.h"
#include "tests/fixtures/hospital.h"
#include "wardcast/v1/live.pb.h"

namespace wardcast {
namespace {

using google::protobuf::util::JsonStringToMessage;
using google::protobuf::util::MessageDifferencer;
using namespace testing;  // NOLINT(google-build-using-namespace): the fixtures

v1::Alert Awkward() {
  v1::Alert alert = MakeAlert("01JNA", 9'007'199'254'740'993, {"4w"});  // no double holds this
  alert.set_headline("„Überwachung“ \"aus\" \\ </script> \u2028 検査 بيانات");
  *alert.mutable_start()->mutable_at() = ToTimestamp(kMorning + std::chrono::milliseconds(7));
  alert.mutable_start()->set_zone("America/Denver");
  return alert;
}

Delivery Full() {
  Delivery delivery;
  delivery.alerts = {EncodeAlert(Stored(Awkward())),
                     EncodeAlert(Stored(Ended(MakeAlert("01JNB", 4, {}), 5, kMorning)))};
  v1::RemovedAlert& removed = delivery.removed.emplace_back();
  removed.set_alert_id("01JNC");
  removed.set_version(8);
  delivery.answers = {EncodeAnswer(MakeAnswer("01JNA", "4w", 3))};
  delivery.synced = true;
  delivery.sequence = 9'007'199'254'740'993;
  delivery.server_time = kMorning + std::chrono::milliseconds(123);
  delivery.settings_version = 2;
  delivery.procedures_version = 3;
  delivery.retry_after = std::chrono::milliseconds(1'500);
  delivery.log = {.log_id = kLog, .generation = 4};
  return delivery;
}

// What Full() shall say, without the alerts, which differ between the doors.
v1::SubscribeResponse Expected() {
  v1::SubscribeResponse response;
  v1::RemovedAlert& removed = *response.add_removed();
  removed.set_alert_id("01JNC");
  removed.set_version(8);
  *response.add_answers() = MakeAnswer("01JNA", "4w", 3);
  response.set_synced(true);
  response.set_sequence(9'007'199'254'740'993);
  *response.mutable_server_time() = ToTimestamp(kMorning + std::chrono::milliseconds(123));
  response.set_settings_version(2);
  response.set_procedures_version(3);
  *response.mutable_retry_after() = google::protobuf::util::TimeUtil::MillisecondsToDuration(1'500);
  response.set_log_id(kLog);
  response.set_generation(4);
  return response;
}

v1::SubscribeResponse ParseGrpc(const Delivery& delivery) {
  const GrpcMessage message = EncodeGrpc(delivery);
  std::string bytes;
  for (const auto& piece : message.shared) bytes += *piece;
  bytes += message.own;
  v1::SubscribeResponse response;
  EXPECT_TRUE(response.ParseFromString(bytes));
  return response;
}

v1::SubscribeResponse ParseJson(const Delivery& delivery) {
  const std::string text = EncodeJson(delivery);
  v1::ServerFrame frame;
  const auto status = JsonStringToMessage(text, &frame);
  EXPECT_TRUE(status.ok()) << status.ToString() << "\n" << text;
  EXPECT_TRUE(frame.has_subscribe()) << text;
  return frame.subscribe();
}

TEST(Delivery, GrpcPiecesJoinToOneMessageWithTheStoredBytes) {
  v1::SubscribeResponse response = ParseGrpc(Full());
  ASSERT_EQ(response.alerts_size(), 2);
  EXPECT_EQ(response.alerts(0).payload(), Awkward().SerializeAsString());
  EXPECT_EQ(response.alerts(0).signature(), std::string(64, 's'));
  EXPECT_EQ(response.alerts(0).key_id(), "0123456789abcdef");
  EXPECT_FALSE(response.alerts(0).has_alert());
  response.clear_alerts();
  EXPECT_TRUE(MessageDifferencer::Equals(response, Expected())) << response.DebugString();
}

TEST(Delivery, GrpcSharesTheFramesBytes) {
  const Delivery delivery = Full();
  const GrpcMessage message = EncodeGrpc(delivery);
  ASSERT_EQ(message.shared.size(), 3U);
  EXPECT_EQ(message.shared[0].get(), &delivery.alerts[0]->grpc);
  EXPECT_EQ(message.shared[2].get(), &delivery.answers[0]->grpc);
}

TEST(Delivery, JsonParsesBackToTheMessageWithTheAlertItself) {
  v1::SubscribeResponse response = ParseJson(Full());
  ASSERT_EQ(response.alerts_size(), 2);
  EXPECT_TRUE(MessageDifferencer::Equals(response.alerts(0).alert(), Awkward()));
  EXPECT_TRUE(response.alerts(0).payload().empty());
  response.clear_alerts();
  EXPECT_TRUE(MessageDifferencer::Equals(response, Expected())) << response.DebugString();
}

TEST(Delivery, JsonWritesLargeNumbersAsTextAndTimesAsRfc3339) {
  const std::string text = EncodeJson(Full());
  EXPECT_NE(text.find("\"version\":\"9007199254740993\""), std::string::npos) << text;
  EXPECT_NE(text.find("\"sequence\":\"9007199254740993\""), std::string::npos) << text;
  EXPECT_NE(text.find("\"serverTime\":\"2026-03-01T14:00:00.123Z\""), std::string::npos) << text;
  EXPECT_NE(text.find("\"retryAfter\":\"1.500s\""), std::string::npos) << text;
  EXPECT_EQ(text.find('\n'), std::string::npos);
}

TEST(Delivery, AHeartbeatIsSmallAndWhole) {
  Delivery delivery;
  delivery.server_time = kMorning;
  EXPECT_LT(EncodeJson(delivery).size(), 160U);
  EXPECT_TRUE(EncodeGrpc(delivery).shared.empty());
  EXPECT_LT(EncodeGrpc(delivery).own.size(), 16U);
  EXPECT_TRUE(MessageDifferencer::Equals(ParseGrpc(delivery), ParseJson(delivery)));
}

TEST(Delivery, EveryCombinationOfListsParses) {
  for (int mask = 0; mask < 8; ++mask) {
    Delivery delivery = Full();
    if (mask & 1) delivery.alerts.clear();
    if (mask & 2) delivery.answers.clear();
    if (mask & 4) {  // the short way
      delivery.removed.clear();
      delivery.retry_after.reset();
      delivery.log = {};
    }
    v1::SubscribeResponse json = ParseJson(delivery);
    v1::SubscribeResponse grpc = ParseGrpc(delivery);
    EXPECT_EQ(json.alerts_size(), grpc.alerts_size());
    json.clear_alerts();
    grpc.clear_alerts();
    EXPECT_TRUE(MessageDifferencer::Equals(json, grpc)) << mask;
  }
}

TEST(Delivery, ATimeThatJsonCannotSayCostsThisAlertOnly) {
  v1::Alert alert = MakeAlert("01JNX", 1, {});
  alert.mutable_start()->mutable_at()->set_seconds(400'000'000'000);  // the year 14645
  Delivery delivery = Full();
  delivery.alerts.insert(delivery.alerts.begin(), EncodeAlert(Stored(alert)));
  const v1::SubscribeResponse response = ParseJson(delivery);
  ASSERT_EQ(response.alerts_size(), 2);
  EXPECT_EQ(response.alerts(0).alert().id(), "01JNA");
}

TEST(Delivery, BoardsGetNeitherNotesNorNames) {
  const AnswerFramePtr frame = EncodeAnswerForBoard(MakeAnswer("01JNA", "4w", 3));
  EXPECT_EQ(frame->answer.note(), "");
  EXPECT_FALSE(frame->answer.has_person());
  EXPECT_EQ(frame->answer.response(), v1::Response::PROCEDURE_STARTED);
  EXPECT_EQ(frame->grpc.find("J.R."), std::string::npos);
  EXPECT_EQ(frame->json().find("paper"), std::string::npos);
}

}  // namespace
}  // namespace wardcast
