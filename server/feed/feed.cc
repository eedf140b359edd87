#include "server/feed/feed.h"

#include <algorithm>
#include <random>
#include <utility>

#include "base/log.h"
#include "base/named_thread.h"
#include "base/proto_time.h"

namespace wardcast {

using std::chrono::milliseconds;

Feed::Feed(FeedConfig config, Store& store, Bus& bus, Hub& hub, const Clock& clock)
    : config_(config),
      bus_(bus),
      hub_(hub),
      clock_(clock),
      reader_(store, hub, clock, [&hub, &clock] { hub.Tick(clock.Now()); }),
      backoff_(std::random_device()(), {.base = milliseconds(100), .cap = config.ask_every}) {}

Feed::~Feed() {
  heard_.Cancel();
  behind_.Cancel();
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

Result<void> Feed::Start() {
  // Listening begins before loading: what is committed in between is heard, or read by the first
  // round anyway.
  heard_ = bus_.Subscribe([this](Topic topic, std::int64_t number) { Hear(topic, number); });
  if (auto loaded = reader_.Load(); !loaded) {
    heard_.Cancel();
    return loaded;
  }
  applied_ = reader_.applied();
  journal_ = reader_.journal();
  behind_ = hub_.OnBehind([this] { Ask(Topic::kLog); });
  thread_ = StartThread("feed", [this](const std::stop_token& stop) { Run(stop); });
  return {};
}

FeedHealth Feed::Health() const {
  const TimePoint now = clock_.Now();
  const MutexLock lock(mu_);
  if (failing_since_) {
    return {false, fmt::format("the store has not answered since {}: {}. Until it does, no change "
                               "reaches the endpoints of this broker",
                               ToRfc3339(*failing_since_), failure_)};
  }
  if (reading_since_ && now - *reading_since_ > config_.ask_every) {
    return {false, fmt::format("the store has not answered since {}", ToRfc3339(*reading_since_))};
  }
  return {history_.empty(), history_};
}

void Feed::Run(const std::stop_token& stop) {
  const std::stop_callback stopping(stop, [this] {
    const MutexLock lock(mu_);  // so that it is not missed between the check and the wait
    changed_.NotifyAll();
  });
  while (!stop.stop_requested()) {
    if (WaitForWork(stop)) ReadStore();
    hub_.Tick(clock_.Now());
  }
}

bool Feed::WaitForWork(const std::stop_token& stop) {
  const Steady::time_point tick = Steady::now() + config_.tick_every;
  const MutexLock lock(mu_);
  while (!stop.stop_requested()) {
    Steady::time_point read = next_read_;
    if (asked_journal_) read = std::min(read, last_read_ + config_.journal_every);
    if (asked_log_) read = Steady::time_point{};
    read = std::max(read, not_before_);
    const Steady::time_point now = Steady::now();
    if (now >= read) {
      asked_log_ = asked_journal_ = false;
      reading_since_ = clock_.Now();
      return true;
    }
    if (now >= tick) return false;
    changed_.WaitFor(mu_, std::chrono::ceil<milliseconds>(std::min(read, tick) - now));
  }
  return false;
}

void Feed::ReadStore() {
  const Result<bool> read = reader_.Read();
  applied_ = reader_.applied();
  journal_ = reader_.journal();
  last_read_ = Steady::now();
  if (read) {
    backoff_.Reset();
    not_before_ = {};
    next_read_ = last_read_ + config_.ask_every;
  } else {
    next_read_ = not_before_ = last_read_ + milliseconds(20) + backoff_.Next();
  }

  const TimePoint now = clock_.Now();
  const MutexLock lock(mu_);
  reading_since_.reset();
  if (read && *read) {
    history_ = fmt::format(
        "at {} the store had another history than this broker ({}): it was restored or rolled "
        "back. All was read again; "
        "endpoints may have seen what is lost",
        ToRfc3339(now), reader_.history_break());
  }
  if (read) {
    if (failing_since_) SPDLOG_INFO("the store answers again");
    failing_since_.reset();
    return;
  }
  failure_ = read.error().message;
  if (failing_since_) return;
  failing_since_ = now;
  SPDLOG_ERROR("the feed cannot read the store and keeps trying: {}", LogSafe(failure_));
}

void Feed::Hear(Topic topic, std::int64_t number) {
  const std::int64_t have = topic == Topic::kLog ? applied_.load() : journal_.load();
  if (number > kAskNow && number <= have) return;
  Ask(topic);
}

void Feed::Ask(Topic topic) {
  const MutexLock lock(mu_);
  (topic == Topic::kLog ? asked_log_ : asked_journal_) = true;
  changed_.NotifyOne();
}

}  // namespace wardcast
