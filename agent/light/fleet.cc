#include "agent/light/fleet.h"

#include <fmt/format.h>
#include <grpcpp/grpcpp.h>

#include <utility>

namespace wardcast::light {
namespace {

constexpr std::chrono::milliseconds kFlushEvery{100};
constexpr std::chrono::seconds kWatchEvery{1};

std::shared_ptr<v1::EndpointService::Stub> Connection(const std::string& broker) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL,
                   1);  // else equal channels share one connection
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 200);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 200);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1'000);
  arguments.SetMaxReceiveMessageSize(16 << 20);
  return v1::EndpointService::NewStub(
      grpc::CreateCustomChannel(broker, grpc::InsecureChannelCredentials(), arguments));
}

}  // namespace

Fleet::Fleet(FleetConfig config, DeliveryLedger& ledger)
    : ledger_(ledger),
      around_{.stubs = {},
              .timers = timers_,
              .ledger = ledger,
              .tally = tally_,
              .calls = std::make_shared<agent::CallCount>(),
              .longest_wait = config.longest_wait} {
  // Neighbours in the list are different brokers, so that a lost one sends its endpoints to the
  // others.
  for (int i = 0; i < config.connections; ++i) {
    for (const std::string& broker : config.brokers) around_.stubs.push_back(Connection(broker));
  }
  for (EndpointPlan& plan : config.endpoints) {
    endpoints_.push_back(
        std::make_unique<LightEndpoint>(std::move(plan), endpoints_.size(), around_));
  }
}

Fleet::~Fleet() { Stop(); }

void Fleet::Start(std::chrono::milliseconds spread, std::function<void(const std::string&)> line) {
  line_ = std::move(line);
  const auto now = Timers::Clock::now();
  for (std::size_t i = 0; i < endpoints_.size(); ++i) {
    timers_.At(
        now + spread * static_cast<std::int64_t>(i) / static_cast<std::int64_t>(endpoints_.size()),
        [endpoint = endpoints_[i].get()] { endpoint->Connect(); });
  }
  timers_.After(kFlushEvery, [this] { Tick(); });
  timers_.After(kWatchEvery, [this] { Watch(); });
}

void Fleet::Tick() {
  ledger_.Flush();
  timers_.After(kFlushEvery, [this] { Tick(); });
}

void Fleet::Watch() {
  const auto now = Timers::Clock::now();
  for (const auto& endpoint : endpoints_) endpoint->CheckSilence(now);
  if (std::string summary = Summary(); summary != said_) {
    said_ = std::move(summary);
    line_(said_);
  }
  timers_.After(kWatchEvery, [this] { Watch(); });
}

void Fleet::Stop() {
  if (std::exchange(stopped_, true)) return;
  timers_.Stop();
  const auto goodbyes = std::make_shared<agent::CallCount>();
  for (const auto& endpoint : endpoints_) endpoint->SayGoodbye(goodbyes);
  goodbyes->WaitForNone();
  for (const auto& endpoint : endpoints_) endpoint->Stop();
  around_.calls->WaitForNone();
  ledger_.Flush();
}

std::string Fleet::Summary() const {
  return fmt::format(
      "{} endpoints: {} connected, {} deliveries ({} again), displayed {}, seen {}, answers {}, "
      "refused {}",
      endpoints_.size(), tally_.connected.load(), tally_.deliveries.load(), tally_.again.load(),
      tally_.displayed.load(), tally_.seen.load(), tally_.answers.load(), tally_.refused.load());
}

}  // namespace wardcast::light
