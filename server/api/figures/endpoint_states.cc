#include "server/api/figures/endpoint_states.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "base/named_thread.h"
#include "server/api/figures/said_screen.h"

namespace wardcast {
namespace {

// Silent for longer: switched off, not lost.
constexpr std::chrono::hours kLostFor{24};
// Shown within so long after it was taken, or nobody can see the screen.
constexpr std::chrono::minutes kShownWithin{1};
// The newest open notices tell who is locked.
constexpr std::size_t kNoticesLookedAt = 3;

}  // namespace

EndpointState StateOf(std::span<const PresenceRow> rows, const std::string& own, TimePoint now) {
  const PresenceRow* newest = nullptr;
  TimePoint seen{};
  for (const PresenceRow& row : rows) {
    if (IsLive(row, own, now)) {
      return IsUnseen(SaidScreen(rows, own, now)) ? EndpointState::kLocked
                                                  : EndpointState::kConnected;
    }
    const TimePoint last =
        row.gone_at == TimePoint{} ? std::min(row.broker_seen_at, now) : row.gone_at;
    if (newest && last <= seen) continue;
    newest = &row;
    seen = last;
  }
  if (!newest || newest->goodbye || now - seen > kLostFor) return EndpointState::kOff;
  return EndpointState::kLost;
}

EndpointStates::EndpointStates(EndpointStatesConfig config, Store& store, const Hub& hub,
                               const Clock& clock)
    : config_(std::move(config)), store_(store), hub_(hub), clock_(clock) {}

void EndpointStates::Start() {
  thread_ = StartThread("endpoint-states", [this](std::stop_token) { Run(); });
}

void EndpointStates::Stop() {
  {
    const MutexLock lock(mu_);
    stopping_ = true;
  }
  changed_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

void EndpointStates::Run() {
  for (;;) {
    Read();
    const MutexLock lock(mu_);
    if (!stopping_) changed_.WaitFor(mu_, config_.read_every);
    if (stopping_) return;
  }
}

void EndpointStates::Read() {
  const MutexLock reading(reading_);
  const auto rows = store_.LoadPresence();
  if (!rows) {
    SPDLOG_DEBUG("how the endpoints are doing is not known: {}", LogSafe(rows.error().message));
    return;
  }
  const TimePoint now = clock_.Now();
  Known known;
  known.reserve(rows->size());
  const std::span<const PresenceRow> all(*rows);
  for (std::size_t begin = 0; begin < all.size();) {
    std::size_t end = begin + 1;
    while (end < all.size() && all[end].endpoint_id == all[begin].endpoint_id) ++end;
    const auto rows_of = all.subspan(begin, end - begin);
    const auto said = SaidScreen(rows_of, config_.broker_id, now);
    known.emplace(all[begin].endpoint_id,
                  KnownEndpoint{.state = StateOf(rows_of, config_.broker_id, now),
                                .says_screen = said != v1::ScreenState::UNSPECIFIED});
    begin = end;
  }
  FindLocked(known, now);
  auto shared = std::make_shared<const Known>(std::move(known));
  const MutexLock lock(mu_);
  known_ = std::move(shared);
  numbered_ = nullptr;
}

void EndpointStates::FindLocked(Known& known, TimePoint now) {
  const auto steady = std::chrono::steady_clock::now();
  const bool anew = receipts_at_ == std::chrono::steady_clock::time_point{} ||
                    steady - receipts_at_ >= config_.receipts_every;
  if (anew) {
    // By the newest notice that an endpoint has taken.
    std::unordered_map<std::string, bool> unseen;
    std::size_t looked_at = 0;
    for (const AlertFramePtr& frame : hub_.OpenAlerts()) {
      if (++looked_at > kNoticesLookedAt) break;
      const auto receipts = store_.LoadReceipts(frame->alert.id(), frame->alert.round());
      if (!receipts) return;
      for (const EndpointReceipts& one : *receipts) {
        const bool shown = one.displayed != TimePoint{} || one.seen != TimePoint{};
        const bool taken = one.delivered != TimePoint{} && now - one.delivered >= kShownWithin;
        if (shown || taken) unseen.try_emplace(one.endpoint_id, !shown);
      }
    }
    locked_.clear();
    for (const auto& [id, is_unseen] : unseen) {
      if (is_unseen) locked_.push_back(id);
    }
    receipts_at_ = steady;
  }
  for (const std::string& id : locked_) {
    const auto found = known.find(id);
    if (found == known.end() || found->second.says_screen) continue;
    if (found->second.state == EndpointState::kConnected)
      found->second.state = EndpointState::kLocked;
  }
}

EndpointStates::Numbered EndpointStates::For(const Directory& directory) {
  std::shared_ptr<const Known> known;
  {
    const MutexLock lock(mu_);
    if (numbered_ && numbered_for_ == directory.version()) return numbered_;
    known = known_;
  }
  const auto& endpoints = directory.content().endpoints;
  std::vector<EndpointState> states(known->empty() ? 0 : endpoints.size(), EndpointState::kOff);
  for (std::size_t i = 0; i < states.size(); ++i) {
    const auto found = known->find(endpoints[i].id());
    if (found != known->end()) states[i] = found->second.state;
  }
  auto numbered = std::make_shared<const std::vector<EndpointState>>(std::move(states));
  const MutexLock lock(mu_);
  if (known_ == known) {
    numbered_ = numbered;
    numbered_for_ = directory.version();
  }
  return numbered;
}

}  // namespace wardcast
