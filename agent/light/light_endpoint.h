// One light endpoint: a subscription that is kept open, what it holds in memory, and reports after
// its plan. It does not verify signatures and keeps nothing on disk: it stands in for a PC in
// demonstrations, benchmarks and tests.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/light/delivery_ledger.h"
#include "agent/light/plan.h"
#include "agent/light/timers.h"
#include "agent/link/call_count.h"
#include "agent/link/subscription_reader.h"
#include "base/backoff.h"
#include "base/mutex.h"
#include "wardcast/v1/endpoint_service.grpc.pb.h"

namespace wardcast::light {

// Sums over all endpoints. Threads: any.
struct Tally {
  std::atomic<std::int64_t> connected{0};
  std::atomic<std::int64_t> deliveries{0};  // alert versions that were new
  std::atomic<std::int64_t> again{0};       // versions that were held already
  std::atomic<std::int64_t> displayed{0};   // confirmed receipts of each kind, and answers
  std::atomic<std::int64_t> seen{0};
  std::atomic<std::int64_t> answers{0};
  std::atomic<std::int64_t> refused{0};
};

// What all endpoints of a process share; outlives them.
struct Surroundings {
  std::vector<std::shared_ptr<v1::EndpointService::Stub>> stubs;  // tried in turn
  Timers& timers;
  DeliveryLedger& ledger;
  Tally& tally;
  std::shared_ptr<agent::CallCount> calls;
  std::chrono::milliseconds longest_wait{30'000};  // bound of the back-off
};

// Threads: gRPC's and the timers'; everything behind one mutex.
class LightEndpoint {
 public:
  // `first_stub`: where it begins, so that endpoints spread.
  LightEndpoint(EndpointPlan plan, std::size_t first_stub, Surroundings& surroundings);

  void Connect();
  // Gives up a stream on which nothing came for 45 s.
  void CheckSilence(Timers::Clock::time_point now);
  // Tells the broker, if there is one, that the endpoint stops. `goodbyes` counts the call while it
  // is under way, a second at most.
  void SayGoodbye(const std::shared_ptr<agent::CallCount>& goodbyes);
  // No further attempts; ends what is open. Timers have been stopped before.
  void Stop();

 private:
  struct Held {
    std::string log_id;
    std::int64_t generation = 0;
    std::int64_t version = 0;
    std::int64_t answer_version = 0;
    int round = 0;  // the last one that was reported as delivered
  };

  void Received(const v1::SubscribeResponse& message);
  void Closed();
  void MeetLog(const v1::SubscribeResponse& message) REQUIRES(mu_);
  void Take(const v1::Alert& alert, std::int64_t steady_ns) REQUIRES(mu_);
  void Behave(const v1::Alert& alert, int round) REQUIRES(mu_);
  // `wait` = nullopt: never.
  void AddReceiptLater(const v1::Alert& brief, int round,
                       std::optional<std::chrono::milliseconds> wait, v1::Receipt::Kind::Value kind)
      REQUIRES(mu_);
  void AddReceipt(const v1::Alert& alert, int round, v1::Receipt::Kind::Value kind) REQUIRES(mu_);
  void Answer(const v1::Alert& alert, int round) REQUIRES(mu_);
  void Gather() REQUIRES(mu_);
  void Flush();
  void Reported(const v1::ReportRequest& request, const v1::ReportResponse* response);

  const EndpointPlan plan_;
  Surroundings& around_;
  Mutex mu_;
  std::size_t stub_ GUARDED_BY(mu_);
  Backoff backoff_ GUARDED_BY(mu_);
  bool stopped_ GUARDED_BY(mu_) = false;
  bool connected_ GUARDED_BY(mu_) = false;
  Timers::Clock::time_point heard_ GUARDED_BY(mu_);
  std::shared_ptr<agent::SubscriptionReader> reader_ GUARDED_BY(mu_);
  std::map<std::string, Held> held_ GUARDED_BY(mu_);
  std::string log_id_ GUARDED_BY(mu_);
  std::int64_t generation_ GUARDED_BY(mu_) = 0;
  std::int64_t sequence_ GUARDED_BY(mu_) = 0;
  v1::ReportRequest waiting_ GUARDED_BY(mu_);
  bool gathering_ GUARDED_BY(mu_) = false;
  bool reporting_ GUARDED_BY(mu_) = false;
  std::weak_ptr<grpc::ClientContext> report_ GUARDED_BY(mu_);
};

}  // namespace wardcast::light
