// Two brokers on one real PostgreSQL, with no bus and no feed between them: the same outage, posted
// at both in the same moment, is one notice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "server/access/roles/role_sets.h"
#include "server/api/alerts/publish.h"
#include "server/store/open_store.h"
#include "server/store/people/people_store.h"
#include "tests/fixtures/hospital.h"
#include "tests/servers/temp_postgres.h"

namespace wardcast {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr int kOutages = 8;

// What a broker needs to take a notice in.
class PublishSide {
 public:
  PublishSide(const std::string& database, const SigningKey& key, const std::string& broker)
      : store_(
            OpenStore({.postgresql = database, .timeout = std::chrono::seconds(30)}, clock_.Now())
                .value()),
        connections_(*store_, hub_, broker, clock_),
        states_({.broker_id = broker}, *store_, hub_, clock_),
        reach_(*store_, hub_, connections_, states_, clock_),
        approvers_(store_->people()),
        audit_({.broker_id = broker}, store_->people(), clock_),
        commit_(*store_, *bus_, hub_, key),
        publish_({.store = *store_,
                  .hub = hub_,
                  .reach = reach_,
                  .commit = commit_,
                  .approvers = approvers_,
                  .audit = audit_,
                  .clock = clock_}) {}

  Store& store() { return *store_; }
  void ShowDirectory() {
    auto [content, sequence] = store_->LoadDirectory().value();
    hub_.Replace(HubState{.log = store_->identity(),
                          .directory = testing::MakeDirectory(std::move(content), sequence),
                          .directory_sequence = sequence,
                          .alerts = {},
                          .answers = {},
                          .applied = sequence});
  }
  Result<v1::PublishAlertResponse> Publish(const IdentityPtr& who,
                                           const v1::PublishAlertRequest& request) {
    CallContext context{.caller = who->name, .peer = "test:1"};
    context.identity = who;
    return publish_.PublishAlert(context, request);
  }

 private:
  SystemClock clock_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Bus> bus_ = MakeInProcessBus();
  Hub hub_{HubConfig{}, clock_};
  Connections connections_;
  EndpointStates states_;
  ReachReader reach_;
  Approvers approvers_;
  AuditLog audit_;
  AlertCommit commit_;
  PublishHandler publish_;
};

IdentityPtr Analyst(const std::string& name) {
  return std::make_shared<const Identity>(Identity{.kind = Identity::Kind::kPerson,
                                                   .name = name,
                                                   .published_as = "Service desk",
                                                   .grants = EveryGrant()});
}

IdentityPtr Monitor(const std::string& name) {
  v1::Grant grant;
  grant.set_role(v1::Role::PUBLISHER);
  grant.mutable_scope()->set_max_severity(v1::Severity::SEVERE);
  grant.mutable_scope()->set_max_presentation(v1::Presentation::DIALOG);
  return std::make_shared<const Identity>(Identity{.kind = Identity::Kind::kToken,
                                                   .name = "token/" + name,
                                                   .published_as = name,
                                                   .grants = {grant}});
}

v1::PublishAlertRequest OutageOf(const std::string& service, const std::string& source_key = {}) {
  v1::PublishAlertRequest request;
  request.set_source_key(source_key);
  v1::Alert& alert = *request.mutable_alert();
  alert.set_kind(v1::Kind::OUTAGE);
  alert.set_severity(v1::Severity::SEVERE);
  alert.set_headline("Results do not arrive");
  alert.add_services(service);
  alert.mutable_audience()->add_wards("4w");
  return request;
}

class TwoPublishers : public ::testing::Test {
 protected:
  using Answers = std::array<Result<v1::PublishAlertResponse>, 2>;

  void SetUp() override {
    if (const std::string reason = testing::TempPostgres::WhyNot(); !reason.empty())
      GTEST_SKIP() << reason;
    postgres_ = std::make_unique<testing::TempPostgres>();
    const std::string database = postgres_->NewDatabase();
    for (std::size_t i = 0; i < sides_.size(); ++i)
      sides_[i] = std::make_unique<PublishSide>(database, key_, "broker-" + std::to_string(i));
    ASSERT_TRUE(store().ReplaceDirectory(Hospital(), std::nullopt, SystemClock().Now()));
    for (const auto& side : sides_) side->ShowDirectory();
  }

  // So many wards that one is not a wide send; a service for each outage.
  static DirectoryContent Hospital() {
    DirectoryContent content = testing::SmallHospital();
    for (int i = 1; i <= 9; ++i) {
      v1::Ward& ward = content.wards.emplace_back();
      ward.set_id("w-" + std::to_string(i));
      ward.set_name("Ward " + std::to_string(i));
      ward.set_building_id("tower");
    }
    v1::Team& team = content.teams.emplace_back();
    team.set_id("apps");
    team.set_name("Applications");
    for (int i = 0; i < kOutages; ++i) {
      v1::Service& service = content.services.emplace_back();
      service.set_id(ServiceOf(i));
      service.set_name("Service " + std::to_string(i));
      service.set_team_id("apps");
    }
    return content;
  }
  static std::string ServiceOf(int outage) { return "service-" + std::to_string(outage); }

  Store& store() { return sides_[0]->store(); }
  std::vector<v1::Alert> Open() { return store().ListAlerts({}, "", 100).value(); }

  // Both at once, each at its broker.
  Answers AtOnce(const std::array<IdentityPtr, 2>& who,
                 const std::array<v1::PublishAlertRequest, 2>& requests) {
    Answers answers;
    std::atomic<int> come = 0;
    const auto post = [&](std::size_t i) {
      ++come;
      while (come < 2) std::this_thread::yield();
      answers[i] = sides_[i]->Publish(who[i], requests[i]);
    };
    {
      const std::jthread first(post, 0U);
      const std::jthread second(post, 1U);
    }
    return answers;
  }

  const SigningKey key_ = SigningKey::Generate();
  std::unique_ptr<testing::TempPostgres> postgres_;
  std::array<std::unique_ptr<PublishSide>, 2> sides_;
};

TEST_F(TwoPublishers, AnOutageThatTwoMonitorsFindIsOneNotice) {
  for (int i = 0; i < kOutages; ++i) {
    const std::string service = ServiceOf(i);
    const Answers answers =
        AtOnce({Monitor("nagios"), Monitor("grafana")},
               {OutageOf(service, "nagios/" + service), OutageOf(service, "grafana/" + service)});
    for (const auto& answer : answers) ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_NE(answers[0]->attached(), answers[1]->attached()) << service;
    EXPECT_EQ(answers[0]->alert().id(), answers[1]->alert().id());
  }
  EXPECT_THAT(Open(), SizeIs(kOutages));
}

TEST_F(TwoPublishers, AnOutageThatTwoAnalystsPostIsOneNotice) {
  for (int i = 0; i < kOutages; ++i) {
    const v1::PublishAlertRequest outage = OutageOf(ServiceOf(i));
    const Answers answers = AtOnce({Analyst("ann"), Analyst("bob")}, {outage, outage});
    ASSERT_NE(answers[0].has_value(), answers[1].has_value()) << "one of them is told";
    const auto& sent = answers[0] ? answers[0] : answers[1];
    const Error& told = (answers[0] ? answers[1] : answers[0]).error();
    EXPECT_EQ(told.code, Code::kFailedPrecondition);
    EXPECT_THAT(told.message, HasSubstr(sent->alert().id()));
  }
  EXPECT_THAT(Open(), SizeIs(kOutages));
}

TEST_F(TwoPublishers, AnOutageThatAnAnalystAndAMonitorPostIsOneNotice) {
  for (int i = 0; i < kOutages; ++i) {
    const std::string service = ServiceOf(i);
    const Answers answers = AtOnce({Analyst("ann"), Monitor("nagios")},
                                   {OutageOf(service), OutageOf(service, "nagios/" + service)});
    ASSERT_TRUE(answers[1]) << answers[1].error().message;
    EXPECT_EQ(answers[1]->attached(), answers[0].has_value());
    if (!answers[0]) {
      EXPECT_THAT(answers[0].error().message, HasSubstr(answers[1]->alert().id()));
    }
  }
}

}  // namespace
}  // namespace wardcast
