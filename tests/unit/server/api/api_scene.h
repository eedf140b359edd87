// A real store with a small hospital, a hub that shows what is in it, and a journal: what handlers
// work with, without threads that a test would have to wait for (but the journal's).
#pragma once

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/proto_time.h"
#include "base/ulid.h"
#include "server/access/roles/role_sets.h"
#include "server/api/figures/expected_reader.h"
#include "server/api/figures/place_history.h"
#include "server/api/figures/progress_reader.h"
#include "server/api/method_table.h"
#include "server/feed/hub.h"
#include "server/journal/journal.h"
#include "server/store/open_store.h"
#include "tests/fixtures/hospital.h"
#include "tests/servers/temp_folder.h"

namespace wardcast::testing {

class ApiScene : public ::testing::Test {
 protected:
  ApiScene()
      : store_(OpenStore({.data_dir = folder_.path(), .clock = &clock_}, clock_.Now()).value()) {
    Import(SmallHospital());
    clock_.Advance(std::chrono::minutes(1));
  }

  // The hub has what the store has.
  void Sync() {
    const LogHead head = store_->Head().value();
    auto [content, sequence] = store_->LoadDirectory().value();
    hub_.Replace(HubState{.log = store_->identity(),
                          .directory = MakeDirectory(std::move(content), sequence),
                          .directory_sequence = sequence,
                          .alerts = store_->LoadCurrent(TimePoint{}).value(),
                          .answers = store_->LoadCurrentAnswers(TimePoint{}).value(),
                          .applied = head.sequence});
  }

  void Import(const DirectoryContent& content) {
    ASSERT_TRUE(store_->ReplaceDirectory(content, std::nullopt, clock_.Now()));
    Sync();
  }

  // Stores `alert` (a new one if it has no id) as it is now and returns its id.
  v1::Alert Put(v1::Alert alert) {
    std::vector<ExpectedWard> expected;
    for (const std::string& ward : alert.audience().wards())
      expected.push_back({.ward_id = ward, .endpoints = 0});
    *alert.mutable_changed_at()->mutable_at() = ToTimestamp(clock_.Now());
    AlertChange change{.caller = "test",
                       .method = "test",
                       .request_id = {},
                       .content_hash = {},
                       .alert_id = alert.id(),
                       .source_key = {},
                       .decide = [&](const v1::Alert*) -> Result<std::optional<AlertDecision>> {
                         return AlertDecision{.alert = alert, .expected = expected};
                       },
                       .now = clock_.Now()};
    auto changed = store_->Change(change, [](const v1::Alert& one) { return Stored(one).sealed; });
    EXPECT_TRUE(changed) << changed.error().message;
    Sync();
    return changed->stored.alert;
  }
  v1::Alert Publish(std::vector<std::string> wards) {
    v1::Alert alert = MakeAlert("", 0, std::move(wards));
    alert.clear_id();
    *alert.mutable_published_at()->mutable_at() = ToTimestamp(clock_.Now());
    return Put(std::move(alert));
  }

  // Somebody with every role.
  static IdentityPtr Somebody(const std::string& name) {
    return std::make_shared<const Identity>(
        Identity{.kind = Identity::Kind::kLoopback, .name = name, .grants = EveryGrant()});
  }

  static CallContext CallOf(const IdentityPtr& identity) {
    CallContext context{.caller = identity->name, .peer = "test:1"};
    context.identity = identity;
    return context;
  }

  std::vector<v1::WardAnswer> Answers(const v1::Alert& alert) {
    return store_->LoadAnswers(alert.id()).value();
  }
  WardCount Count(const v1::Alert& alert, const std::string& ward_id) {
    const auto counts = store_->LoadCounts(alert.id(), alert.round()).value();
    for (const WardCount& count : counts) {
      if (count.ward_id == ward_id) return count;
    }
    return {.ward_id = ward_id};
  }
  v1::AlertProgress Progress(const v1::Alert& alert) {
    auto progress = progress_.Read(alert.id());
    EXPECT_TRUE(progress) << progress.error().message;
    return progress.value_or(v1::AlertProgress());
  }

  TempFolder folder_;
  ManualClock clock_{kMorning};
  std::unique_ptr<Store> store_;
  std::unique_ptr<Bus> bus_ = MakeInProcessBus();
  Hub hub_{HubConfig{}, clock_};
  Journal journal_{JournalConfig{.broker_id = "broker-1"}, *store_, *bus_, clock_};
  PlaceHistory places_{*store_, clock_};
  ExpectedReader expected_{*store_, places_};
  // Asks the store each time.
  Connections connections_{*store_, hub_, "broker-1", clock_, std::chrono::milliseconds(0)};
  ProgressReader progress_{*store_, hub_, expected_, connections_, clock_};
};

}  // namespace wardcast::testing
