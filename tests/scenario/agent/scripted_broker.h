// A broker that does what a test says: sends, keeps silent, closes, refuses, or lies. Real gRPC on
// a free port.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/mutex.h"
#include "base/proto_time.h"
#include "base/signature.h"
#include "wardcast/v1/endpoint_service.grpc.pb.h"

namespace wardcast::testing {

// Threads: any.
class ScriptedBroker final : public v1::EndpointService::Service {
 public:
  // `address`: "127.0.0.1:0" for a free port.
  explicit ScriptedBroker(const std::string& address = "127.0.0.1:0") {
    grpc::ServerBuilder builder;
    builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  ~ScriptedBroker() override { Stop(); }

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

  void Stop() {
    {
      const MutexLock lock(mu_);
      stopping_ = true;
    }
    changed_.NotifyAll();
    server_->Shutdown(std::chrono::system_clock::now());
    server_->Wait();
  }

  // The first message of each subscription has `synced` and `alerts`.
  void Hold(std::vector<v1::SignedAlert> alerts) {
    const MutexLock lock(mu_);
    alerts_ = std::move(alerts);
  }
  // Sent to the subscription that is open, or to the next one.
  void Send(v1::SubscribeResponse message) {
    {
      const MutexLock lock(mu_);
      messages_.push_back(std::move(message));
    }
    changed_.NotifyAll();
  }
  // The open subscription ends.
  void Close() {
    {
      const MutexLock lock(mu_);
      ++closes_;
    }
    changed_.NotifyAll();
  }
  void SetSettings(v1::GetSettingsResponse settings) {
    const MutexLock lock(mu_);
    settings_ = std::move(settings);
  }
  // Decides what is answered to reports; by default everything is recorded.
  void OnReport(std::function<grpc::Status(const v1::ReportRequest&, v1::ReportResponse&)> decide) {
    const MutexLock lock(mu_);
    decide_ = std::move(decide);
  }

  std::vector<v1::SubscribeRequest> subscriptions() {
    const MutexLock lock(mu_);
    return subscriptions_;
  }
  std::vector<v1::ReportRequest> reports() {
    const MutexLock lock(mu_);
    return reports_;
  }

  grpc::Status Subscribe(grpc::ServerContext* context, const v1::SubscribeRequest* request,
                         grpc::ServerWriter<v1::SubscribeResponse>* writer) override {
    v1::SubscribeResponse first;
    int closes = 0;
    {
      const MutexLock lock(mu_);
      subscriptions_.push_back(*request);
      closes = closes_;
      first.set_synced(true);
      first.set_log_id("log-a");
      first.set_generation(1);
      first.set_settings_version(settings_.version());
      *first.mutable_server_time() = ToTimestamp(SystemClock().Now());
      for (const v1::SignedAlert& alert : alerts_) *first.add_alerts() = alert;
    }
    writer->Write(first);
    for (;;) {
      v1::SubscribeResponse message;
      {
        const MutexLock lock(mu_);
        while (messages_.empty() && !stopping_ && closes == closes_ && !context->IsCancelled())
          changed_.WaitFor(mu_, std::chrono::milliseconds(20));
        if (stopping_ || closes != closes_ || context->IsCancelled()) return grpc::Status::OK;
        message = std::move(messages_.front());
        messages_.pop_front();
      }
      writer->Write(message);
    }
  }

  grpc::Status Report(grpc::ServerContext*, const v1::ReportRequest* request,
                      v1::ReportResponse* response) override {
    std::function<grpc::Status(const v1::ReportRequest&, v1::ReportResponse&)> decide;
    {
      const MutexLock lock(mu_);
      reports_.push_back(*request);
      decide = decide_;
    }
    if (decide) return decide(*request, *response);
    for (const auto& receipt : request->receipts()) response->add_recorded_ids(receipt.id());
    for (const auto& pressed : request->acknowledgements())
      response->add_recorded_ids(pressed.id());
    return grpc::Status::OK;
  }

  grpc::Status GetSettings(grpc::ServerContext*, const v1::GetSettingsRequest*,
                           v1::GetSettingsResponse* response) override {
    const MutexLock lock(mu_);
    *response = settings_;
    return grpc::Status::OK;
  }

  grpc::Status GetProcedures(grpc::ServerContext*, const v1::GetProceduresRequest*,
                             v1::GetProceduresResponse*) override {
    return grpc::Status::OK;
  }

 private:
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
  Mutex mu_;
  CondVar changed_;
  bool stopping_ GUARDED_BY(mu_) = false;
  int closes_ GUARDED_BY(mu_) = 0;
  std::vector<v1::SignedAlert> alerts_ GUARDED_BY(mu_);
  std::deque<v1::SubscribeResponse> messages_ GUARDED_BY(mu_);
  v1::GetSettingsResponse settings_ GUARDED_BY(mu_);
  std::function<grpc::Status(const v1::ReportRequest&, v1::ReportResponse&)> decide_
      GUARDED_BY(mu_);
  std::vector<v1::SubscribeRequest> subscriptions_ GUARDED_BY(mu_);
  std::vector<v1::ReportRequest> reports_ GUARDED_BY(mu_);
};

// Polls until `holds`, at most 10 s.
inline bool Eventually(const std::function<bool()>& holds,
                       std::chrono::milliseconds limit = std::chrono::seconds(10)) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

}  // namespace wardcast::testing
