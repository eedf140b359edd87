// Applies what a broker sends to what the endpoint holds. Pure and idempotent: the same message
// twice changes nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agent/core/holding.h"
#include "base/clock.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast::agent {

// A SubscribeResponse whose alerts have been verified; the ones that did not verify are not in it.
struct Incoming {
  std::vector<VerifiedAlert> alerts;
  std::vector<v1::RemovedAlert> removed;
  std::vector<v1::WardAnswer> answers;
  bool synced = false;
  // Which log the broker serves. Empty: it did not say. Removals never touch alerts of another log.
  std::string log_id;
};

// What changes, to be written in one transaction and then given to Apply.
struct Difference {
  std::vector<VerifiedAlert> put;
  std::vector<std::string> remove;
  std::vector<v1::WardAnswer> answers;
  bool empty() const { return put.empty() && remove.empty() && answers.empty(); }
};

// An alert is taken if it is new, or newer by (generation, version); a higher generation beats
// every version of a lower one. A removal counts if nothing newer is held; in a `synced` message it
// answers exactly what the endpoint said that it holds, and always counts. Answers to alerts that
// are not held are dropped.
Difference Reconcile(const Holdings& holdings, const Incoming& incoming);

void Apply(const Difference& difference, Holdings& holdings);

// What the endpoint says that it holds: the newest 1,000 (the broker's limit).
std::vector<v1::Known> KnownOf(const Holdings& holdings);

// Closed alerts that nobody needs any more: 8 days after they closed (brokers send closing versions
// for 7).
std::vector<std::string> Outdated(const Holdings& holdings, TimePoint now);

}  // namespace wardcast::agent
