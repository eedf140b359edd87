// The truth of a hospital and its clock: a real store. Brokers come and go (broker_part.h).
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/signature.h"
#include "server/bus/bus.h"
#include "server/store/store.h"
#include "tests/fixtures/hospital.h"
#include "tests/fixtures/ward_pc.h"
#include "tests/servers/temp_folder.h"

namespace wardcast::testing {

// Waits up to 20 s for it.
bool Becomes(const std::function<bool()>& condition);

// Threads: one; the store from any.
struct House {
  // SmallHospital() is imported. Throws if a store cannot be made.
  House();

  // Closes the store and opens it again.
  void Reopen();

  // These commit behind every broker's back, and tell `bus` (nullptr: the wake-up is lost).
  v1::Alert Publish(Bus* bus, const std::string& headline, std::vector<std::string> wards);
  v1::Alert Change(Bus* bus, const v1::Alert& alert, const std::function<void(v1::Alert&)>& edit);
  v1::Alert End(Bus* bus, const v1::Alert& alert);
  void Move(Bus* bus, const std::string& endpoint_id, const std::string& ward_id);

  v1::SignedAlert Seal(const v1::Alert& alert) const { return key.Seal(alert); }

  ManualClock clock{kMorning};
  TempFolder folder;
  SigningKey key = SigningKey::Generate();
  DirectoryContent content = SmallHospital();
  std::unique_ptr<Store> store;

 private:
  v1::Alert Commit(Bus* bus, AlertChange change);
};

// Open alerts that an endpoint holds become these, by id and version.
using Held = std::map<std::string, Sequence>;
bool Gets(WardPc& pc, const Held& open);
Held VersionsOf(const std::vector<v1::Alert>& alerts);

}  // namespace wardcast::testing
