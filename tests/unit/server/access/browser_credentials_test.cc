// An enrolled browser's cookie as a credential: on a real store, with a clock that the test moves.
#include <gmock/gmock.h>

#include <functional>
#include <thread>

#include "base/bytes.h"
#include "base/ulid.h"
#include "server/access/authenticator.h"
#include "server/access/enrolment/standing_watch.h"
#include "server/store/open_store.h"
#include "tests/servers/temp_folder.h"

namespace wardcast {
namespace {

using std::chrono::days;
using std::chrono::hours;
using ::testing::HasSubstr;

class BrowserCredentials : public ::testing::Test {
 protected:
  BrowserCredentials() {
    EXPECT_TRUE(enrolment_.PutEnrolToken({.id = "T1",
                                          .hash = Sha256Hex("0123456789abcdef"),
                                          .note = "",
                                          .site_id = "main",
                                          .uses = 9,
                                          .used = 0,
                                          .created_at = clock_.Now(),
                                          .expires_at = clock_.Now() + days(2'000),
                                          .revoked_at = {}}));
  }
  // The secret of a browser that has enrolled; `former`: the registration that it had.
  std::string Enrol(const std::string& endpoint_id, const std::string& former = "") {
    std::string secret = NewSecret(kBrowserPrefix);
    EnrolmentRow row;
    row.registration_id = NewUlid(clock_.Now());
    row.endpoint_id = endpoint_id;
    row.key_sha256 = Sha256Hex(secret);
    row.issued_at = clock_.Now();
    row.expires_at = clock_.Now() + kBrowserLife;
    EXPECT_TRUE(enrolment_.EnrolBrowser(Sha256Hex("0123456789abcdef"), row, former, clock_.Now()));
    return secret;
  }
  Code Refusal(const std::string& secret) {
    const auto found = authenticator_.Authenticate(Cookie(secret));
    return found ? Code::kInternal : found.error().code;
  }
  static Presented Cookie(const std::string& secret) { return {.session = secret}; }
  static bool ComesTrue(const std::function<bool()>& holds) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!holds()) {
      if (std::chrono::steady_clock::now() > until) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
  }

  testing::TempFolder folder_;
  ManualClock clock_{SystemClock().Now()};
  std::unique_ptr<Store> store_ = OpenStore({.data_dir = folder_.path()}, clock_.Now()).value();
  EnrolmentStore& enrolment_ = *store_->enrolment();
  EndpointGate gate_;
  Authenticator authenticator_{
      *store_, clock_, {.remember = std::chrono::milliseconds(20)}, &gate_};
  StandingWatch standings_{{}, enrolment_, gate_, clock_, [this](const CertifiedEndpoint& one) {
                             authenticator_.EndEndpoint(one);
                           }};
};

TEST_F(BrowserCredentials, TheCookieIsTheEndpointAndNothingElse) {
  const std::string secret = Enrol("4w-pc-03");
  const auto found = authenticator_.Authenticate(Cookie(secret));
  ASSERT_TRUE(found) << found.error().message;
  const IdentityPtr identity = (*found)->identity();
  EXPECT_EQ(identity->kind, Identity::Kind::kEndpoint);
  EXPECT_EQ(identity->endpoint_id, "4w-pc-03");
  EXPECT_EQ(identity->name, "endpoint/4w-pc-03");
  EXPECT_TRUE(identity->grants.empty());
  EXPECT_EQ(identity->expires, clock_.Now() + kBrowserLife);
  EXPECT_EQ((*found)->csrf(), CsrfOf(secret));
  EXPECT_EQ(Refusal(std::string(kBrowserPrefix) + "guess"), Code::kUnauthenticated);
  EXPECT_EQ(authenticator_.Authenticate({.bearer = secret}).error().code, Code::kUnauthenticated)
      << "the secret of a cookie is no token";
}

TEST_F(BrowserCredentials, IsBelievedFromMemoryAsACertificateIs) {
  const std::string secret = Enrol("4w-pc-03");
  EXPECT_FALSE(authenticator_.Known(Cookie(secret))) << "enrolled at another broker";
  ASSERT_TRUE(standings_.Load());
  const SignedInPtr known = authenticator_.Known(Cookie(secret));
  ASSERT_TRUE(known);
  clock_.Advance(hours(3));
  EXPECT_EQ(authenticator_.Known(Cookie(secret)), known);
}

TEST_F(BrowserCredentials, IsOverAtOnceWhenItIsRevoked) {
  const std::string secret = Enrol("4w-pc-03");
  const std::string neighbour = Enrol("4w-pc-04");
  const SignedInPtr open = *authenticator_.Authenticate(Cookie(secret));
  const SignedInPtr stays = *authenticator_.Authenticate(Cookie(neighbour));
  ASSERT_TRUE(enrolment_.RevokeEnrolment("4w-pc-03", "stolen", clock_.Now()));
  ASSERT_TRUE(standings_.Load());
  EXPECT_TRUE(open->over(clock_.Now()));
  EXPECT_FALSE(authenticator_.Known(Cookie(secret)));
  EXPECT_EQ(Refusal(secret), Code::kPermissionDenied);
  EXPECT_FALSE(stays->over(clock_.Now()));
}

TEST_F(BrowserCredentials, IsRefusedByTheStoreBeforeTheGateHasHeardOfIt) {
  const std::string secret = Enrol("4w-pc-03");
  ASSERT_TRUE(enrolment_.RevokeEnrolment("4w-pc-03", "stolen", clock_.Now()));
  EXPECT_EQ(Refusal(secret), Code::kPermissionDenied);
  EXPECT_THAT(authenticator_.Authenticate(Cookie(secret)).error().message, HasSubstr("4w-pc-03"));
}

TEST_F(BrowserCredentials, TheOldCookieIsOverWhenItEnrolsAgain) {
  const std::string first = Enrol("4w-pc-03");
  const SignedInPtr open = *authenticator_.Authenticate(Cookie(first));
  const std::string second = Enrol("4w-pc-03", open->identity()->registration_id);
  ASSERT_TRUE(standings_.Load());
  EXPECT_TRUE(open->over(clock_.Now()));
  EXPECT_EQ(Refusal(first), Code::kPermissionDenied);
  EXPECT_EQ(Refusal(second), Code::kInternal);
}

TEST_F(BrowserCredentials, APlaceThatIsNotUsedEndsAfterFourHundredDays) {
  const std::string secret = Enrol("4w-pc-03");
  ASSERT_TRUE(standings_.Load());
  clock_.Advance(kBrowserLife);
  EXPECT_FALSE(authenticator_.Known(Cookie(secret)));
  EXPECT_EQ(Refusal(secret), Code::kUnauthenticated);
}

TEST_F(BrowserCredentials, APlaceThatIsUsedIsProlongedOnceADay) {
  const std::string secret = Enrol("4w-pc-03");
  const SignedInPtr open = *authenticator_.Authenticate(Cookie(secret));
  const auto until = [&] { return enrolment_.FindBrowser(Sha256Hex(secret)).value()->expires_at; };
  const TimePoint first = until();
  clock_.Advance(hours(23));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(until(), first) << "not more often";
  clock_.Advance(hours(2));
  EXPECT_TRUE(ComesTrue([&] { return until() == clock_.Now() + kBrowserLife; }));
  EXPECT_TRUE(ComesTrue([&] { return open->identity()->expires == until(); }));
  clock_.Advance(days(399));
  EXPECT_FALSE(open->over(clock_.Now()));
}

TEST_F(BrowserCredentials, ARevokedCertificateIsRefusedByEveryMethod) {
  const std::string secret = Enrol("4w-pc-03");
  const std::string registration =
      (*authenticator_.Authenticate(Cookie(secret)))->identity()->registration_id;
  const Presented certificate{.endpoint_id = "4w-pc-03", .registration_id = registration};
  EXPECT_TRUE(authenticator_.Known(certificate));
  ASSERT_TRUE(enrolment_.RevokeEnrolment("4w-pc-03", "stolen", clock_.Now()));
  ASSERT_TRUE(standings_.Load());
  EXPECT_FALSE(authenticator_.Known(certificate));
  EXPECT_EQ(authenticator_.Authenticate(certificate).error().code, Code::kPermissionDenied);
}

TEST(BrowserCredentialsInPlainText, MeanNothing) {
  testing::TempFolder folder;
  const SystemClock clock;
  const auto store = OpenStore({.data_dir = folder.path()}, clock.Now()).value();
  Authenticator authenticator(*store, clock, {.insecure_loopback = true});
  const auto found = authenticator.Authenticate({.session = NewSecret(kBrowserPrefix)});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Code::kUnauthenticated);
}

}  // namespace
}  // namespace wardcast
