// A broker's API on a real store, as it runs with TLS: nobody is anybody without a credential.
#pragma once

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/ulid.h"
#include "server/access/authenticator.h"
#include "server/api/api.h"
#include "server/store/open_store.h"
#include "server/store/people/people_store.h"
#include "tests/fixtures/hospital.h"
#include "tests/servers/temp_folder.h"

namespace wardcast::testing {

inline constexpr char kGood[] = "correct horse battery staple";

class NothingWrong final : public HealthSource {
 public:
  std::vector<PartState> Parts() const override { return {}; }
  bool draining() const override { return false; }
};

class AccessScene : public ::testing::Test {
 protected:
  // `directory` nullptr: there are only local accounts.
  explicit AccessScene(PeopleDirectory* directory = nullptr, DirectoryWatchConfig watch = {})
      : store_(OpenStore({.data_dir = folder_.path()}, clock_.Now()).value()),
        people_(*store_->people()) {
    Import();
    api_.emplace(ApiParts{.store = *store_,
                          .bus = *bus_,
                          .hub = hub_,
                          .journal = journal_,
                          .authenticator = authenticator_,
                          .health = health_,
                          .signing_key = key_,
                          .clock = clock_,
                          .version = "test",
                          .password_cost = {.operations = 1, .memory_bytes = 8192},
                          .directory = directory,
                          .directory_watch = watch});
  }
  ~AccessScene() override { api_->Stop(); }

  void Import() {
    EXPECT_TRUE(store_->ReplaceDirectory(SmallHospital(), std::nullopt, clock_.Now()));
    auto [content, sequence] = store_->LoadDirectory().value();
    hub_.Replace(HubState{.log = store_->identity(),
                          .directory = MakeDirectory(std::move(content), sequence),
                          .directory_sequence = sequence,
                          .alerts = {},
                          .answers = {},
                          .applied = sequence});
  }

  static v1::Assignment As(const std::string& role, const std::vector<std::string>& wards = {},
                           const std::vector<std::string>& services = {}) {
    v1::Assignment assignment;
    assignment.set_role(role);
    for (const std::string& ward : wards) assignment.mutable_scope()->add_wards(ward);
    for (const std::string& service : services) assignment.mutable_scope()->add_services(service);
    return assignment;
  }

  // An account with the password kGood.
  void AddAccount(const std::string& name, std::vector<v1::Assignment> assignments = {}) {
    v1::Account account;
    account.set_name(name);
    for (v1::Assignment& one : assignments) *account.add_assignments() = std::move(one);
    ASSERT_TRUE(people_.PutAccount(account, clock_.Now()));
    const std::string link =
        api_->desk().MakeLink(name, clock_.Now() + std::chrono::hours(1)).value();
    ASSERT_TRUE(api_->desk().SetPasswordByLink(link, kGood, "test:1"));
  }

  // A session of a new account with these roles, past its second factor; its secret.
  std::string SessionOf(const std::string& name, std::vector<v1::Assignment> assignments,
                        bool second_factor = true) {
    v1::Account account;
    account.set_name(name);
    for (v1::Assignment& one : assignments) *account.add_assignments() = std::move(one);
    EXPECT_TRUE(people_.PutAccount(account, clock_.Now()));
    std::string secret = NewSecret(kSessionPrefix);
    EXPECT_TRUE(people_.PutSession({.hash = Sha256Hex(secret),
                                    .id = NewUlid(clock_.Now()),
                                    .account = name,
                                    .browser = true,
                                    .second_factor = second_factor,
                                    .created_at = clock_.Now(),
                                    .seen_at = clock_.Now(),
                                    .expires_at = clock_.Now() + std::chrono::hours(12),
                                    .confirmed_at = clock_.Now(),
                                    .peer = "test:1"}));
    return secret;
  }

  using Answer = Result<std::unique_ptr<google::protobuf::Message>>;
  Answer CallAny(const std::string& method, const Caller& caller,
                 std::unique_ptr<google::protobuf::Message> request) {
    std::promise<Answer> answer;
    api_->methods().Call("wardcast.v1." + method, caller, std::move(request),
                         [&](Answer result) { answer.set_value(std::move(result)); });
    return answer.get_future().get();
  }
  template <class Response, class Request>
  Result<Response> Call(const std::string& method, const Caller& caller, const Request& request) {
    auto answer = CallAny(method, caller, std::make_unique<Request>(request));
    if (!answer) return std::unexpected(answer.error());
    return static_cast<const Response&>(**answer);
  }
  static Caller Bearer(const std::string& secret) { return {.bearer = secret, .peer = "test:1"}; }

  Result<v1::SignInResponse> SignIn(const std::string& name, const std::string& password,
                                    const std::string& code = "",
                                    const std::string& peer = "10.0.0.1:5") {
    v1::SignInRequest request;
    request.set_account(name);
    request.set_password(password);
    request.set_code(code);
    return Call<v1::SignInResponse>("AccessService/SignIn", {.bearer = {}, .peer = peer}, request);
  }
  Result<v1::WhoAmIResponse> WhoAmI(const Caller& caller) {
    return Call<v1::WhoAmIResponse>("AccessService/WhoAmI", caller, v1::WhoAmIRequest());
  }
  // What the audit trail says, newest first.
  std::vector<v1::AuditEvent> Trail() {
    return people_.ReadAudit(TimePoint{}, "", false, 1'000).value();
  }

  TempFolder folder_;
  ManualClock clock_{kMorning};
  std::unique_ptr<Store> store_;
  PeopleStore& people_;
  std::unique_ptr<Bus> bus_ = MakeInProcessBus();
  Hub hub_{HubConfig{}, clock_};
  Journal journal_{JournalConfig{.broker_id = "broker-1"}, *store_, *bus_, clock_};
  Authenticator authenticator_{*store_, clock_, {.remember = std::chrono::milliseconds(50)}};
  SigningKey key_ = SigningKey::Generate();
  NothingWrong health_;
  std::optional<Api> api_;
};

}  // namespace wardcast::testing
