// Random lives of a hospital against a model that is too simple to be wrong: at the end everybody
// holds exactly what the rules say, whatever happened in between.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <random>
#include <set>

#include "tests/unit/server/feed/feed_scene.h"

namespace wardcast {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fixtures
using std::chrono::hours;
using std::chrono::minutes;

constexpr const char* kWards[] = {"4w", "icu", "lab"};

class Model : public FeedScene, public ::testing::WithParamInterface<unsigned> {
 protected:
  struct Device {
    std::unique_ptr<WardPc> pc;
    bool watcher;
  };

  int Random(int below) { return std::uniform_int_distribution(0, below - 1)(random_); }
  const char* Ward() { return kWards[Random(3)]; }

  std::string WardOf(const std::string& id) const {
    const auto at = std::ranges::find(content_.endpoints, id, &v1::Endpoint::id);
    return at == content_.endpoints.end() ? "" : at->ward_id();
  }
  bool Concerns(const v1::Alert& alert, const Device& device) const {
    if (alert.state() == v1::State::CLOSED) return false;
    if (device.watcher || alert.audience().everyone()) return true;
    return std::ranges::find(alert.audience().wards(), WardOf(device.pc->id())) !=
           alert.audience().wards().end();
  }
  Holds OpenFor(const Device& device) const {
    Holds holds;
    for (const auto& [id, alert] : alerts_) {
      if (Concerns(alert, device)) holds[id] = alert.version();
    }
    return holds;
  }
  v1::Alert* AnyOpen() {
    std::vector<v1::Alert*> open;
    for (auto& [id, alert] : alerts_) {
      if (alert.state() == v1::State::ACTIVE) open.push_back(&alert);
    }
    return open.empty() ? nullptr
                        : open[static_cast<std::size_t>(Random(static_cast<int>(open.size())))];
  }

  void Step() {
    Device& device = devices_[static_cast<std::size_t>(Random(static_cast<int>(devices_.size())))];
    switch (Random(12)) {
      case 0: {
        const std::string id = fmt::format("A{:04}", ++published_);
        alerts_[id] = Publish(
            id, Random(4) == 0 ? std::vector<std::string>{} : std::vector<std::string>{Ward()});
        break;
      }
      case 1:
        if (v1::Alert* alert = AnyOpen()) *alert = Apply(*alert);
        break;
      case 2:
        if (v1::Alert* alert = AnyOpen(); alert && !alert->audience().everyone()) {
          alert->mutable_audience()->clear_wards();
          alert->mutable_audience()->add_wards(Ward());
          *alert = Apply(*alert);
        }
        break;
      case 3:
        if (v1::Alert* alert = AnyOpen()) *alert = End(*alert);
        break;
      case 4:
        if (!device.pc->connected()) {
          ASSERT_TRUE(device.pc->Connect(hub_));
        }
        break;
      case 5:
        device.pc->Disconnect();
        break;
      case 6:
        if (!device.watcher) {
          const auto at = std::ranges::find(content_.endpoints, device.pc->id(), &v1::Endpoint::id);
          if (at != content_.endpoints.end()) Move(device.pc->id(), Ward());
        }
        break;
      case 7:
        Wait(Random(30) == 0 ? hours(100) : hours(1));
        break;
      case 8:
        if (v1::Alert* alert = AnyOpen()) Answer(alert->id(), Ward());
        break;
      default:
        device.pc->Take();
        break;
    }
  }

  // Nobody ever holds as open what had ended when it was sent; nobody's closed version opens again.
  void CheckAlways() {
    for (const Device& device : devices_) {
      for (const auto& [id, version] : device.pc->holdings()) {
        const auto seen = ended_.find({device.pc.get(), id});
        const bool open = device.pc->open().contains(id);
        ASSERT_FALSE(open && seen != ended_.end())
            << id << " popped up again on " << device.pc->id();
        if (!open) ended_.insert({device.pc.get(), id});
      }
    }
  }

  std::mt19937 random_{GetParam()};
  std::vector<Device> devices_;
  std::map<std::string, v1::Alert> alerts_;
  std::set<std::pair<const WardPc*, std::string>> ended_;
  int published_ = 0;
};

TEST_P(Model, FinalHoldingsAreEqual) {
  for (const char* id :
       {"4w-pc-01", "4w-pc-02", "4w-pc-01", "icu-pc-01", "lab-pc-01", "cart-01", "stranger"}) {
    devices_.push_back({std::make_unique<WardPc>(id), false});
  }
  devices_.push_back({std::make_unique<WardPc>("desk", true), true});
  for (int step = 0; step < 400; ++step) {
    ASSERT_NO_FATAL_FAILURE(Step());
    ASSERT_NO_FATAL_FAILURE(CheckAlways());
  }
  for (Device& device : devices_) {
    if (!device.pc->connected()) {
      ASSERT_TRUE(device.pc->Connect(hub_));
    }
    device.pc->TakeAll();
    EXPECT_EQ(device.pc->open(), OpenFor(device)) << device.pc->id() << " with seed " << GetParam();
    for (const auto& [id, version] : device.pc->holdings()) {
      EXPECT_EQ(version, alerts_.at(id).version()) << id << " on " << device.pc->id();
    }
    // Connecting again with all of it changes nothing.
    ASSERT_TRUE(device.pc->Connect(hub_));
    const auto again = device.pc->Take();
    EXPECT_TRUE(again->synced);
    EXPECT_TRUE(again->alerts.empty());
    EXPECT_FALSE(device.pc->Take());
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Model, ::testing::Range(1U, 41U));

}  // namespace
}  // namespace wardcast
