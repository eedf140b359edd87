#include "server/bus/redis_sender.h"

#include <algorithm>
#include <random>
#include <utility>

#include "base/named_thread.h"
#include "server/bus/redis_hearer.h"
#include "server/bus/wake_event.h"

namespace wardcast {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

RedisSender::RedisSender(RedisBusConfig config)
    : config_(std::move(config)),
      channels_{RedisChannel(config_, Topic::kLog), RedisChannel(config_, Topic::kJournal)},
      link_("published to", RedisPlace(config_)),
      backoff_(std::random_device()(), {.base = milliseconds(100), .cap = config_.retry_cap}),
      thread_(StartThread("bus-send", [this](const std::stop_token& stop) { Run(stop); })) {}

RedisSender::~RedisSender() {
  thread_.request_stop();
  thread_.join();
}

void RedisSender::Publish(Topic topic, std::int64_t number) noexcept {
  const MutexLock lock(mu_);
  std::int64_t& waiting = waiting_[topic == Topic::kLog ? 0 : 1];
  waiting = std::max(waiting, number);
  changed_.NotifyOne();
}

void RedisSender::Run(const std::stop_token& stop) {
  BlockSigpipe();
  const std::stop_callback stopping(stop, [this] {
    const MutexLock lock(mu_);
    changed_.NotifyAll();
  });
  while (const std::optional<Numbers> numbers = Next(stop)) {
    const Result<void> sent = Send(*numbers);
    if (sent) {
      backoff_.Reset();
      link_.Up();
      continue;
    }
    connection_.reset();
    link_.Down(sent.error().message);
    Publish(Topic::kLog, (*numbers)[0]);
    Publish(Topic::kJournal, (*numbers)[1]);
    Pause(stop, milliseconds(20) + backoff_.Next());
  }
}

std::optional<RedisSender::Numbers> RedisSender::Next(const std::stop_token& stop) {
  const Steady::time_point ping = Steady::now() + config_.ping_every;
  const MutexLock lock(mu_);
  while (!stop.stop_requested()) {
    const Steady::time_point now = Steady::now();
    if (!connection_ || waiting_ != Numbers{} || now >= ping) return std::exchange(waiting_, {});
    changed_.WaitFor(mu_, std::chrono::ceil<milliseconds>(ping - now));
  }
  return std::nullopt;
}

Result<void> RedisSender::Send(const Numbers& numbers) {
  if (!connection_) {
    Result<RedisConnection> opened = RedisConnection::Open(config_);
    if (!opened) return std::unexpected(opened.error());
    connection_.emplace(std::move(*opened));
  }
  if (numbers == Numbers{}) {
    const std::string_view ping[] = {"PING"};
    if (auto reply = connection_->Command(ping); !reply) return std::unexpected(reply.error());
  }
  for (std::size_t topic = 0; topic < numbers.size(); ++topic) {
    if (numbers[topic] == 0) continue;
    const std::string number = std::to_string(numbers[topic]);
    const std::string_view publish[] = {"PUBLISH", channels_[topic], number};
    if (auto reply = connection_->Command(publish); !reply) return std::unexpected(reply.error());
  }
  return {};
}

void RedisSender::Pause(const std::stop_token& stop, milliseconds time) {
  const Steady::time_point until = Steady::now() + time;
  const MutexLock lock(mu_);
  while (!stop.stop_requested() && Steady::now() < until) {
    changed_.WaitFor(mu_, std::chrono::ceil<milliseconds>(until - Steady::now()));
  }
}

}  // namespace wardcast
