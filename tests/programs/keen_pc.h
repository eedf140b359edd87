// A ward PC with a ledger of its own: it says what it holds, answers every round for its ward,
// keeps the answer until the broker has confirmed it, and writes down all that it was sent.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>

#include "base/mutex.h"
#include "wardcast/v1/endpoint_service.grpc.pb.h"

namespace wardcast::testing {

// Threads: any; two of its own, one that listens and one that reports.
class KeenPc {
 public:
  struct Ledger {
    std::map<std::string, v1::Alert> held;  // by id, closing versions too
    // How often each version came; how often an older one than it held; how often something open
    // after its end.
    std::map<std::pair<std::string, std::int64_t>, int> versions;
    int older = 0;
    int reopened = 0;
    // Acknowledgements by id, with their alert.
    std::map<std::string, std::string> pressed;
    std::map<std::string, std::string> confirmed;
    std::map<std::string, std::string> refused;  // with the reason
    int contacts = 0;
  };

  KeenPc(std::string id, std::string ward, const std::string& broker);
  ~KeenPc();

  const std::string& id() const { return id_; }
  Ledger ledger();
  // In contact, and everything that was pressed is confirmed.
  bool settled();

 private:
  void Listen(const std::stop_token& stop);
  void Report(const std::stop_token& stop);
  v1::SubscribeRequest Greeting() REQUIRES(mu_);
  void Take(const v1::SubscribeResponse& message) REQUIRES(mu_);
  void Press(const v1::Alert& alert) REQUIRES(mu_);
  void Settle(const v1::ReportRequest& request, const v1::ReportResponse& response) REQUIRES(mu_);

  const std::string id_;
  const std::string ward_;
  const std::unique_ptr<v1::EndpointService::Stub> stub_;
  Mutex mu_;
  CondVar changed_;
  Ledger ledger_ GUARDED_BY(mu_);
  v1::ReportRequest waiting_ GUARDED_BY(mu_);
  bool synced_ GUARDED_BY(mu_) = false;
  std::string log_id_ GUARDED_BY(mu_);
  std::int64_t generation_ GUARDED_BY(mu_) = 0;
  std::int64_t sequence_ GUARDED_BY(mu_) = 0;
  grpc::ClientContext* listening_ GUARDED_BY(mu_) = nullptr;
  std::jthread listener_;
  std::jthread reporter_;
};

}  // namespace wardcast::testing
