#include "server/feed/feed.h"

#include <algorithm>
#include <random>
#include <utility>

#include "base/log.h"
#include "base/named_thread.h"
#include "base/proto_time.h"

namespace wardcast {

using std::chrono::milliseconds;

namespace {

// So many endpoints have to say that they have seen more than the store has, within this time, to
// be believed; one may be mistaken or lie. New lives are begun for it no more often than this.
constexpr std::size_t kBelieved = 2;
constexpr std::size_t kMaxAhead = 1'000;
constexpr std::chrono::minutes kAheadCounts{10};
constexpr std::chrono::minutes kBelieveEvery{1};

}  // namespace

Feed::Feed(FeedConfig config, Store& store, Bus& bus, Hub& hub, const Clock& clock, SealAlert seal,
           Applied applied)
    : config_(config),
      store_(store),
      bus_(bus),
      hub_(hub),
      clock_(clock),
      on_applied_(std::move(applied)),
      reader_(store, hub, clock, std::move(seal), [&hub, &clock] { hub.Tick(clock.Now()); }),
      backoff_(std::random_device()(), {.base = milliseconds(100), .cap = config.ask_every}) {}

Feed::~Feed() {
  ear_.Cancel();
  behind_.Cancel();
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

Result<void> Feed::Start(std::string suspicion) {
  // Listening begins before loading: what is committed in between is heard, or read by the first
  // round anyway.
  ear_ = bus_.Subscribe([this](Topic topic, std::int64_t number) { Hear(topic, number); });
  const bool suspicious = !suspicion.empty();
  if (auto loaded = suspicious ? reader_.BeginNewLife(std::move(suspicion)) : reader_.Load();
      !loaded) {
    ear_.Cancel();
    return loaded;
  }
  if (on_applied_) on_applied_(reader_.head());
  {
    const MutexLock lock(mu_);
    answered_ = Steady::now();
    if (suspicious) SayNewLife();
  }
  applied_ = reader_.applied();
  journal_ = reader_.journal();
  behind_ = hub_.OnBehind([this] { Ask(Topic::kLog); });
  thread_ = StartThread("feed", [this](const std::stop_token& stop) { Run(stop); });
  return {};
}

void Feed::SayNewLife() {
  ++new_lives_;
  history_ = fmt::format(
      "at {} the store had another history than this broker and its endpoints ({}): it was "
      "restored or rolled back, or is a copy. A new generation was taken and all was read again; "
      "endpoints may have seen what is lost",
      ToRfc3339(clock_.Now()), reader_.history_break());
}

FeedCounts Feed::Counts() const {
  const MutexLock lock(mu_);
  return {.applied = applied_,
          .heard = std::max(heard_.load(), applied_.load()),
          .journal = journal_,
          .since_read = std::chrono::floor<milliseconds>(Steady::now() - answered_),
          .new_lives = new_lives_};
}

FeedHealth Feed::Health() const {
  const TimePoint now = clock_.Now();
  const MutexLock lock(mu_);
  if (failing_since_) {
    return {false,
            fmt::format("the store has not answered since {}: {}. Until it does, no change "
                        "reaches the endpoints of this broker",
                        ToRfc3339(*failing_since_), failure_),
            false};
  }
  if (reading_since_ && now - *reading_since_ > config_.ask_every) {
    return {false, fmt::format("the store has not answered since {}", ToRfc3339(*reading_since_)),
            false};
  }
  return {history_.empty(), history_, true};
}

void Feed::Run(const std::stop_token& stop) {
  const std::stop_callback stopping(stop, [this] {
    const MutexLock lock(mu_);  // so that it is not missed between the check and the wait
    changed_.NotifyAll();
  });
  while (!stop.stop_requested()) {
    if (WaitForWork(stop)) ReadStore();
    if (Steady::now() >= tick_) {
      hub_.Tick(clock_.Now());
      tick_ = Steady::now() + config_.tick_every;
    }
    WakeSome();
  }
}

void Feed::WakeSome() {
  if (!hub_.WakesWait()) {
    pass_ = Pass::kNone;
    return;
  }
  const Steady::time_point now = Steady::now();
  if (pass_ == Pass::kNone) {
    pass_ = Pass::kGathering;
    pass_began_ = now;
  }
  if (pass_ == Pass::kGathering) {
    if (store_.ChangesUnderWay() > 0 && now < pass_began_ + config_.gather_most) {
      wake_at_ = now + config_.gather_look;
      return;
    }
    pass_ = Pass::kWaking;
  }
  // Some of them cost microseconds: whoever serves thousands is not to be rung for each few.
  const Steady::time_point until = now + config_.wake_for;
  do {
    hub_.WakeMore();
  } while (hub_.WakesWait() && Steady::now() < until && !AskedToRead());
}

bool Feed::AskedToRead() const {
  const MutexLock lock(mu_);
  return asked_log_ || asked_journal_;
}

bool Feed::WaitForWork(const std::stop_token& stop) {
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
    const Steady::time_point other = pass_ == Pass::kNone ? tick_ : std::min(tick_, wake_at_);
    if (now >= other) return false;
    changed_.WaitFor(mu_, std::chrono::ceil<milliseconds>(std::min(read, other) - now));
  }
  return false;
}

void Feed::ReadStore() {
  const std::vector<Hub::Claim> claims = hub_.TakeClaims();
  const bool look = !claims.empty() || Steady::now() >= next_head_;
  Result<bool> read = reader_.Read(look ? Reader::Look::kAtHead : Reader::Look::kForward);
  if (read && look) next_head_ = Steady::now() + config_.ask_every;
  if (read && !*read) read = BelieveEndpoints(claims);
  if (read && (look || *read) && on_applied_) on_applied_(reader_.head());
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
  if (read && *read) SayNewLife();
  if (read) {
    answered_ = last_read_;
    if (failing_since_) SPDLOG_INFO("the store answers again");
    failing_since_.reset();
    return;
  }
  failure_ = read.error().message;
  if (failing_since_) return;
  failing_since_ = now;
  SPDLOG_ERROR("the feed cannot read the store and keeps trying: {}", LogSafe(failure_));
}

Result<bool> Feed::BelieveEndpoints(const std::vector<Hub::Claim>& claims) {
  const Steady::time_point now = Steady::now();
  std::erase_if(ahead_, [&](const auto& entry) { return now - entry.second > kAheadCounts; });
  for (const Hub::Claim& claim : claims) {
    if (!hub_.IsAhead(claim)) {
      ahead_.erase(claim.endpoint_id);
    } else if (ahead_.size() < kMaxAhead) {
      ahead_[claim.endpoint_id] = now;
    }
  }
  if (ahead_.size() < kBelieved || (believed_ && now - *believed_ < kBelieveEvery)) return false;
  believed_ = now;
  const std::string found =
      fmt::format("{} endpoints have seen more than entry {} of generation {}, the end of the log",
                  ahead_.size(), reader_.applied(), reader_.head().log.generation);
  ahead_.clear();
  if (auto begun = reader_.BeginNewLife(found); !begun) return std::unexpected(begun.error());
  return true;
}

void Feed::Hear(Topic topic, std::int64_t number) {
  const std::int64_t have = topic == Topic::kLog ? applied_.load() : journal_.load();
  if (number > kAskNow && number <= have) return;
  if (topic == Topic::kLog && number > heard_) heard_ = number;
  Ask(topic);
}

void Feed::Ask(Topic topic) {
  const MutexLock lock(mu_);
  (topic == Topic::kLog ? asked_log_ : asked_journal_) = true;
  changed_.NotifyOne();
}

}  // namespace wardcast
