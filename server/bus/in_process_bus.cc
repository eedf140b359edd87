// The bus of a single broker.
#include <memory>
#include <utility>

#include "server/bus/bus.h"
#include "server/bus/hearers.h"

namespace wardcast {
namespace {

class InProcessBus final : public Bus {
 public:
  void Publish(Topic topic, std::int64_t number) noexcept override { hearers_.Tell(topic, number); }
  Subscription Subscribe(std::function<void(Topic, std::int64_t)> heard) override {
    return hearers_.Add(std::move(heard));
  }
  BusHealth Health() const override { return {}; }

 private:
  Hearers hearers_;
};

}  // namespace

std::unique_ptr<Bus> MakeInProcessBus() { return std::make_unique<InProcessBus>(); }

}  // namespace wardcast
