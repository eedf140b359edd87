#include "agent/core/contact_rule.h"

#include <algorithm>

namespace wardcast::agent {
namespace {

constexpr std::chrono::minutes kStripAfter{5};
constexpr std::chrono::seconds kStripAfterDowntime{60};
constexpr std::chrono::seconds kUnconfirmedAfter{60};
constexpr std::chrono::seconds kSteady{60};
constexpr std::chrono::minutes kQuietExtra{2};

std::optional<Elapsed> StripAfter(v1::EndpointClass::Value endpoint_class) {
  switch (endpoint_class) {
    case v1::EndpointClass::DOWNTIME:
      return kStripAfterDowntime;
    case v1::EndpointClass::CLINICAL:
    case v1::EndpointClass::BOARD:
      return std::nullopt;
    default:  // protobuf's enums are open
      return kStripAfter;
  }
}

}  // namespace

ContactRule::ContactRule(Moment start, std::optional<TimePoint> last_confirmed)
    : start_{start.elapsed, last_confirmed.value_or(start.time)} {}

// True if the last stretch of contact had lasted long enough at `until`.
bool ContactRule::Steady(Elapsed until) const { return until - contact_since_.elapsed >= kSteady; }

// The silence that goes on now. Contact that came back and went again within its first minute did
// not end the gap.
ContactRule::Gap ContactRule::CurrentGap() const {
  if (!heard_) return start_;
  if (announced_ && !Steady(heard_->elapsed)) return *announced_;
  return Gap{heard_->elapsed, heard_->time};
}

void ContactRule::Heard(Moment now, v1::EndpointClass::Value endpoint_class) {
  if (!heard_ || now.elapsed - heard_->elapsed >= kLostAfter) {
    const Gap gap = CurrentGap();
    const ContactState before = At(now, endpoint_class);
    announced_ = before.announce ? std::optional(gap) : std::nullopt;
    contact_since_ = now;
  }
  heard_ = now;
}

void ContactRule::Draining(Moment now, std::chrono::milliseconds retry_after) {
  quiet_until_ = std::max(quiet_until_, now.elapsed + retry_after + kQuietExtra);
}

ContactState ContactRule::At(Moment now, v1::EndpointClass::Value endpoint_class) const {
  ContactState state;
  const auto wake = [&](Elapsed at) {
    if (at > now.elapsed) state.ask_again = std::min(state.ask_again.value_or(at), at);
  };
  const auto strip_after = StripAfter(endpoint_class);

  if (heard_ && now.elapsed - heard_->elapsed < kLostAfter) {
    state.connected = true;
    state.since = contact_since_.time;
    wake(heard_->elapsed + kLostAfter);
    if (announced_ && strip_after && !Steady(now.elapsed)) {
      state.announce = true;
      state.back = true;
      state.lost_since = announced_->since;
      wake(contact_since_.elapsed + kSteady);
    }
    return state;
  }

  const Gap gap = CurrentGap();
  state.since = gap.since;
  state.lost_since = gap.since;
  const Elapsed unconfirmed_at = std::max(gap.from + Elapsed(kUnconfirmedAfter), quiet_until_);
  state.unconfirmed = now.elapsed >= unconfirmed_at;
  wake(unconfirmed_at);
  if (strip_after) {
    const Elapsed strip_at = std::max(gap.from + *strip_after, quiet_until_);
    state.announce = now.elapsed >= strip_at;
    wake(strip_at);
  }
  return state;
}

}  // namespace wardcast::agent
