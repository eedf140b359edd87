// A hospital's brokers on one store and one bus, without transports: what happens between
// publishing and an endpoint's disk.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/signature.h"
#include "server/bus/bus.h"
#include "server/feed/feed.h"
#include "server/store/open_store.h"
#include "tests/fixtures/hospital.h"
#include "tests/fixtures/ward_pc.h"
#include "tests/servers/temp_folder.h"

namespace wardcast::testing {

// Waits up to 20 s for it.
bool Becomes(const std::function<bool()>& condition);

// One broker's share: its bus, hub and feed.
struct House;
struct BrokerPart {
  // Starts at once.
  BrokerPart(House& house, std::unique_ptr<Bus> its_bus, std::chrono::milliseconds ask_every);

  std::unique_ptr<Bus> bus;
  Hub hub;
  Feed feed;
};

// The truth and its clock; brokers come and go.
struct House {
  House();

  // Commits, and tells `bus` (nullptr: the wake-up is lost).
  v1::Alert Publish(Bus* bus, const std::string& headline, std::vector<std::string> wards);
  v1::Alert Change(Bus* bus, const v1::Alert& alert, const std::function<void(v1::Alert&)>& edit);
  v1::Alert End(Bus* bus, const v1::Alert& alert);
  void Move(Bus* bus, const std::string& endpoint_id, const std::string& ward_id);

  ManualClock clock{kMorning};
  TempFolder folder;
  SigningKey key = SigningKey::Generate();
  DirectoryContent content = SmallHospital();
  std::unique_ptr<Store> store;

 private:
  v1::Alert Commit(Bus* bus, AlertChange change);
};

// Open alerts that it holds become these, by id and version.
using Held = std::map<std::string, Sequence>;
bool Gets(WardPc& pc, const Held& open);
Held VersionsOf(const std::vector<v1::Alert>& alerts);

// A bus that loses what it is told to lose.
class LossyBus final : public Bus {
 public:
  void Publish(Topic topic, std::int64_t number) noexcept override {
    if (!deaf) inner_->Publish(topic, number);
  }
  Subscription Subscribe(std::function<void(Topic, std::int64_t)> heard) override {
    return inner_->Subscribe(std::move(heard));
  }
  BusHealth Health() const override { return inner_->Health(); }

  std::atomic<bool> deaf = false;

 private:
  const std::unique_ptr<Bus> inner_ = MakeInProcessBus();
};

}  // namespace wardcast::testing
