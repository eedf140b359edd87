// Whoever has signed in watches, and is no endpoint, whichever one the request names.
#include <gmock/gmock.h>

#include "tests/security/people/access_scene.h"

namespace wardcast {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class WatcherTest : public testing::AccessScene {
 protected:
  // Asked for again until the store has said who this is, as endpoints do.
  Result<std::shared_ptr<Session>> Subscribe(Live& live, const Caller& caller,
                                             const std::string& endpoint_id) {
    v1::SubscribeRequest request;
    request.mutable_endpoint()->set_id(endpoint_id);
    request.mutable_endpoint()->set_host("a person's PC");
    for (int i = 0;; ++i) {
      auto session = live.Subscribe(caller, request, [] {});
      if (session || session.error().code != Code::kUnavailable || i == 500) return session;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  Result<std::shared_ptr<Session>> Subscribe(const Caller& caller, const std::string& endpoint_id) {
    return Subscribe(api_->live(), caller, endpoint_id);
  }
  Caller Certificate(const std::string& endpoint_id) {
    Caller caller{.bearer = {}, .peer = "10.0.0.1:5"};
    caller.endpoint_id = endpoint_id;
    return caller;
  }
};

TEST_F(WatcherTest, APersonWhoSubscribesAsAnEndpointOnlyWatches) {
  const auto session = Subscribe(Bearer(SessionOf("ann", {As("viewer")})), "4w-pc-01");
  ASSERT_TRUE(session) << session.error().message;
  EXPECT_FALSE(hub_.IsConnected("4w-pc-01"));
  EXPECT_EQ(hub_.Counts().watchers, 1u);
  (*session)->Close();
  // What was noted of anybody is written at the latest when the API stops.
  api_->Stop();
  EXPECT_THAT(store_->LoadPresence().value(), IsEmpty());
}

TEST_F(WatcherTest, AMachinesTokenOnlyWatchesToo) {
  v1::CreateTokenRequest request;
  request.set_name("board");
  *request.add_assignments() = As("viewer");
  Caller local{.bearer = {}, .peer = "unix:"};
  local.local = true;
  const auto token = Call<v1::CreateTokenResponse>("AccessService/CreateToken", local, request);
  ASSERT_TRUE(token) << token.error().message;
  const auto session = Subscribe(Bearer(token->secret()), "4w-pc-01");
  ASSERT_TRUE(session) << session.error().message;
  EXPECT_FALSE(hub_.IsConnected("4w-pc-01"));
  EXPECT_EQ(hub_.Counts().watchers, 1u);
}

TEST_F(WatcherTest, APersonsEndDoesNotTouchTheEndpointOfThatName) {
  const auto endpoint = Subscribe(Certificate("4w-pc-01"), "4w-pc-01");
  ASSERT_TRUE(endpoint) << endpoint.error().message;
  const auto person = Subscribe(Bearer(SessionOf("ann", {As("viewer")})), "4w-pc-01");
  ASSERT_TRUE(person);
  (*person)->Close();
  EXPECT_TRUE(hub_.IsConnected("4w-pc-01"));
  EXPECT_THAT(hub_.Duplicates(), IsEmpty());
}

TEST_F(WatcherTest, APersonDoesNotReport) {
  v1::ReportRequest request;
  request.set_endpoint_id("4w-pc-01");
  const auto reported = Call<v1::ReportResponse>(
      "EndpointService/Report", Bearer(SessionOf("ann", {As("responder")})), request);
  ASSERT_FALSE(reported);
  EXPECT_EQ(reported.error().code, Code::kPermissionDenied);
}

TEST_F(WatcherTest, AnEndpointActsAsItselfOnly) {
  const auto other = Subscribe(Certificate("4w-pc-01"), "icu-pc-01");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Code::kPermissionDenied);
  v1::ReportRequest report;
  report.set_endpoint_id("icu-pc-01");
  EXPECT_EQ(Call<v1::ReportResponse>("EndpointService/Report", Certificate("4w-pc-01"), report)
                .error()
                .code,
            Code::kPermissionDenied);
  v1::GetSettingsRequest settings;
  settings.set_endpoint_id("icu-pc-01");
  const auto refused = Call<v1::GetSettingsResponse>("EndpointService/GetSettings",
                                                     Certificate("4w-pc-01"), settings);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("only as itself"));
  settings.set_endpoint_id("4w-pc-01");
  EXPECT_TRUE(Call<v1::GetSettingsResponse>("EndpointService/GetSettings", Certificate("4w-pc-01"),
                                            settings));
}

TEST_F(WatcherTest, WhoIsNotKnownAnyMoreIsToldSoAndNotToWait) {
  const auto refused =
      Subscribe(Bearer(std::string(kSessionPrefix) + std::string(64, 'a')), "4w-pc-01");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kUnauthenticated) << refused.error().message;
}

// In plain text on loopback an endpoint proposes its id, whoever tries that out.
TEST_F(WatcherTest, WithInsecureLoopbackThereIsNobodyToWatch) {
  Authenticator insecure(*store_, clock_, {.insecure_loopback = true});
  Api api(ApiParts{.store = *store_,
                   .bus = *bus_,
                   .hub = hub_,
                   .journal = journal_,
                   .authenticator = insecure,
                   .health = health_,
                   .signing_key = key_,
                   .clock = clock_,
                   .version = "test",
                   .password_cost = {.operations = 1, .memory_bytes = 8192}});
  const auto session = Subscribe(api.live(), {.bearer = {}, .peer = "127.0.0.1:5"}, "4w-pc-01");
  EXPECT_TRUE(session);
  EXPECT_TRUE(hub_.IsConnected("4w-pc-01"));
  const auto person = Subscribe(api.live(), Bearer(SessionOf("ann", {As("viewer")})), "4w-pc-02");
  EXPECT_TRUE(person);
  EXPECT_TRUE(hub_.IsConnected("4w-pc-02"));
  for (const auto* open : {&session, &person}) (**open)->Close();
  api.Stop();
}

}  // namespace
}  // namespace wardcast
