// The connection to a broker: one subscription that is kept open or tried again, and the unary
// calls beside it. This header knows no gRPC, so that it can be included next to a window system's.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/core/moment.h"
#include "agent/link/client_tls.h"
#include "base/result.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast::agent {

struct LinkConfig {
  std::vector<std::string> brokers;  // HOST:PORT, at least one
  std::string endpoint_id;
  // Asked before each try to connect; nullopt, or none: plain text.
  std::function<std::optional<ClientTls>()> tls = {};
  // Decides which broker is tried first (so that endpoints spread) and the jitter.
  std::uint64_t seed = 0;
  // No message for so long: the stream is given up. More than two heartbeats of 20 s.
  std::chrono::milliseconds give_up_after{45'000};
  // Unary calls.
  std::chrono::milliseconds deadline{10'000};
};

// A subscription that ended or did not begin.
struct LinkLoss {
  std::string broker;
  Error error;
  // The broker asked for it: it drains.
  std::optional<std::chrono::milliseconds> retry_after;
};

// What the link tells. All calls on the owner's thread.
class LinkEvents {
 public:
  virtual ~LinkEvents() = default;
  // A broker is about to be asked: what shall be said to it? `endpoint.id` is filled in by the
  // link.
  virtual v1::SubscribeRequest Greet() = 0;
  virtual void Received(const v1::SubscribeResponse& message) = 0;
  virtual void Lost(const LinkLoss& loss) = 0;
  // Exactly one for each call of Report, FetchSettings and FetchProcedures, unless the link goes
  // before.
  virtual void Reported(Result<v1::ReportResponse> result) = 0;
  virtual void SettingsCame(Result<v1::GetSettingsResponse> result) = 0;
  virtual void ProceduresCame(Result<v1::GetProceduresResponse> result) = 0;
};

// Threads: the owner's only. Nothing blocks but Leave, and the destructor, which waits until calls
// that are under way are cancelled.
class Link {
 public:
  virtual ~Link() = default;
  // Connects when it is time, gives up when nothing was heard for too long. Returns when it wants
  // to be called again.
  virtual Elapsed Tick(Elapsed now) = 0;
  // True between the first message of a subscription and its loss.
  virtual bool connected() const = 0;
  // `endpoint_id` is filled in by the link. At once kUnavailable if there is no connection.
  virtual void Report(v1::ReportRequest request) = 0;
  // The last call: tells the broker that the endpoint stops, with what there is to report. Blocks
  // until it is confirmed, `wait` at most. At once kUnavailable if there is no connection.
  virtual Result<v1::ReportResponse> Leave(v1::ReportRequest request,
                                           std::chrono::milliseconds wait) = 0;
  virtual void FetchSettings() = 0;
  virtual void FetchProcedures() = 0;
};

// Runs a task on the owner's thread; dropping it is allowed once the owner stops. Called from any
// thread.
using Post = std::function<void(std::move_only_function<void()>)>;

}  // namespace wardcast::agent
