#include "tests/bench/load/acknowledging.h"

#include <algorithm>
#include <numeric>
#include <random>

#include "base/clock.h"
#include "base/proto_time.h"
#include "base/ulid.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast::bench {

Acknowledging::Acknowledging(Loop& loop, Fleet& fleet, AcknowledgingConfig config)
    : loop_(loop), fleet_(fleet), config_(std::move(config)) {
  const TimePoint now = SystemClock().Now();
  for (int i = 0; i < fleet_.size(); ++i) {
    v1::ReportRequest request;
    request.set_endpoint_id(EndpointId(i));
    v1::Acknowledgement& ack = *request.add_acknowledgements();
    ack.set_id(NewUlid(now));
    ack.set_alert_id(config_.alert_id);
    ack.set_round(1);
    ack.set_ward_id("ward-" + std::to_string(i / config_.per_ward + 1));
    ack.set_response(v1::Response::PROCEDURE_STARTED);
    *ack.mutable_pressed_at() = ToTimestamp(now);
    reports_.push_back(request.SerializeAsString());
  }
  // The PCs of one ward do not answer one after the other. The same order in every run.
  order_.resize(reports_.size());
  std::iota(order_.begin(), order_.end(), 0);
  std::ranges::shuffle(order_, std::mt19937(1));
  sent_.resize(reports_.size());
  waits_.reserve(reports_.size());
}

Result<void> Acknowledging::Run() {
  began_ = Now();
  const auto done = [this] {
    SendWhatIsDue();
    return waits_.size() == reports_.size() || !problem_.empty();
  };
  auto served = loop_.Until(done, config_.limit, "acknowledging", std::chrono::milliseconds(1));
  if (!served) {
    return Fail(Code::kUnavailable, served.error().message + ": " + std::to_string(waits_.size()) +
                                        " of " + std::to_string(reports_.size()) + " confirmed, " +
                                        std::to_string(refused_) + " refused; " + fleet_.Problem());
  }
  if (!problem_.empty()) return Fail(Code::kUnavailable, "acknowledging: " + problem_);
  std::ranges::sort(waits_);
  return {};
}

void Acknowledging::SendWhatIsDue() {
  const Instant now = Now();
  const auto count = static_cast<std::int64_t>(reports_.size());
  const auto due = std::min<std::int64_t>(
      count, 1 + (now - began_) * count / std::chrono::nanoseconds(config_.spread));
  while (next_ < due) Send(order_[static_cast<std::size_t>(next_++)]);
  for (; !again_.empty() && again_.front().due <= now; again_.pop_front())
    Send(again_.front().endpoint);
}

void Acknowledging::Send(int endpoint) {
  const auto at = static_cast<std::size_t>(endpoint);
  if (sent_[at] == Instant{}) sent_[at] = Now();
  if (!fleet_.at(endpoint).Report(reports_[at], *this))
    problem_ = EndpointId(endpoint) + " cannot report";
}

void Acknowledging::OnReported(int endpoint, const Reported& reported) {
  const Instant now = Now();
  if (reported.recorded) {
    last_ = now;
    waits_.push_back(
        std::chrono::duration<double, std::milli>(now - sent_[static_cast<std::size_t>(endpoint)])
            .count());
  } else if (reported.again) {
    ++refused_;
    again_.push_back({endpoint, now + config_.again_after});
  } else {
    problem_ = EndpointId(endpoint) + " was refused: " + reported.problem;
  }
}

}  // namespace wardcast::bench
