// What is taken away at one broker is gone at the other: two real brokers over TLS, one PostgreSQL,
// with Redis between them and without.
#include <gmock/gmock.h>

#include <fstream>

#include "tests/programs/tls_browser.h"
#include "tests/security/enrolment/pc.h"
#include "tests/servers/temp_postgres.h"
#include "tests/servers/temp_redis.h"
#include "wardcast/v1/access_service.grpc.pb.h"

namespace wardcast::testing {
namespace {

using nlohmann::json;
using std::chrono::seconds;

constexpr char kPassword[] = "correct horse battery staple";
constexpr int kSignedOut = 4401;
constexpr int kComeBack = 4429;
// What is promised is 5 s.
constexpr seconds kOtherBroker{8};

bool SoonThere(const std::function<bool()>& holds) {
  const auto until = std::chrono::steady_clock::now() + kOtherBroker;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return true;
}

std::unique_ptr<TempPostgres> database;

// One PostgreSQL for all of them, stopped before the program's statics go.
class StopDatabase : public ::testing::Environment {
 public:
  void TearDown() override { database.reset(); }
};
const auto* const kStopDatabase = ::testing::AddGlobalTestEnvironment(new StopDatabase);

TempPostgres& Database() {
  if (!database) database = std::make_unique<TempPostgres>();
  return *database;
}

enum class Between { kNothing, kRedis };

class TwoBrokers : public ::testing::TestWithParam<Between> {
 protected:
  void SetUp() override {
    if (const std::string reason = TempPostgres::WhyNot(); !reason.empty()) GTEST_SKIP() << reason;
    std::string config = "[store]\npostgresql = \"" + Database().NewDatabase() + "\"\n";
    if (GetParam() == Between::kRedis) {
      if (const std::string reason = TempRedis::WhyNot(); !reason.empty()) GTEST_SKIP() << reason;
      redis_.emplace();
      config += "[redis]\nunix_socket = \"" + redis_->socket() + "\"\n";
    }
    const auto file = files_.path() / "wardcast.toml";
    std::ofstream(file) << config;
    here_.emplace(std::vector<std::string>{"--config", file});
    there_.emplace(std::vector<std::string>{"--config", file}, here_->ExportIdentity());
  }

  TlsBrowser BrowserAt(const SecureBroker& broker) const {
    return TlsBrowser(broker.http_port(), broker.Ca());
  }
  static std::unique_ptr<WebSocket> Subscribe(TlsBrowser& browser, const std::string& token,
                                              const std::string& endpoint_id) {
    for (int i = 0; i < 20; ++i) {
      auto socket = browser.Open();
      if (!socket) return nullptr;
      socket->Send({{"token", token}, {"subscribe", {{"endpoint", {{"id", endpoint_id}}}}}});
      if (!socket->Read("subscribe").is_discarded()) return socket;
      if (socket->close_code() != kComeBack) return nullptr;
    }
    return nullptr;
  }
  // The administrator of the first broker's machine.
  template <class Request, class Response>
  void Administer(grpc::Status (v1::AccessService::Stub::*call)(grpc::ClientContext*,
                                                                const Request&, Response*),
                  const Request& request, Response& response) {
    const auto stub = v1::AccessService::NewStub(grpc::CreateChannel(
        "unix:" + (here_->folder() / "admin.sock").string(), grpc::InsecureChannelCredentials()));
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + seconds(30));
    const grpc::Status status = ((*stub).*call)(&context, request, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
  }
  // Makes an account of a viewer, who signs in at the first broker.
  std::string SignIn(TlsBrowser& browser, const std::string& account) {
    v1::UpsertAccountRequest request;
    request.mutable_account()->set_name(account);
    request.mutable_account()->add_assignments()->set_role("viewer");
    v1::UpsertAccountResponse response;
    Administer(&v1::AccessService::Stub::UpsertAccount, request, response);
    const std::string link = response.link().substr(response.link().rfind('/') + 1);
    EXPECT_EQ(
        browser.Call("AccessService/SetPassword", {{"link", link}, {"newPassword", kPassword}})
            .status,
        200);
    const WebAnswer signed_in =
        browser.Call("AccessService/SignIn", {{"account", account}, {"password", kPassword}});
    EXPECT_EQ(signed_in.status, 200) << signed_in.body;
    return signed_in.Json()["who"].value("csrfToken", "");
  }
  // Somebody who has signed in at the first broker, and works at both: a call is answered and a
  // WebSocket is open at the second one.
  struct AtBoth {
    TlsBrowser here;
    TlsBrowser there;
    std::string csrf;
    std::unique_ptr<WebSocket> socket;
  };
  AtBoth SignedInAtBoth(const std::string& account) {
    AtBoth at{.here = BrowserAt(*here_), .there = BrowserAt(*there_), .csrf = {}, .socket = {}};
    at.csrf = SignIn(at.here, account);
    at.there.jar = at.here.jar;
    EXPECT_EQ(Lists(at), 200);
    at.socket = Subscribe(at.there, at.csrf, "watching");
    EXPECT_TRUE(at.socket);
    return at;
  }
  static int Lists(AtBoth& at) {
    return at.there.CallAs(at.csrf, "AlertService/ListAlerts", json::object()).status;
  }
  void ExpectOutThere(AtBoth& at) {
    const auto began = std::chrono::steady_clock::now();
    EXPECT_TRUE(SoonThere([&] { return Lists(at) == 401; }));
    EXPECT_EQ(at.socket->ReadClose(kOtherBroker), kSignedOut);
    EXPECT_LT(std::chrono::steady_clock::now() - began, kOtherBroker);
  }

  TempFolder files_;
  std::optional<TempRedis> redis_;
  std::optional<SecureBroker> here_;
  std::optional<SecureBroker> there_;
};

TEST_P(TwoBrokers, ARevokedMachinesStreamEndsAtTheOther) {
  Pc pc(*here_, "4w-pc-01");
  Pc neighbour(*here_, "4w-pc-02", "SN-2");
  const std::string line = here_->EnrolLine({"--uses", "2"});
  ASSERT_TRUE(pc.Enrol(line) && neighbour.Enrol(line));
  OpenStream stream(pc.ChannelTo(*there_), "4w-pc-01");
  OpenStream stays(neighbour.ChannelTo(*there_), "4w-pc-02");
  ASSERT_TRUE(ComesTrue([&] { return stream.Synced() && stays.Synced(); }));
  EXPECT_EQ(here_->Admin({"revoke-certificate", "4w-pc-01", "--reason", "stolen"}).code, 0);
  EXPECT_TRUE(SoonThere([&] { return stream.over(); })) << there_->Log();
  EXPECT_EQ(stream.status().error_code(), grpc::StatusCode::PERMISSION_DENIED);
  OpenStream again(pc.ChannelTo(*there_), "4w-pc-01");
  EXPECT_TRUE(ComesTrue([&] { return again.over(); }));
  EXPECT_EQ(again.status().error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_FALSE(stays.over());
}

TEST_P(TwoBrokers, ARevokedBrowsersSocketEndsAtTheOther) {
  TlsBrowser enrolled = BrowserAt(*here_);
  const std::string token = ReadEnrolLine(here_->EnrolLine({"--uses", "1"}))->token;
  const WebAnswer answer = enrolled.Enrol(token, "4w-pc-03");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const std::string csrf = answer.Json().value("csrfToken", "");
  TlsBrowser there = BrowserAt(*there_);
  there.jar = enrolled.jar;
  const auto at_the_other = Subscribe(there, csrf, "4w-pc-03");
  const auto at_the_same = Subscribe(enrolled, csrf, "4w-pc-03");
  ASSERT_TRUE(at_the_other && at_the_same);
  EXPECT_EQ(here_->Admin({"revoke-certificate", "4w-pc-03"}).code, 0);
  EXPECT_EQ(at_the_other->ReadClose(kOtherBroker), kSignedOut);
  EXPECT_EQ(at_the_same->ReadClose(kOtherBroker), kSignedOut);
  EXPECT_EQ(there.CallAs(csrf, "EndpointService/Report", {{"endpointId", "4w-pc-03"}}).status, 403);
}

TEST_P(TwoBrokers, SigningOutAtOneIsSigningOutAtTheOther) {
  AtBoth at = SignedInAtBoth("vera");
  EXPECT_EQ(at.here.CallAs(at.csrf, "AccessService/SignOut", json::object()).status, 200);
  ExpectOutThere(at);
}

TEST_P(TwoBrokers, ASessionThatAnAdministratorEndsIsOverAtTheOther) {
  AtBoth at = SignedInAtBoth("vera");
  v1::ListSessionsRequest list;
  list.set_account("vera");
  v1::ListSessionsResponse sessions;
  Administer(&v1::AccessService::Stub::ListSessions, list, sessions);
  ASSERT_EQ(sessions.sessions_size(), 1);
  v1::EndSessionRequest end;
  end.set_id(sessions.sessions(0).id());
  v1::EndSessionResponse ended;
  Administer(&v1::AccessService::Stub::EndSession, end, ended);
  ExpectOutThere(at);
}

TEST_P(TwoBrokers, ADisabledAccountIsOutAtTheOther) {
  AtBoth at = SignedInAtBoth("vera");
  v1::UpsertAccountRequest request;
  request.mutable_account()->set_name("vera");
  request.mutable_account()->add_assignments()->set_role("viewer");
  request.mutable_account()->set_disabled(true);
  v1::UpsertAccountResponse response;
  Administer(&v1::AccessService::Stub::UpsertAccount, request, response);
  ExpectOutThere(at);
}

TEST_P(TwoBrokers, ARevokedTokenIsRefusedAtTheOther) {
  v1::CreateTokenRequest create;
  create.set_name("board");
  create.add_assignments()->set_role("viewer");
  v1::CreateTokenResponse token;
  Administer(&v1::AccessService::Stub::CreateToken, create, token);
  TlsBrowser there = BrowserAt(*there_);
  const auto lists = [&] {
    return there
        .Call("AlertService/ListAlerts", json::object(),
              {"Authorization: Bearer " + token.secret()})
        .status;
  };
  EXPECT_EQ(lists(), 200);
  const auto socket = Subscribe(there, token.secret(), "watching");
  ASSERT_TRUE(socket);
  v1::RevokeTokenRequest revoke;
  revoke.set_id(token.token().id());
  v1::RevokeTokenResponse revoked;
  Administer(&v1::AccessService::Stub::RevokeToken, revoke, revoked);
  EXPECT_TRUE(SoonThere([&] { return lists() == 401; }));
  EXPECT_EQ(socket->ReadClose(kOtherBroker), kSignedOut);
}

INSTANTIATE_TEST_SUITE_P(All, TwoBrokers, ::testing::Values(Between::kNothing, Between::kRedis),
                         [](const auto& one) {
                           return std::string(one.param == Between::kRedis ? "Redis" : "NoRedis");
                         });

}  // namespace
}  // namespace wardcast::testing
