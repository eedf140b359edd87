// What the generator reads out of deliveries.
#include "tests/bench/load/wire/arrival.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "wardcast/v1/live.pb.h"

namespace wardcast::bench {
namespace {

v1::Alert AlertOf(const std::string& id, std::int64_t version, v1::State::Value state) {
  v1::Alert alert;
  alert.set_id(id);
  alert.set_log_id("log");
  alert.set_generation(3);
  alert.set_version(version);
  alert.set_state(state);
  alert.set_headline(R"(says "version":"77" and {"alert":{"id":"no")");
  return alert;
}

TEST(BenchArrival, IsReadFromBothDoors) {
  v1::ServerFrame frame;
  v1::SubscribeResponse sealed;
  for (const v1::Alert& alert :
       {AlertOf("A", 5, v1::State::ACTIVE), AlertOf("B", 6, v1::State::CLOSED)}) {
    sealed.add_alerts()->set_payload(alert.SerializeAsString());
    *frame.mutable_subscribe()->add_alerts()->mutable_alert() = alert;
  }
  sealed.set_synced(true);
  frame.mutable_subscribe()->set_synced(true);
  std::string json;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(frame, &json).ok());
  const std::string bytes = sealed.SerializeAsString();
  for (const bool as_json : {false, true}) {
    Arrival arrival;
    ASSERT_TRUE(as_json ? ReadJsonArrival(json, arrival) : ReadArrival(bytes, arrival));
    EXPECT_TRUE(arrival.synced);
    EXPECT_FALSE(arrival.goodbye);
    ASSERT_EQ(arrival.alerts.size(), 2u);
    EXPECT_EQ(arrival.alerts[0].id, "A");
    EXPECT_EQ(arrival.alerts[0].version, 5);
    EXPECT_FALSE(arrival.alerts[0].closed);
    EXPECT_EQ(arrival.alerts[1].version, 6);
    EXPECT_TRUE(arrival.alerts[1].closed);
  }
}

TEST(BenchArrival, GoodbyeAndErrorsAreNoticed) {
  Arrival arrival;
  EXPECT_TRUE(ReadJsonArrival(R"({"retryAfter":"1.000s"})", arrival));
  EXPECT_TRUE(arrival.goodbye);
  EXPECT_FALSE(ReadJsonArrival(R"({"error":{"code":"internal","message":"x"}})", arrival));
  v1::SubscribeResponse last;
  last.mutable_retry_after()->set_seconds(1);
  EXPECT_TRUE(ReadArrival(last.SerializeAsString(), arrival));
  EXPECT_TRUE(arrival.goodbye);
}

TEST(BenchArrival, ForeignBytesDoNoHarm) {
  std::mt19937 random(13);
  Arrival arrival;
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes(random() % 60, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random() % 40);
    (void)ReadArrival(bytes, arrival);
    (void)ReadJsonArrival(bytes, arrival);
  }
}

}  // namespace
}  // namespace wardcast::bench
