// An RPC without a rule must not exist, and what anybody may call is a short list that somebody
// wrote down.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <set>
#include <string>

#include "server/access/roles/rule_table.h"
#include "server/api/api.h"
#include "server/store/open_store.h"
#include "wardcast/v1/access_service.pb.h"
#include "wardcast/v1/admin_service.pb.h"
#include "wardcast/v1/audit_service.pb.h"
#include "wardcast/v1/catalogue_service.pb.h"
#include "wardcast/v1/directory_service.pb.h"
#include "wardcast/v1/system_service.pb.h"

namespace wardcast {
namespace {

// As little as libsodium allows.
constexpr PasswordCost kCheap{.operations = 1, .memory_bytes = 8192};

class Well final : public HealthSource {
 public:
  std::vector<PartState> Parts() const override {
    return {{.part = "store", .ok = true, .detail = {}}};
  }
  bool draining() const override { return false; }
};

class RulesTest : public ::testing::Test {
 protected:
  RulesTest() {
    std::string name = (std::filesystem::temp_directory_path() / "wardcast-rules-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    store_ = std::move(OpenStore({.data_dir = folder_, .postgresql = {}}, clock_.Now()).value());
    hub_ = std::make_unique<Hub>(HubConfig{}, clock_);
    journal_ =
        std::make_unique<Journal>(JournalConfig{.broker_id = "broker-1"}, *store_, *bus_, clock_);
    authenticator_ = std::make_unique<Authenticator>(*store_, clock_);
    api_ = std::make_unique<Api>(ApiParts{.store = *store_,
                                          .bus = *bus_,
                                          .hub = *hub_,
                                          .journal = *journal_,
                                          .authenticator = *authenticator_,
                                          .health = well_,
                                          .signing_key = key_,
                                          .clock = clock_,
                                          .version = "test",
                                          .password_cost = kCheap});
  }
  ~RulesTest() override {
    api_->Stop();
    journal_.reset();
    api_.reset();
    std::filesystem::remove_all(folder_);
  }

  // Calls a method with an empty request and waits for the answer's code; kInternal stands for
  // success.
  Code Call(const std::string& method, const std::string& bearer) {
    Mutex mu;
    CondVar answered;
    std::optional<Code> code;
    api_->methods().Call(method, {.bearer = bearer, .peer = "test"},
                         api_->methods().NewRequest(method), [&](auto result) {
                           const MutexLock lock(mu);
                           code = result ? Code::kInternal : result.error().code;
                           answered.NotifyAll();
                         });
    const MutexLock lock(mu);
    while (!code) answered.Wait(mu);
    return *code;
  }

  SystemClock clock_;
  std::filesystem::path folder_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Bus> bus_ = MakeInProcessBus();
  std::unique_ptr<Hub> hub_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<Authenticator> authenticator_;
  SigningKey key_ = SigningKey::Generate();
  Well well_;
  std::unique_ptr<Api> api_;
};

// Of the whole contract; `streams`: those that answer with a stream.
std::set<std::string> MethodsOfTheContract(bool streams) {
  std::set<std::string> methods;
  for (const auto* file :
       {v1::WhoAmIRequest::descriptor()->file(), v1::GetAlertRequest::descriptor()->file(),
        v1::ListTeamsRequest::descriptor()->file(), v1::ListSitesRequest::descriptor()->file(),
        v1::SubscribeRequest::descriptor()->file(), v1::GetHealthRequest::descriptor()->file(),
        v1::BackupRequest::descriptor()->file(), v1::ListEventsRequest::descriptor()->file()}) {
    for (int s = 0; s < file->service_count(); ++s) {
      for (int m = 0; m < file->service(s)->method_count(); ++m) {
        const auto* method = file->service(s)->method(m);
        if (method->server_streaming() == streams)
          methods.insert(file->service(s)->full_name() + "/" + method->name());
      }
    }
  }
  return methods;
}

std::set<std::string> MethodsThatNeed(Needs needs) {
  std::set<std::string> methods;
  for (const MethodRule& rule : RuleTable()) {
    if (rule.needs == needs) methods.emplace(rule.method);
  }
  return methods;
}

TEST_F(RulesTest, EveryMethodOfTheContractHasARuleAndNoOther) {
  std::set<std::string> ruled;
  for (const MethodRule& rule : RuleTable()) {
    EXPECT_TRUE(ruled.emplace(rule.method).second) << rule.method;
    EXPECT_EQ(rule.needs == Needs::kRole || rule.needs == Needs::kPresence, !rule.roles.empty())
        << rule.method;
    EXPECT_EQ(FindRule(rule.method), &rule);
  }
  std::set<std::string> contract = MethodsOfTheContract(false);
  contract.merge(MethodsOfTheContract(true));
  EXPECT_EQ(ruled, contract);
  EXPECT_EQ(FindRule("wardcast.v1.AlertService/Nothing"), nullptr);
}

TEST_F(RulesTest, EveryUnaryMethodOfTheContractIsServed) {
  const std::vector<std::string> names = api_->methods().Names();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()), MethodsOfTheContract(false));
}

TEST_F(RulesTest, WhatAnybodyMayCallIsThisList) {
  EXPECT_EQ(MethodsThatNeed(Needs::kNothing),
            (std::set<std::string>{
                "wardcast.v1.AccessService/SetPassword", "wardcast.v1.AccessService/SignIn",
                "wardcast.v1.EndpointService/Enroll", "wardcast.v1.EndpointService/EnrollBrowser",
                "wardcast.v1.EndpointService/Renew", "wardcast.v1.SystemService/GetHealth",
                "wardcast.v1.SystemService/GetVersion"}));
}

TEST_F(RulesTest, WhatOnlyTheMachinesAdministratorMayCallIsNotThereForOthers) {
  for (const std::string& method : MethodsThatNeed(Needs::kLocal)) {
    EXPECT_TRUE(method.starts_with("wardcast.v1.AdminService/")) << method;
    if (api_->methods().NewRequest(method)) {
      EXPECT_EQ(Call(method, ""), Code::kUnimplemented) << method;
    }
  }
}

TEST_F(RulesTest, WithoutAValidCredentialNothingElseIsDone) {
  ASSERT_TRUE(store_->PutToken("admin", "0000", clock_.Now()));
  for (const std::string& method : api_->methods().Names()) {
    const MethodRule& rule = *FindRule(method);
    if (rule.needs == Needs::kNothing || rule.needs == Needs::kLocal) continue;
    EXPECT_EQ(Call(method, ""), Code::kUnauthenticated) << method;
    EXPECT_EQ(Call(method, "guess"), Code::kUnauthenticated) << method;
    EXPECT_EQ(Call(method, "wcs_guess"), Code::kUnauthenticated) << method;
    EXPECT_EQ(Call(method, "wct_guess"), Code::kUnauthenticated) << method;
    EXPECT_EQ(Call(method, std::string(100'000, 'x')), Code::kUnauthenticated) << method;
  }
  EXPECT_THAT(store_->ListAlerts({.closed = true}, "", 10).value(), ::testing::IsEmpty());
}

}  // namespace
}  // namespace wardcast
