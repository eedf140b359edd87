#include "agent/link/grpc_link.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "agent/station/mailbox.h"
#include "tests/scenario/agent/scripted_broker.h"

namespace wardcast::agent {
namespace {

using namespace std::chrono_literals;
using testing::Eventually;
using testing::ScriptedBroker;

Elapsed Now() {
  return std::chrono::duration_cast<Elapsed>(std::chrono::steady_clock::now().time_since_epoch());
}

// An owner with a thread of its own, as the station is.
class Owner final : public LinkEvents {
 public:
  explicit Owner(LinkConfig config)
      : thread_([this, config = std::move(config)](const std::stop_token& stop) {
          Run(config, stop);
        }) {}
  ~Owner() override {
    thread_.request_stop();
    mailbox_.Wake();
  }

  void On(std::function<void(Link&)> work) {
    mailbox_.Put([this, work = std::move(work)] { work(*link_); });
  }

  v1::SubscribeRequest Greet() override { return {}; }
  void Received(const v1::SubscribeResponse& message) override {
    ++received;
    if (message.synced()) ++synced;
  }
  void Lost(const LinkLoss& loss) override {
    ++lost;
    if (loss.retry_after) retry_after_ms = loss.retry_after->count();
  }
  void Reported(Result<v1::ReportResponse> result) override { ++(result ? reported : failed); }
  void SettingsCame(Result<v1::GetSettingsResponse> result) override {
    if (result) settings_version = result->version();
  }
  void ProceduresCame(Result<v1::GetProceduresResponse>) override {}

  std::atomic<int> received{0}, synced{0}, lost{0}, reported{0}, failed{0};
  std::atomic<std::int64_t> retry_after_ms{0}, settings_version{0};

 private:
  void Run(const LinkConfig& config, const std::stop_token& stop) {
    link_ =
        MakeGrpcLink(config, [this](Mailbox::Task task) { mailbox_.Put(std::move(task)); }, *this);
    Elapsed next{0};
    while (!stop.stop_requested()) {
      auto tasks = mailbox_.Take(next - Now());
      link_->Tick(Now());
      for (auto& task : tasks) task();
      next = link_->Tick(Now());
    }
    link_.reset();
  }

  Mailbox mailbox_;
  std::unique_ptr<Link> link_;
  std::jthread thread_;
};

LinkConfig To(std::vector<std::string> brokers) {
  return {.brokers = std::move(brokers), .endpoint_id = "4w-pc-03", .seed = 0};
}

TEST(GrpcLink, GivesUpASilentStreamAndComesBack) {
  ScriptedBroker broker;
  LinkConfig config = To({broker.address()});
  config.give_up_after = 300ms;
  Owner owner(config);
  EXPECT_TRUE(Eventually([&] { return owner.synced >= 2; }));
  EXPECT_GE(owner.lost, 1);
  EXPECT_EQ(broker.subscriptions().front().endpoint().id(), "4w-pc-03");
}

TEST(GrpcLink, PassesOnThatABrokerDrainsAndStaysAway) {
  ScriptedBroker broker;
  Owner owner(To({broker.address()}));
  ASSERT_TRUE(Eventually([&] { return owner.synced == 1; }));
  v1::SubscribeResponse last;
  last.mutable_retry_after()->set_seconds(3'600);
  broker.Send(last);
  ASSERT_TRUE(Eventually([&] { return owner.received == 2; }));
  broker.Close();
  ASSERT_TRUE(Eventually([&] { return owner.lost == 1; }));
  EXPECT_EQ(owner.retry_after_ms, 3'600'000);
  EXPECT_FALSE(Eventually([&] { return owner.synced > 1; }, 1s));
}

TEST(GrpcLink, GoesToTheNextBrokerWhenTheFirstIsNotThere) {
  std::string nobody;
  {
    ScriptedBroker gone;
    nobody = gone.address();
  }
  ScriptedBroker broker;
  Owner owner(To({nobody, broker.address()}));
  EXPECT_TRUE(Eventually([&] { return owner.synced == 1; }));
}

TEST(GrpcLink, ComesBackToABrokerThatRestarts) {
  auto broker = std::make_unique<ScriptedBroker>();
  const std::string address = broker->address();
  Owner owner(To({address}));
  ASSERT_TRUE(Eventually([&] { return owner.synced == 1; }));
  broker.reset();
  ASSERT_TRUE(Eventually([&] { return owner.lost >= 1; }));
  broker = std::make_unique<ScriptedBroker>(address);
  EXPECT_TRUE(Eventually([&] { return owner.synced == 2; }));
}

TEST(GrpcLink, CarriesReportsAndSettings) {
  ScriptedBroker broker;
  v1::GetSettingsResponse settings;
  settings.set_version(9);
  broker.SetSettings(settings);
  Owner owner(To({broker.address()}));
  ASSERT_TRUE(Eventually([&] { return owner.synced == 1; }));
  owner.On([](Link& link) {
    link.Report({});
    link.FetchSettings();
  });
  EXPECT_TRUE(Eventually([&] { return owner.reported == 1 && owner.settings_version == 9; }));
  EXPECT_EQ(broker.reports().front().endpoint_id(), "4w-pc-03");
}

TEST(GrpcLink, TakesItsLeaveAndWaitsNoLongerThanItMay) {
  ScriptedBroker broker;
  std::atomic<bool> left = false;
  std::atomic<bool> hang = false;
  std::atomic<bool> release = false;
  broker.OnReport([&](const v1::ReportRequest& request, v1::ReportResponse&) {
    left = request.goodbye() && request.endpoint_id() == "4w-pc-03";
    if (hang) Eventually([&] { return release.load(); });
    return grpc::Status::OK;
  });
  Owner owner(To({broker.address()}));
  ASSERT_TRUE(Eventually([&] { return owner.synced == 1; }));
  std::atomic<int> answers = 0;
  owner.On([&](Link& link) { answers += link.Leave({}, 10s) ? 1 : 100; });
  EXPECT_TRUE(Eventually([&] { return answers == 1; }));
  EXPECT_TRUE(left);
  hang = true;
  owner.On([&](Link& link) { answers += link.Leave({}, 100ms) ? 100 : 1; });
  EXPECT_TRUE(Eventually([&] { return answers == 2; }));
  release = true;
}

TEST(GrpcLink, AReportWithoutConnectionFailsAtOnce) {
  Owner owner(To({"127.0.0.1:1"}));
  owner.On([](Link& link) { link.Report({}); });
  EXPECT_TRUE(Eventually([&] { return owner.failed == 1; }));
}

TEST(GrpcLink, GoesWhileCallsAreUnderWay) {
  ScriptedBroker broker;
  std::atomic<bool> asked = false;
  std::atomic<bool> release = false;
  broker.OnReport([&](const v1::ReportRequest&, v1::ReportResponse&) {
    asked = true;
    Eventually([&] { return release.load(); });
    return grpc::Status::OK;
  });
  {
    Owner owner(To({broker.address()}));
    ASSERT_TRUE(Eventually([&] { return owner.synced == 1; }));
    owner.On([](Link& link) { link.Report({}); });
    ASSERT_TRUE(Eventually([&] { return asked.load(); }));
  }
  release = true;
}

// gRPC aborted (ref_counted.h, "prior > 0"): a callback held the last channel when the station
// went.
TEST(GrpcLink, GoesInTheMomentWhenACallIsAnswered) {
  ScriptedBroker broker;
  broker.OnReport([](const v1::ReportRequest&, v1::ReportResponse&) {
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "journal is stuck");
  });
  for (int round = 0; round < 200; ++round) {
    Owner owner(To({broker.address()}));
    ASSERT_TRUE(Eventually([&] { return owner.synced == 1; }));
    owner.On([](Link& link) {
      for (int i = 0; i < 8; ++i) link.Report({});
    });
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (owner.failed < 1 + round % 8 && std::chrono::steady_clock::now() < deadline)
      std::this_thread::yield();
    ASSERT_GE(owner.failed, 1);
  }
}

}  // namespace
}  // namespace wardcast::agent
