// A machine that enrols as the agent does, and a subscription that it keeps open.
#pragma once

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "agent/enrolment/enroller.h"
#include "base/tls/enrol_line.h"
#include "tests/programs/secure_broker.h"
#include "wardcast/v1/endpoint_service.grpc.pb.h"

namespace wardcast::testing {

inline v1::EndpointInfo Endpoint(const std::string& id) {
  v1::EndpointInfo info;
  info.set_id(id);
  info.set_host(id);
  return info;
}

// A machine that enrols as the agent does, without the agent.
class Pc {
 public:
  Pc(const SecureBroker& broker, std::string id, std::string serial = "SN-1")
      : broker_(broker),
        id_(std::move(id)),
        machine_{.host = id_, .serial = std::move(serial)},
        folder_(temp_.path() / "place") {}

  Result<agent::Place> Enrol(const std::string& line) {
    const auto read = ReadEnrolLine(line);
    if (!read) return std::unexpected(read.error());
    auto place = agent::Enrol(*read, Endpoint(id_), machine_, folder_, agent::RealEnrolCalls());
    if (place) place_ = *place;
    return place;
  }
  // The code with which it is refused; OK: it enrolled.
  std::string Try(const std::string& line) {
    const auto place = Enrol(line);
    return place ? "OK" : std::string(CodeName(place.error().code));
  }
  Result<agent::Place> Renew() {
    auto place = agent::Renew(*place_, folder_, agent::RealEnrolCalls());
    if (place) place_ = *place;
    return place;
  }

  std::shared_ptr<grpc::Channel> Channel() const { return ChannelTo(broker_); }
  // Another broker of the same hospital.
  std::shared_ptr<grpc::Channel> ChannelTo(const SecureBroker& broker) const {
    return broker.Channel({.key = place_->tls.key, .certificate = place_->tls.certificate});
  }
  // The code of a report as `id`.
  grpc::StatusCode ReportAs(const std::string& id) const {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    v1::ReportRequest request;
    request.set_endpoint_id(id);
    v1::ReportResponse response;
    return v1::EndpointService::NewStub(Channel())
        ->Report(&context, request, &response)
        .error_code();
  }

  const agent::Place& place() const { return *place_; }

 private:
  const SecureBroker& broker_;
  const std::string id_;
  const agent::Machine machine_;
  TempFolder temp_;
  agent::PlaceFolder folder_;
  std::optional<agent::Place> place_;
};

// A subscription that is read on a thread of its own.
class OpenStream {
 public:
  OpenStream(const std::shared_ptr<grpc::Channel>& channel, const std::string& id)
      : stub_(v1::EndpointService::NewStub(channel)), channel_(channel) {
    v1::SubscribeRequest request;
    *request.mutable_endpoint() = Endpoint(id);
    reader_ = stub_->Subscribe(&context_, request);
    thread_ = std::jthread([this] {
      v1::SubscribeResponse message;
      while (reader_->Read(&message)) ++messages_;
      status_ = reader_->Finish();
      over_ = true;
    });
  }
  ~OpenStream() { context_.TryCancel(); }

  bool Synced() const { return messages_ > 0; }
  bool over() const { return over_; }
  grpc::Status status() const { return over_ ? status_ : grpc::Status::OK; }
  grpc_connectivity_state connection() const { return channel_->GetState(false); }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<v1::EndpointService::Stub> stub_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<grpc::ClientReader<v1::SubscribeResponse>> reader_;
  grpc::Status status_;
  std::atomic<int> messages_ = 0;
  std::atomic<bool> over_ = false;
  std::jthread thread_;
};

}  // namespace wardcast::testing
