#include "server/bus/redis_hearer.h"

#include <poll.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <random>
#include <utility>

#include "base/log.h"
#include "base/named_thread.h"

namespace wardcast {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

// Waits until one of the two is readable or the time has come. True: `connection` is.
bool WaitReadable(int connection, int event, Steady::time_point until) {
  const auto wait = std::chrono::ceil<milliseconds>(until - Steady::now());
  pollfd fds[] = {{.fd = event, .events = POLLIN, .revents = 0},
                  {.fd = connection, .events = POLLIN, .revents = 0}};  // -1 is ignored
  poll(fds, 2, static_cast<int>(std::max(wait, milliseconds(0)).count()));
  return fds[1].revents != 0;
}

// Nothing but a positive number; anybody can publish on a Redis without a password.
std::optional<std::int64_t> ToNumber(const std::string& text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || number <= 0) return std::nullopt;
  return number;
}

}  // namespace

std::string RedisChannel(const RedisBusConfig& config, Topic topic) {
  return "wardcast:" + config.log_id + (topic == Topic::kLog ? ":log" : ":journal");
}

RedisHearer::RedisHearer(RedisBusConfig config, std::function<void(Topic, std::int64_t)> heard)
    : config_(std::move(config)),
      channels_{RedisChannel(config_, Topic::kLog), RedisChannel(config_, Topic::kJournal)},
      heard_(std::move(heard)),
      link_("heard", RedisPlace(config_)),
      backoff_(std::random_device()(), {.base = milliseconds(100), .cap = config_.retry_cap}),
      thread_(StartThread("bus", [this](const std::stop_token& stop) { Run(stop); })) {}

RedisHearer::~RedisHearer() {
  thread_.request_stop();
  stopped_.Set();
  thread_.join();
}

void RedisHearer::Run(const std::stop_token& stop) {
  BlockSigpipe();
  while (!stop.stop_requested()) {
    Result<RedisConnection> connection = RedisConnection::Open(config_);
    const Result<void> heard =
        connection ? Hear(*connection, stop) : Result<void>(std::unexpected(connection.error()));
    if (heard) return;  // stopped
    link_.Down(heard.error().message);
    connection = Fail(Code::kUnavailable, "");  // closed before the wait
    WaitReadable(-1, stopped_.fd(), Steady::now() + milliseconds(20) + backoff_.Next());
  }
}

Result<void> RedisHearer::Hear(RedisConnection& connection, const std::stop_token& stop) {
  confirmed_ = 0;
  const std::string_view subscribe[] = {"SUBSCRIBE", channels_[0], channels_[1]};
  if (auto sent = connection.Send(subscribe); !sent) return sent;
  Steady::time_point alive = Steady::now();
  Steady::time_point ping = alive + config_.ping_every;
  while (true) {
    const bool readable =
        WaitReadable(connection.fd(), stopped_.fd(), std::min(ping, alive + config_.dead_after));
    if (stop.stop_requested()) return {};
    if (readable) {
      auto received = connection.Receive([&](const RedisReply& reply) {
        alive = Steady::now();
        Handle(reply);
      });
      if (!received) return received;
    }
    const Steady::time_point now = Steady::now();
    if (now >= alive + config_.dead_after) {
      return Fail(Code::kUnavailable, fmt::format("silent for {} ms", config_.dead_after.count()));
    }
    if (now >= ping) {
      const std::string_view words[] = {"PING"};
      if (auto sent = connection.Send(words); !sent) return sent;
      ping = now + config_.ping_every;
    }
  }
}

void RedisHearer::Handle(const RedisReply& reply) {
  if (reply.size() != 3) return;  // an answer to PING
  if (reply[0] == "subscribe") {
    if (++confirmed_ != channels_.size()) return;
    backoff_.Reset();
    link_.Up();
    heard_(Topic::kLog, kAskNow);
    heard_(Topic::kJournal, kAskNow);
    return;
  }
  const std::optional<std::int64_t> number = ToNumber(reply[2]);
  if (reply[0] != "message" || !number) return;
  heard_(reply[1] == channels_[0] ? Topic::kLog : Topic::kJournal, *number);
}

}  // namespace wardcast
