// Incidents with the real programs: killed without warning, everything arrives, once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <random>
#include <set>
#include <thread>

#include "tests/programs/hospital.h"

namespace wardcast::testing {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr int kLoad = 40;

// How often each endpoint received each alert in state ACTIVE, and how often something it held
// already.
struct Deliveries {
  std::map<std::pair<std::string, std::string>, int> active;
  int again = 0;
};

Deliveries Count(const std::vector<LedgerLine>& ledger) {
  Deliveries count;
  for (const LedgerLine& line : ledger) {
    if (line.state == "AGAIN") ++count.again;
    if (line.state == "ACTIVE") ++count.active[{line.endpoint, line.alert}];
  }
  return count;
}

int CountEvents(const std::vector<LedgerLine>& ledger, const std::string& event,
                const std::string& alert) {
  return static_cast<int>(std::ranges::count_if(
      ledger, [&](const LedgerLine& line) { return line.event == event && line.alert == alert; }));
}

bool AllHave(const Hospital& hospital, const std::set<std::string>& alerts) {
  return Count(hospital.Ledger("load")).active.size() == alerts.size() * kLoad;
}

std::size_t Lines(const std::string& text, const std::string& word) {
  std::size_t count = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

TEST(BrokerKilled, BetweenPublishAndDeliveryEverythingArrivesOnce) {
  Hospital hospital(kLoad);
  const auto load = hospital.StartLoad();
  const auto agent = hospital.StartAgent("4w-pc-01");
  ASSERT_TRUE(Eventually([&] {
    return Lines(hospital.Log("load"), std::to_string(kLoad) + " connected") > 0 &&
           Lines(hospital.Log("4w-pc-01"), "CONTACT yes") > 0;
  })) << hospital.Log("load");

  // 14:07:00.000 all PCs are busy; the notice is accepted, and in the same moment the broker is
  // gone.
  load->Signal(SIGSTOP);
  agent->Signal(SIGSTOP);
  const auto alert = hospital.Publish("Lab results are not reaching the EHR");
  ASSERT_TRUE(alert) << alert.error().message;
  hospital.KillBroker();
  load->Signal(SIGCONT);
  agent->Signal(SIGCONT);

  // 14:07:05 it is started again on the same disk.
  hospital.StartBroker();
  EXPECT_TRUE(Eventually([&] { return AllHave(hospital, {*alert}); })) << hospital.Log("load");
  EXPECT_TRUE(
      Eventually([&] { return CountEvents(hospital.Ledger("4w-pc-01"), "display", *alert) == 1; }));
  EXPECT_TRUE(Eventually([&] { return hospital.Progress(*alert).displayed() == kLoad + 1; }));
  const Deliveries count = Count(hospital.Ledger("load"));
  for (const auto& [who, times] : count.active) EXPECT_EQ(times, 1) << who.first;
  EXPECT_EQ(count.again, 0);
  EXPECT_EQ(CountEvents(hospital.Ledger("4w-pc-01"), "applied", *alert), 1);
  EXPECT_EQ(CountEvents(hospital.Ledger("4w-pc-01"), "call", *alert), 1);
}

TEST(BrokerKilled, AtRandomMomentsWhileNoticesAreSentNoAcceptedOneIsLostOrDoubled) {
  Hospital hospital(kLoad);
  const auto load = hospital.StartLoad();
  std::mt19937 random(7);
  std::set<std::string> accepted;
  for (int round = 0; round < 5; ++round) {
    std::atomic<bool> killed = false;
    std::thread killer([&, after = std::chrono::milliseconds(random() % 150)] {
      std::this_thread::sleep_for(after);
      hospital.broker_process().Signal(SIGKILL);
      killed = true;
    });
    for (int i = 0; !killed; ++i) {
      const auto alert =
          hospital.Publish("Notice " + std::to_string(round) + "." + std::to_string(i));
      if (alert) accepted.insert(*alert);
    }
    killer.join();
    hospital.KillBroker();
    hospital.StartBroker();
  }
  ASSERT_FALSE(accepted.empty());
  const auto have_all = [&] {
    const Deliveries count = Count(hospital.Ledger("load"));
    for (const std::string& alert : accepted) {
      for (int i = 1; i <= kLoad; ++i) {
        if (!count.active.contains({"load-" + std::to_string(i), alert})) return false;
      }
    }
    return true;
  };
  EXPECT_TRUE(Eventually(have_all, 60s)) << hospital.Log("load");
  const Deliveries count = Count(hospital.Ledger("load"));
  for (const auto& [who, times] : count.active)
    EXPECT_EQ(times, 1) << who.first << " " << who.second;
  EXPECT_EQ(count.again, 0);
}

TEST(BrokerKilled, WhatEndedDoesNotPopUpAgain) {
  Hospital hospital(kLoad);
  auto agent = hospital.StartAgent("4w-pc-01");
  const auto alert = hospital.Publish("Lab results are not reaching the EHR");
  ASSERT_TRUE(alert);
  ASSERT_TRUE(
      Eventually([&] { return CountEvents(hospital.Ledger("4w-pc-01"), "display", *alert) == 1; }));
  // 14:30 the PC is switched off; 15:10 all clear; 15:20 broker and PC start.
  agent->Signal(SIGKILL);
  agent->Wait(10s);
  ASSERT_TRUE(hospital.End(*alert));
  hospital.KillBroker();
  hospital.StartBroker();
  const std::size_t before = hospital.Ledger("4w-pc-01").size();
  agent = hospital.StartAgent("4w-pc-01");
  const auto closing_called = [&] {
    const auto ledger = hospital.Ledger("4w-pc-01");
    return std::any_of(
        ledger.begin() + static_cast<std::ptrdiff_t>(before), ledger.end(),
        [](const LedgerLine& line) { return line.event == "call" && line.state == "closing"; });
  };
  EXPECT_TRUE(Eventually(closing_called)) << "the all clear is told where the outage was displayed";
  // A PC that was never told of the outage is not told of its end.
  const auto late = hospital.StartAgent("icu-pc-01");
  ASSERT_TRUE(Eventually([&] { return Lines(hospital.Log("icu-pc-01"), "CONTACT yes") > 0; }));
  const auto second = hospital.Publish("Orders are slow");
  ASSERT_TRUE(second);
  ASSERT_TRUE(
      Eventually([&] { return CountEvents(hospital.Ledger("icu-pc-01"), "call", *second) == 1; }));
  EXPECT_EQ(CountEvents(hospital.Ledger("icu-pc-01"), "call", *alert), 0);
  const auto ledger = hospital.Ledger("4w-pc-01");
  EXPECT_FALSE(std::any_of(ledger.begin() + static_cast<std::ptrdiff_t>(before), ledger.end(),
                           [&](const LedgerLine& line) {
                             return line.event == "call" && line.alert == *alert &&
                                    line.state == "open";
                           }));
}

TEST(AgentKilled, BetweenPressAndConfirmationTheAnswerArrivesOnce) {
  Hospital hospital(1);
  auto agent = hospital.StartAgent("4w-pc-01");
  const auto alert = hospital.Publish("Lab results are not reaching the EHR");
  ASSERT_TRUE(alert);
  ASSERT_TRUE(
      Eventually([&] { return CountEvents(hospital.Ledger("4w-pc-01"), "display", *alert) == 1; }));
  agent->Signal(SIGTERM);
  ASSERT_EQ(agent->Wait(10s), 0);
  // The broker hangs. The PC comes up, shows the notice from its cache, somebody answers for the
  // ward, and the power fails.
  hospital.broker_process().Signal(SIGSTOP);
  agent = hospital.StartAgent("4w-pc-01", {"--auto-acknowledge", "PROCEDURE_STARTED"});
  ASSERT_TRUE(
      Eventually([&] { return CountEvents(hospital.Ledger("4w-pc-01"), "press", *alert) == 1; }));
  agent->Signal(SIGKILL);
  agent->Wait(10s);
  hospital.broker_process().Signal(SIGCONT);

  agent = hospital.StartAgent("4w-pc-01");
  EXPECT_TRUE(Eventually([&] { return hospital.Progress(*alert).wards_acknowledged() == 1; }));
  EXPECT_TRUE(
      Eventually([&] { return CountEvents(hospital.Ledger("4w-pc-01"), "recorded", *alert) > 0; }));
  const v1::AlertProgress progress = hospital.Progress(*alert);
  for (const v1::WardProgress& ward : progress.by_ward()) {
    if (ward.ward_id() == "4w") {
      EXPECT_EQ(ward.answers_size(), 1);
    }
  }
  // Answered is answered: attention is not called again.
  const auto ledger = hospital.Ledger("4w-pc-01");
  EXPECT_EQ(CountEvents(ledger, "call", *alert), 1);
}

TEST(AgentKilled, AtRandomMomentsEachNoticeIsAppliedAndAnAnswerCountsOnce) {
  Hospital hospital(1);
  std::mt19937 random(11);
  std::vector<std::string> alerts;
  for (int i = 0; i < 6; ++i) {
    auto agent = hospital.StartAgent("4w-pc-01", {"--auto-acknowledge", "NOT_AFFECTED"});
    const auto alert = hospital.Publish("Notice " + std::to_string(i));
    ASSERT_TRUE(alert);
    alerts.push_back(*alert);
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 600));
    agent->Signal(SIGKILL);
    agent->Wait(10s);
  }
  const auto agent = hospital.StartAgent("4w-pc-01", {"--auto-acknowledge", "NOT_AFFECTED"});
  for (const std::string& alert : alerts) {
    EXPECT_TRUE(Eventually([&] { return hospital.Progress(alert).wards_acknowledged() == 1; }));
    const v1::AlertProgress progress = hospital.Progress(alert);
    for (const v1::WardProgress& ward : progress.by_ward()) {
      if (ward.ward_id() == "4w") {
        EXPECT_EQ(ward.answers_size(), 1) << alert;
      }
    }
  }
}

TEST(AgentStarts, WithADamagedCacheSetAsideSaidAndAsking) {
  Hospital hospital(1);
  auto agent = hospital.StartAgent("4w-pc-01");
  const auto alert = hospital.Publish("Lab results are not reaching the EHR");
  ASSERT_TRUE(alert);
  ASSERT_TRUE(
      Eventually([&] { return CountEvents(hospital.Ledger("4w-pc-01"), "display", *alert) == 1; }));
  agent->Signal(SIGTERM);
  ASSERT_EQ(agent->Wait(10s), 0);
  std::ofstream(hospital.folder() / "4w-pc-01" / "cache.db", std::ios::trunc) << "rust";
  agent = hospital.StartAgent("4w-pc-01");
  EXPECT_TRUE(
      Eventually([&] { return CountEvents(hospital.Ledger("4w-pc-01"), "applied", *alert) == 2; }));
  EXPECT_THAT(hospital.Log("4w-pc-01"), HasSubstr("the cache is damaged"));
  int set_aside = 0;
  for (const auto& entry : fs::directory_iterator(hospital.folder() / "4w-pc-01"))
    set_aside += entry.path().filename().string().starts_with("cache.db.damaged-");
  EXPECT_EQ(set_aside, 1);
}

TEST(AgentStarts, WithoutABrokerSaysSoOnceAndKeepsTrying) {
  Hospital hospital(1);
  hospital.KillBroker();
  const auto agent = hospital.StartAgent("4w-pc-01");
  ASSERT_TRUE(
      Eventually([&] { return Lines(hospital.Log("4w-pc-01"), "no contact with broker") > 0; }));
  hospital.StartBroker();
  EXPECT_TRUE(Eventually([&] { return Lines(hospital.Log("4w-pc-01"), "CONTACT yes") == 1; }, 60s));
  EXPECT_EQ(Lines(hospital.Log("4w-pc-01"), "no contact with broker"), 1u);
  agent->Signal(SIGTERM);
  EXPECT_EQ(agent->Wait(10s), 0);
}

TEST(AgentStarts, NotWithAFolderThatCannotBeWritten) {
  Hospital hospital(1);
  std::ofstream(hospital.folder() / "icu-pc-01") << "a file where a folder should be";
  const auto agent = hospital.StartAgent("icu-pc-01");
  EXPECT_EQ(agent->Wait(10s), 3);
  EXPECT_THAT(hospital.Log("icu-pc-01"), HasSubstr("cannot start"));
  EXPECT_THAT(hospital.Log("icu-pc-01"), HasSubstr((hospital.folder() / "icu-pc-01").string()));
}

}  // namespace
}  // namespace wardcast::testing
