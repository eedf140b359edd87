#include "server/grpc/delivery_buffer.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tests/fixtures/hospital.h"

namespace wardcast {
namespace {

using std::chrono::milliseconds;

Delivery Of(int alerts) {
  Delivery delivery;
  for (int i = 0; i < alerts; ++i) {
    delivery.alerts.push_back(
        EncodeAlert(testing::Stored(testing::MakeAlert("A" + std::to_string(i), 2, {"4w"}))));
  }
  delivery.sequence = 2;
  delivery.server_time = testing::kMorning;
  return delivery;
}

std::vector<grpc::Slice> Slices(const grpc::ByteBuffer& message) {
  std::vector<grpc::Slice> slices;
  EXPECT_TRUE(message.Dump(&slices).ok());
  return slices;
}

std::string Bytes(const grpc::ByteBuffer& message) {
  std::string bytes;
  for (const grpc::Slice& slice : Slices(message))
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

TEST(DeliveryBuffer, TheSameForManyIsOnePieceThatAllShare) {
  DeliveryBuffer buffer;
  const Delivery delivery = Of(20);
  const std::string whole = Bytes(buffer.Of(delivery));
  v1::SubscribeResponse response;
  ASSERT_TRUE(response.ParseFromString(whole));
  EXPECT_EQ(response.alerts_size(), 20);
  const grpc::ByteBuffer second = buffer.Of(delivery);
  const grpc::ByteBuffer third = buffer.Of(delivery);
  EXPECT_EQ(Bytes(second), whole);
  ASSERT_EQ(Slices(second).size(), 1u);
  EXPECT_EQ(Slices(second)[0].begin(), Slices(third)[0].begin());
}

TEST(DeliveryBuffer, WhatDiffersIsMadeAnew) {
  DeliveryBuffer buffer;
  Delivery delivery = Of(2);
  const std::string first = Bytes(buffer.Of(delivery));
  buffer.Of(delivery);
  Delivery other = delivery;
  other.alerts.pop_back();
  EXPECT_LT(Bytes(buffer.Of(other)).size(), first.size());
  EXPECT_EQ(Bytes(buffer.Of(delivery)), first);
  for (Delivery changed : {delivery, delivery, delivery}) {
    changed.removed.emplace_back().set_alert_id("A9");
    v1::SubscribeResponse response;
    ASSERT_TRUE(response.ParseFromString(Bytes(buffer.Of(changed))));
    EXPECT_EQ(response.removed_size(), 1) << "what only one session is told is nobody else's";
  }
}

TEST(DeliveryBuffer, TheTimeIsNeverOlderThanAQuarterOfASecond) {
  DeliveryBuffer buffer;
  Delivery delivery = Of(1);
  const std::string first = Bytes(buffer.Of(delivery));
  delivery.server_time += milliseconds(249);
  EXPECT_EQ(Bytes(buffer.Of(delivery)), first);
  delivery.server_time += milliseconds(1);
  EXPECT_NE(Bytes(buffer.Of(delivery)), first);
}

}  // namespace
}  // namespace wardcast
