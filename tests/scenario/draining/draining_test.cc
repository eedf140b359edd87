// A broker that is told to stop, with real programs: who is connected is let go evenly and told
// when to come back, what was sent before is answered, what was confirmed is in the store.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/ulid.h"
#include "tests/programs/hospital.h"
#include "wardcast/v1/alert_service.grpc.pb.h"
#include "wardcast/v1/endpoint_service.grpc.pb.h"
#include "wardcast/v1/system_service.grpc.pb.h"

namespace wardcast::testing {
namespace {

using namespace std::chrono_literals;
using Watch = std::chrono::steady_clock;

std::shared_ptr<grpc::Channel> OwnChannel(const std::string& broker) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  return grpc::CreateCustomChannel(broker, grpc::InsecureChannelCredentials(), arguments);
}

// A subscription on a thread of its own, until the broker ends it.
class Subscribed {
 public:
  Subscribed(const std::string& broker, const std::string& endpoint_id)
      : stub_(v1::EndpointService::NewStub(OwnChannel(broker))) {
    v1::SubscribeRequest request;
    request.mutable_endpoint()->set_id(endpoint_id);
    reader_ = stub_->Subscribe(&context_, request);
    v1::SubscribeResponse first;
    synced_ = reader_->Read(&first) && first.synced();
    thread_ = std::thread([this] { Run(); });
  }
  ~Subscribed() {
    context_.TryCancel();
    if (thread_.joinable()) thread_.join();
  }

  void Join() { thread_.join(); }
  bool synced() const { return synced_; }
  // After Join().
  Watch::time_point ended() const { return ended_; }
  std::int64_t retry_after_ms() const { return retry_after_ms_; }
  const grpc::Status& status() const { return status_; }

 private:
  void Run() {
    v1::SubscribeResponse message;
    while (reader_->Read(&message)) {
      if (message.has_retry_after())
        retry_after_ms_ =
            message.retry_after().seconds() * 1000 + message.retry_after().nanos() / 1'000'000;
    }
    ended_ = Watch::now();
    status_ = reader_->Finish();
  }

  std::unique_ptr<v1::EndpointService::Stub> stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::SubscribeResponse>> reader_;
  bool synced_ = false;
  Watch::time_point ended_{};
  std::int64_t retry_after_ms_ = -1;
  grpc::Status status_;
  std::thread thread_;
};

v1::ReportRequest Displayed(const std::string& endpoint_id, const std::string& alert_id) {
  v1::ReportRequest request;
  request.set_endpoint_id(endpoint_id);
  v1::Receipt& receipt = *request.add_receipts();
  receipt.set_id(NewUlid(SystemClock().Now()));
  receipt.set_alert_id(alert_id);
  receipt.set_round(1);
  receipt.set_kind(v1::Receipt::Kind::DISPLAYED);
  return request;
}

TEST(Draining, SessionsLeaveEvenlyOverTenSecondsAndLaterCallsAreRefused) {
  constexpr int kSessions = 40;
  Hospital hospital(kSessions);
  const auto alert = hospital.Publish("Lab results do not reach the EHR");
  ASSERT_TRUE(alert) << alert.error().message;
  std::vector<std::unique_ptr<Subscribed>> sessions;
  for (int i = 1; i <= kSessions; ++i) {
    sessions.push_back(
        std::make_unique<Subscribed>(hospital.broker(), "load-" + std::to_string(i)));
    ASSERT_TRUE(sessions.back()->synced());
  }
  const auto channel = OwnChannel(hospital.broker());
  const auto endpoints = v1::EndpointService::NewStub(channel);
  const auto system = v1::SystemService::NewStub(channel);
  {
    grpc::ClientContext context;
    v1::ReportResponse response;
    ASSERT_TRUE(endpoints->Report(&context, Displayed("load-1", *alert), &response).ok());
  }

  const auto begin = Watch::now();
  hospital.broker_process().Signal(SIGTERM);
  EXPECT_TRUE(Eventually([&] {
    grpc::ClientContext context;
    v1::GetHealthResponse health;
    return system->GetHealth(&context, {}, &health).ok() && health.draining();
  })) << "health is answered, from memory, while it drains";
  {
    grpc::ClientContext context;
    v1::ReportResponse response;
    const grpc::Status status = endpoints->Report(&context, Displayed("load-2", *alert), &response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE) << status.error_message();
    EXPECT_EQ(context.GetServerTrailingMetadata().count("grpc-retry-pushback-ms"), 1U);
  }
  EXPECT_EQ(hospital.Publish("too late").error().code, Code::kUnavailable);
  {
    grpc::ClientContext context;
    v1::SubscribeRequest request;
    request.mutable_endpoint()->set_id("icu-pc-01");
    const auto reader = endpoints->Subscribe(&context, request);
    v1::SubscribeResponse message;
    EXPECT_FALSE(reader->Read(&message));
    EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  }

  std::vector<double> left;
  for (const auto& session : sessions) {
    session->Join();
    left.push_back(std::chrono::duration<double>(session->ended() - begin).count());
    EXPECT_EQ(session->retry_after_ms(), 12'000);
    EXPECT_EQ(session->status().error_code(), grpc::StatusCode::UNAVAILABLE);
  }
  EXPECT_EQ(hospital.broker_process().Wait(20s), 0);
  std::ranges::sort(left);
  EXPECT_LT(left.front(), 2.5);
  EXPECT_GT(left.back(), 8.5);
  EXPECT_LT(left.back(), 14.0);
  // Evenly: in each quarter of the time about a quarter went.
  for (int quarter = 1; quarter <= 3; ++quarter) {
    const auto gone = std::ranges::count_if(left, [&](double at) { return at < 2.5 * quarter; });
    EXPECT_NEAR(static_cast<double>(gone), kSessions * quarter / 4.0, kSessions / 5.0) << quarter;
  }

  hospital.StartBroker();
  EXPECT_EQ(hospital.Progress(*alert).displayed(), 1);
}

TEST(Draining, WhatWasConfirmedWhileItStoppedIsInTheStore) {
  constexpr int kEndpoints = 400;
  Hospital hospital(kEndpoints);
  const auto alert = hospital.Publish("Lab results do not reach the EHR");
  ASSERT_TRUE(alert) << alert.error().message;
  const Subscribed session(hospital.broker(), "icu-pc-01");  // so that it has something to drain
  std::atomic<int> next = 1;
  std::atomic<int> confirmed = 0;
  std::atomic<int> refused = 0;
  std::mutex mu;
  std::set<int> others;  // status codes that are none of OK, UNAVAILABLE, CANCELLED
  {
    std::vector<std::jthread> reporters;
    reporters.reserve(8);
    for (int i = 0; i < 8; ++i) {
      reporters.emplace_back([&] {
        const auto stub = v1::EndpointService::NewStub(OwnChannel(hospital.broker()));
        for (int n = next++; n <= kEndpoints; n = next++) {
          grpc::ClientContext context;
          v1::ReportResponse response;
          const grpc::Status status =
              stub->Report(&context, Displayed("load-" + std::to_string(n), *alert), &response);
          if (status.ok()) {
            confirmed += response.recorded_ids_size();
          } else if (status.error_code() == grpc::StatusCode::UNAVAILABLE ||
                     status.error_code() == grpc::StatusCode::CANCELLED) {
            // CANCELLED: it came in the very moment in which gRPC itself shut down.
            ++refused;
          } else {
            const std::lock_guard lock(mu);
            others.insert(status.error_code());
          }
        }
      });
    }
    EXPECT_TRUE(Eventually([&] { return confirmed > 40; }));
    hospital.broker_process().Signal(SIGTERM);
  }
  EXPECT_EQ(hospital.broker_process().Wait(30s), 0);
  EXPECT_THAT(others, ::testing::IsEmpty());
  EXPECT_EQ(confirmed + refused, kEndpoints) << "each one was answered";
  hospital.StartBroker();
  EXPECT_EQ(hospital.Progress(*alert).displayed(), confirmed);
}

TEST(Draining, ABrokerWithoutSessionsStopsAtOnce) {
  Hospital hospital(1);
  const auto begin = Watch::now();
  hospital.broker_process().Signal(SIGTERM);
  EXPECT_EQ(hospital.broker_process().Wait(20s), 0);
  EXPECT_LT(Watch::now() - begin, 5s) << "drain_time is for those who are connected";
}

}  // namespace
}  // namespace wardcast::testing
