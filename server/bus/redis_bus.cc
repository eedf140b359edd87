// The bus of several brokers: Redis publish/subscribe, trusted for nothing but speed.
#include <memory>
#include <utility>

#include "base/log.h"
#include "server/bus/bus.h"
#include "server/bus/hearers.h"
#include "server/bus/redis_hearer.h"
#include "server/bus/redis_sender.h"

namespace wardcast {
namespace {

class RedisBus final : public Bus {
 public:
  explicit RedisBus(const RedisBusConfig& config)
      : hearer_(config, [this](Topic topic, std::int64_t number) { hearers_.Tell(topic, number); }),
        sender_(config) {}

  // Here at once, so that this broker's own alerts never wait for Redis; elsewhere through Redis.
  void Publish(Topic topic, std::int64_t number) noexcept override {
    hearers_.Tell(topic, number);
    sender_.Publish(topic, number);
  }
  Subscription Subscribe(std::function<void(Topic, std::int64_t)> heard) override {
    return hearers_.Add(std::move(heard));
  }
  BusHealth Health() const override {
    std::string detail = hearer_.text();
    if (const std::string sender = sender_.text(); !sender.empty()) {
      if (!detail.empty()) detail += "; ";
      detail += sender;
    }
    if (detail.empty()) return {};
    return {false, detail + ". Between brokers alerts arrive seconds later"};
  }

 private:
  Hearers hearers_;
  RedisHearer hearer_;
  RedisSender sender_;
};

}  // namespace

std::unique_ptr<Bus> MakeRedisBus(RedisBusConfig config) {
  return std::make_unique<RedisBus>(config);
}

}  // namespace wardcast
