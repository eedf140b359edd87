// Many light endpoints over a few connections.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "agent/light/light_endpoint.h"

namespace wardcast::light {

struct FleetConfig {
  std::vector<std::string> brokers;  // HOST:PORT; endpoints spread over them
  std::vector<EndpointPlan> endpoints;
  // HTTP/2 connections to each broker; a connection carries some hundred streams.
  int connections = 4;
  // Bound of the back-off between two attempts.
  std::chrono::milliseconds longest_wait{30'000};
};

// Threads: made, started and stopped by one. `ledger` outlives it.
class Fleet {
 public:
  Fleet(FleetConfig config, DeliveryLedger& ledger);
  ~Fleet();  // Stop

  // Connects every endpoint, spread over `spread`. `line` gets a summary each second in which it
  // changed (timers' thread).
  void Start(std::chrono::milliseconds spread, std::function<void(const std::string&)> line);
  // When it has returned nothing is open. Idempotent.
  void Stop();
  // "412 endpoints: 388 connected, 776 deliveries, …"
  std::string Summary() const;

 private:
  void Tick();
  void Watch();

  DeliveryLedger& ledger_;
  Tally tally_;
  Timers timers_;
  Surroundings around_;
  std::vector<std::unique_ptr<LightEndpoint>> endpoints_;
  std::function<void(const std::string&)> line_;
  std::string said_;
  bool stopped_ = false;
};

}  // namespace wardcast::light
