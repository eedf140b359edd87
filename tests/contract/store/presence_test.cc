// Which endpoint was last seen at which broker.
#include "server/store/presence.h"

#include <gmock/gmock.h>

#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

PresenceRow Connected(const std::string& id, TimePoint at, int sessions = 1) {
  PresenceRow row;
  row.endpoint_id = id;
  row.connected_at = at;
  row.sessions = sessions;
  row.agent_version = "0.1.0";
  row.os = "Debian 12";
  row.host = id + ".ward.example";
  row.serial = "S-" + id;
  row.screens = 2;
  row.clock_skew = std::chrono::milliseconds(-3'600'000);
  return row;
}

PresenceBatch At(const std::string& broker, TimePoint now, std::vector<PresenceRow> rows = {}) {
  return {.broker_id = broker, .started = false, .rows = std::move(rows), .now = now};
}

TEST_P(StoreContract, PresenceComesBackAsItWasWritten) {
  EXPECT_THAT(store_->LoadPresence().value(), IsEmpty());
  ASSERT_TRUE(store_->PutPresence(At("east", kStart, {Connected("pc2", kStart, 2)})));
  ASSERT_TRUE(store_->PutPresence(At("east", kStart + seconds(2), {Connected("pc1", kStart)})));
  Reopen();
  const auto rows = store_->LoadPresence();
  ASSERT_TRUE(rows) << rows.error().message;
  ASSERT_EQ(rows->size(), 2u);
  const PresenceRow& row = rows->back();
  EXPECT_EQ(row.endpoint_id, "pc2");
  EXPECT_EQ(row.broker_id, "east");
  EXPECT_EQ(row.connected_at, kStart);
  EXPECT_EQ(row.gone_at, TimePoint{});
  EXPECT_EQ(row.sessions, 2);
  EXPECT_EQ(row.agent_version, "0.1.0");
  EXPECT_EQ(row.os, "Debian 12");
  EXPECT_EQ(row.host, "pc2.ward.example");
  EXPECT_EQ(row.serial, "S-pc2");
  EXPECT_EQ(row.screens, 2);
  EXPECT_EQ(row.clock_skew, std::chrono::hours(-1));
  // A sign of life of the broker is one of its endpoints.
  EXPECT_EQ(row.broker_seen_at, kStart + seconds(2));
}

TEST_P(StoreContract, AGoodbyeIsKeptUntilTheEndpointIsBack) {
  PresenceRow gone = Connected("pc1", kStart, 0);
  gone.gone_at = kStart + seconds(9);
  gone.goodbye = true;
  ASSERT_TRUE(store_->PutPresence(At("east", kStart, {Connected("pc1", kStart)})));
  EXPECT_FALSE(store_->LoadPresence()->front().goodbye);
  ASSERT_TRUE(store_->PutPresence(At("east", kStart + seconds(9), {gone})));
  Reopen();
  EXPECT_TRUE(store_->LoadPresence()->front().goodbye);
  const TimePoint back = kStart + seconds(20);
  ASSERT_TRUE(store_->PutPresence(At("east", back, {Connected("pc1", back)})));
  EXPECT_FALSE(store_->LoadPresence()->front().goodbye);
}

TEST_P(StoreContract, WhatAnEndpointSaysOfItsScreenIsKept) {
  PresenceRow row = Connected("pc1", kStart);
  ASSERT_TRUE(store_->PutPresence(At("east", kStart, {row})));
  EXPECT_EQ(store_->LoadPresence()->front().screen_state, v1::ScreenState::UNSPECIFIED);
  for (const auto state :
       {v1::ScreenState::LOCKED, v1::ScreenState::NOBODY, v1::ScreenState::UNLOCKED}) {
    row.screen_state = state;
    ASSERT_TRUE(store_->PutPresence(At("east", kStart, {row})));
    Reopen();
    EXPECT_EQ(store_->LoadPresence()->front().screen_state, state);
  }
}

TEST_P(StoreContract, AStateOfTheScreenThatANewerBrokerWroteIsNotSaid) {
  PresenceRow row = Connected("pc1", kStart);
  row.screen_state = v1::ScreenState::LOCKED;
  ASSERT_TRUE(store_->PutPresence(At("east", kStart, {row})));
  Tamper("UPDATE presence SET screen_state = 77");
  Reopen();
  EXPECT_EQ(store_->LoadPresence()->front().screen_state, v1::ScreenState::UNSPECIFIED);
}

TEST_P(StoreContract, BrokersWriteTheirOwnRowsOnly) {
  ASSERT_TRUE(store_->PutPresence(At("east", kStart, {Connected("pc1", kStart)})));
  ASSERT_TRUE(store_->PutPresence(
      At("west", kStart + seconds(5), {Connected("pc1", kStart + seconds(5))})));
  // East hears of the end of its session after west has begun one.
  PresenceRow gone = Connected("pc1", kStart, 0);
  gone.gone_at = kStart + seconds(9);
  ASSERT_TRUE(store_->PutPresence(At("east", kStart + seconds(9), {gone})));
  const auto rows = store_->LoadPresence();
  ASSERT_EQ(rows->size(), 2u);
  EXPECT_EQ(rows->front().broker_id, "east");
  EXPECT_EQ(rows->front().gone_at, kStart + seconds(9));
  EXPECT_EQ(rows->back().broker_id, "west");
  EXPECT_EQ(rows->back().gone_at, TimePoint{});
}

TEST_P(StoreContract, ConnectedElsewhereIsWhatLivingOtherBrokersSay) {
  const auto elsewhere = [&](const std::string& own, TimePoint alive_since) {
    return store_->LoadConnectedElsewhere(own, alive_since).value();
  };
  EXPECT_THAT(elsewhere("east", kStart), IsEmpty());
  ASSERT_TRUE(store_->PutPresence(At("east", kStart, {Connected("pc1", kStart)})));
  EXPECT_THAT(elsewhere("east", kStart), IsEmpty());
  PresenceRow gone = Connected("pc3", kStart, 0);
  gone.gone_at = kStart + seconds(1);
  ASSERT_TRUE(
      store_->PutPresence(At("west", kStart + seconds(5), {Connected("pc2", kStart), gone})));
  EXPECT_THAT(elsewhere("east", kStart), ElementsAre("pc2"));
  EXPECT_THAT(elsewhere("west", kStart), ElementsAre("pc1"));
  // West is silent for longer than that.
  EXPECT_THAT(elsewhere("east", kStart + seconds(6)), IsEmpty());
}

TEST_P(StoreContract, WhatABrokerLeftConnectedIsGoneSinceItsLastSignOfLife) {
  ASSERT_TRUE(store_->PutPresence(
      At("east", kStart, {Connected("pc1", kStart), Connected("pc2", kStart)})));
  ASSERT_TRUE(store_->PutPresence(At("west", kStart, {Connected("pc3", kStart)})));
  ASSERT_TRUE(store_->PutPresence(At("east", kStart + seconds(20))));
  PresenceBatch again = At("east", kStart + seconds(90), {Connected("pc2", kStart + seconds(90))});
  again.started = true;
  ASSERT_TRUE(store_->PutPresence(again));
  const auto rows = store_->LoadPresence();
  ASSERT_EQ(rows->size(), 3u);
  EXPECT_EQ((*rows)[0].gone_at, kStart + seconds(20));
  EXPECT_EQ((*rows)[0].sessions, 0);
  EXPECT_EQ((*rows)[1].gone_at, TimePoint{});
  EXPECT_EQ((*rows)[2].gone_at, TimePoint{});  // of the other broker
}

TEST_P(StoreContract, WordsOfAnEndpointAreMadeToFit) {
  PresenceRow row = Connected("pc1", kStart);
  row.os = std::string("Win\0dows", 8);
  row.agent_version = std::string(199, 'x') + "äöü";
  row.serial = "\xff\xfe\xfd\xfc\xfb\xfa";
  PresenceRow nameless = Connected(std::string("p\0c", 3), kStart);
  ASSERT_TRUE(store_->PutPresence(At("east", kStart, {row, nameless})));
  const auto rows = store_->LoadPresence();
  ASSERT_EQ(rows->size(), 1u);
  EXPECT_EQ(rows->front().os, "Windows");
  EXPECT_EQ(rows->front().agent_version, std::string(199, 'x'));
  EXPECT_EQ(rows->front().serial, "");
}

TEST_P(StoreContract, ManyEndpointsAreOneStatement) {
  std::vector<PresenceRow> rows;
  rows.reserve(10'000);
  for (int i = 0; i < 10'000; ++i) rows.push_back(Connected("pc-" + std::to_string(i), kStart));
  ASSERT_TRUE(store_->PutPresence(At("east", kStart, rows)));
  EXPECT_EQ(store_->LoadPresence()->size(), 10'000u);
}

}  // namespace
}  // namespace wardcast
