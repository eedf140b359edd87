// A hub with the small hospital, an endpoint's clock and nothing published yet.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "server/feed/hub.h"
#include "tests/fixtures/hospital.h"
#include "tests/fixtures/ward_pc.h"

namespace wardcast {

class FeedScene : public ::testing::Test {
 protected:
  FeedScene() {
    hub_.Replace({.log = {.log_id = testing::kLog, .generation = 1},
                  .directory = testing::MakeDirectory(testing::SmallHospital(), 1),
                  .directory_sequence = 1,
                  .alerts = {},
                  .answers = {},
                  .applied = 1});
  }

  // Commits and applies; the version is the next sequence.
  v1::Alert Publish(const std::string& id, std::vector<std::string> wards) {
    return Apply(testing::MakeAlert(id, 0, std::move(wards)));
  }
  v1::Alert End(const v1::Alert& alert) { return Apply(testing::Ended(alert, 0, clock_.Now())); }
  v1::Alert Apply(v1::Alert alert) {
    alert.set_version(++sequence_);
    hub_.SetAlert(testing::Stored(alert));
    hub_.Advance(sequence_);
    return alert;
  }
  void Move(const std::string& endpoint_id, const std::string& ward_id) {
    content_ = testing::Moved(content_, endpoint_id, ward_id);
    ++sequence_;
    hub_.SetDirectory(testing::MakeDirectory(content_, sequence_), sequence_);
    hub_.Advance(sequence_);
  }
  void Answer(const std::string& alert_id, const std::string& ward_id) {
    hub_.AddAnswers({testing::MakeAnswer(alert_id, ward_id, ++journal_)});
  }
  void Wait(std::chrono::milliseconds time) {
    clock_.Advance(time);
    hub_.Tick(clock_.Now());
  }

  ManualClock clock_{testing::kMorning};
  Hub hub_{HubConfig{}, clock_};
  Sequence sequence_ = 1;
  JournalVersion journal_ = 0;
  DirectoryContent content_ = testing::SmallHospital();
};

// Connected, with everything taken.
inline void Settle(testing::WardPc& pc, Hub& hub) {
  const auto connected = pc.Connect(hub);
  ASSERT_TRUE(connected) << connected.error().message;
  ASSERT_GE(pc.TakeAll(), 1);
  ASSERT_TRUE(pc.synced());
}

using Holds = std::map<std::string, Sequence>;

}  // namespace wardcast
