// The handlers of the map and the catalogue on a real store, with a hub that follows every entry.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "server/api/map/catalogue_handler.h"
#include "server/api/map/directory_handler.h"
#include "server/api/map/directory_writer.h"
#include "server/store/open_store.h"
#include "tests/fixtures/hospital.h"
#include "tests/servers/temp_folder.h"

namespace wardcast::testing {

class MapScene : public ::testing::Test {
 protected:
  MapScene() : store_(OpenStore({.data_dir = folder_.path()}, clock_.Now()).value()) {
    Follow();
    ear_ = bus_->Subscribe([this](Topic, std::int64_t) { Follow(); });
    context_.identity = std::make_shared<const Identity>(
        Identity{.kind = Identity::Kind::kLoopback, .name = "ann"});
  }

  // The hub has what the store has.
  void Follow() {
    auto [content, sequence] = store_->LoadDirectory().value();
    hub_.Replace(HubState{.log = store_->identity(),
                          .directory = MakeDirectory(std::move(content), sequence),
                          .directory_sequence = sequence,
                          .alerts = {},
                          .answers = {},
                          .applied = store_->Head()->sequence});
  }
  // What another broker, or a rule of placement, does meanwhile.
  void ChangeElsewhere() {
    auto [content, sequence] = store_->LoadDirectory().value();
    ASSERT_TRUE(store_->ReplaceDirectory(content, sequence, clock_.Now()));
  }
  DirectoryContent Stored() { return store_->LoadDirectory()->first; }
  Sequence Head() { return store_->Head()->sequence; }

  TempFolder folder_;
  ManualClock clock_{kMorning};
  std::unique_ptr<Store> store_;
  std::unique_ptr<Bus> bus_ = MakeInProcessBus();
  Hub hub_{HubConfig{}, clock_};
  Subscription ear_;
  DirectoryWriter writer_{*store_, *bus_, hub_, clock_};
  DirectoryHandler map_{hub_, writer_};
  CatalogueHandler catalogue_{hub_, writer_, clock_};
  CallContext context_;
};

}  // namespace wardcast::testing
