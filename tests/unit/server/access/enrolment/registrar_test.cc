// Who gets a place, and for how long: on a real store, with a clock that the test moves.
#include "server/access/enrolment/registrar.h"

#include <gmock/gmock.h>

#include "base/bytes.h"
#include "base/proto_time.h"
#include "base/tls/enrol_line.h"
#include "base/tls/signing_request.h"
#include "base/ulid.h"
#include "server/access/enrolment/endpoint_gate.h"
#include "server/access/enrolment/standing_watch.h"
#include "server/store/open_store.h"
#include "tests/servers/temp_folder.h"

namespace wardcast {
namespace {

using std::chrono::days;
using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class RegistrarTest : public ::testing::Test {
 protected:
  RegistrarTest() {
    EXPECT_TRUE(store_->enrolment()->PutEnrolToken({.id = "T1",
                                                    .hash = Sha256Hex("0123456789abcdef"),
                                                    .note = "",
                                                    .site_id = "main",
                                                    .uses = 5,
                                                    .used = 0,
                                                    .created_at = clock_.Now(),
                                                    .expires_at = clock_.Now() + days(2'000),
                                                    .revoked_at = {}}));
  }

  v1::EnrollRequest Request(const std::string& id, const PrivateKey& key) const {
    v1::EnrollRequest request;
    request.set_token("0123456789abcdef");
    request.mutable_endpoint()->set_id(id);
    request.mutable_endpoint()->set_host(id);
    request.mutable_endpoint()->set_serial("SN " + id);
    request.set_signing_request(MakeSigningRequest(key, id));
    return request;
  }
  v1::RenewRequest Renewal(const std::string& id, const PrivateKey& key) const {
    v1::RenewRequest request;
    request.set_endpoint_id(id);
    request.set_signing_request(MakeSigningRequest(key, id));
    return request;
  }

  v1::EnrollBrowserRequest BrowserRequest(const std::string& id) const {
    v1::EnrollBrowserRequest request;
    request.set_token("0123456789abcdef");
    request.set_endpoint_id(id);
    return request;
  }

  testing::TempFolder folder_;
  ManualClock clock_{SystemClock().Now()};
  std::unique_ptr<Store> store_ = OpenStore({.data_dir = folder_.path()}, clock_.Now()).value();
  Authority authority_ = Authority::Make(clock_.Now());
  SigningKey signing_ = SigningKey::Generate();
  Registrar registrar_{{}, *store_->enrolment(), authority_, signing_.public_key(), clock_};
  PrivateKey key_ = PrivateKey::Generate();
};

TEST_F(RegistrarTest, TheCertificateNamesTheEndpointAndItsRegistration) {
  const auto enrolled = registrar_.Enroll(Request("4w-pc-03", key_));
  ASSERT_TRUE(enrolled) << enrolled.error().message;
  const v1::Credential& credential = enrolled->credential;
  EXPECT_EQ(credential.endpoint_id(), "4w-pc-03");
  EXPECT_EQ(credential.signing_key_pem(), signing_.public_key().ToPem());
  const Certificate certificate = Certificate::FromPem(credential.certificate_pem()).value();
  EXPECT_TRUE(certificate.IsSignedBy(authority_.certificate()));
  EXPECT_TRUE(certificate.Fits(key_));
  ASSERT_EQ(certificate.uris().size(), 1u);
  const auto named = ReadEndpointUri(certificate.uris().front());
  ASSERT_TRUE(named) << certificate.uris().front();
  EXPECT_EQ(named->endpoint_id, "4w-pc-03");
  const auto row = store_->enrolment()->FindEnrolment("4w-pc-03", key_.public_sha256()).value();
  EXPECT_EQ(row->registration_id, named->registration_id);
  EXPECT_EQ(row->certificate_serial, certificate.serial());
  EXPECT_EQ(row->hardware_serial, "SN 4w-pc-03");
}

TEST_F(RegistrarTest, RenewalKeepsTheRegistration) {
  const std::string first =
      Certificate::FromPem(registrar_.Enroll(Request("pc-1", key_))->credential.certificate_pem())
          ->uris()
          .front();
  clock_.Advance(days(300));
  const auto renewed = registrar_.Renew(Renewal("pc-1", key_));
  ASSERT_TRUE(renewed) << renewed.error().message;
  const Certificate certificate = Certificate::FromPem(renewed->certificate_pem()).value();
  EXPECT_EQ(certificate.uris().front(), first);
  EXPECT_GT(certificate.valid_until(), clock_.Now() + days(364));
}

TEST_F(RegistrarTest, APcFromTheCupboardIsRenewedForAYearAndMore) {
  ASSERT_TRUE(registrar_.Enroll(Request("pc-1", key_)));
  clock_.Advance(days(365 + 399));
  EXPECT_TRUE(registrar_.Renew(Renewal("pc-1", key_)));
  clock_.Advance(days(365 + 401));
  const auto late = registrar_.Renew(Renewal("pc-1", key_));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(late.error().message, HasSubstr("enrol it again"));
}

TEST_F(RegistrarTest, OnlyTheRegisteredKeyIsRenewed) {
  ASSERT_TRUE(registrar_.Enroll(Request("pc-1", key_)));
  const PrivateKey other = PrivateKey::Generate();
  EXPECT_EQ(registrar_.Renew(Renewal("pc-1", other)).error().code, Code::kUnauthenticated);
  EXPECT_EQ(registrar_.Renew(Renewal("pc-2", key_)).error().code, Code::kUnauthenticated);
  ASSERT_TRUE(store_->enrolment()->RevokeEnrolment("pc-1", "stolen", clock_.Now()));
  const auto revoked = registrar_.Renew(Renewal("pc-1", key_));
  EXPECT_EQ(revoked.error().code, Code::kPermissionDenied);
  EXPECT_THAT(revoked.error().message, HasSubstr("stolen"));
}

TEST_F(RegistrarTest, WhatIsMalformedUsesNothingUp) {
  EXPECT_EQ(registrar_.Enroll(Request("Not An Id", key_)).error().code, Code::kInvalidArgument);
  v1::EnrollRequest request = Request("pc-1", key_);
  request.set_signing_request("x");
  EXPECT_EQ(registrar_.Enroll(request).error().code, Code::kInvalidArgument);
  request = Request("pc-1", key_);
  request.set_token(std::string(5'000, 'x'));
  EXPECT_EQ(registrar_.Enroll(request).error().code, Code::kUnauthenticated);
  EXPECT_EQ(store_->enrolment()->ListEnrolTokens().value().front().used, 0);
}

TEST_F(RegistrarTest, TheGateClosesForWhoIsRevoked) {
  const auto credential = registrar_.Enroll(Request("pc-1", key_))->credential;
  const auto named =
      ReadEndpointUri(Certificate::FromPem(credential.certificate_pem())->uris().front());
  EndpointGate gate;
  std::vector<std::string> told;
  StandingWatch watch({}, *store_->enrolment(), gate, clock_,
                      [&](const CertifiedEndpoint& one) { told.push_back(one.endpoint_id); });
  ASSERT_TRUE(watch.Load());
  EXPECT_TRUE(gate.Check(*named));
  EXPECT_THAT(told, IsEmpty());
  ASSERT_TRUE(store_->enrolment()->RevokeEnrolment("pc-1", "stolen", clock_.Now()));
  ASSERT_TRUE(watch.Load());
  EXPECT_EQ(gate.Check(*named).error().code, Code::kPermissionDenied);
  ASSERT_TRUE(watch.Load());
  EXPECT_THAT(told, ElementsAre("pc-1")) << "told once";
}

TEST_F(RegistrarTest, ABrowserGetsAPlaceForFourHundredDays) {
  const auto enrolled = registrar_.EnrollBrowser(
      BrowserRequest("4w-pc-03"), {.key_sha256 = "k1", .former = {}, .address = "10.1.2.3"});
  ASSERT_TRUE(enrolled) << enrolled.error().message;
  EXPECT_EQ(enrolled->endpoint_id, "4w-pc-03");
  EXPECT_EQ(enrolled->expires, clock_.Now() + days(400));
  const EnrolmentRow row = *store_->enrolment()->FindBrowser("k1").value();
  EXPECT_TRUE(row.browser);
  EXPECT_EQ(row.host, "10.1.2.3");
  EXPECT_EQ(row.certificate_serial, "");
}

TEST_F(RegistrarTest, APersonMayPasteTheWholeLine) {
  v1::EnrollBrowserRequest request = BrowserRequest("4w-pc-03");
  request.set_token("wardcast1.cut-off");
  EXPECT_EQ(registrar_.EnrollBrowser(request, {.key_sha256 = "k1"}).error().code,
            Code::kInvalidArgument);
  request.set_token(" " + request.token());
  EXPECT_EQ(registrar_.EnrollBrowser(request, {.key_sha256 = "k1"}).error().code,
            Code::kUnauthenticated);
  request.set_token(WriteEnrolLine({.brokers = {"localhost:7443"},
                                    .token = "0123456789abcdef",
                                    .authority = authority_.certificate().ToPem()}));
  EXPECT_TRUE(registrar_.EnrollBrowser(request, {.key_sha256 = "k1"}));
}

TEST_F(RegistrarTest, WhatABrowserSaysWrongUsesNothingUp) {
  EXPECT_EQ(registrar_.EnrollBrowser(BrowserRequest("4W PC"), {.key_sha256 = "k1"}).error().code,
            Code::kInvalidArgument);
  v1::EnrollBrowserRequest request = BrowserRequest("4w-pc-03");
  for (const std::string& token : {std::string(), std::string(5'000, 'x'), std::string("guess")}) {
    request.set_token(token);
    EXPECT_EQ(registrar_.EnrollBrowser(request, {.key_sha256 = "k1"}).error().code,
              Code::kUnauthenticated);
  }
  EXPECT_EQ(store_->enrolment()->ListEnrolTokens().value().front().used, 0);
}

TEST_F(RegistrarTest, TheGateKnowsBrowsersUntilTheyAreRevokedOrOver) {
  ASSERT_TRUE(registrar_.EnrollBrowser(BrowserRequest("4w-pc-03"), {.key_sha256 = "k1"}));
  EndpointGate gate;
  StandingWatch watch({}, *store_->enrolment(), gate, clock_, [](const CertifiedEndpoint&) {});
  ASSERT_TRUE(watch.Load());
  const auto place = gate.FindBrowser("k1", clock_.Now());
  ASSERT_TRUE(place);
  EXPECT_EQ(place->endpoint.endpoint_id, "4w-pc-03");
  EXPECT_FALSE(gate.FindBrowser("k2", clock_.Now()));
  EXPECT_FALSE(gate.FindBrowser("k1", clock_.Now() + days(400)));
  ASSERT_TRUE(store_->enrolment()->RevokeEnrolment("4w-pc-03", "stolen", clock_.Now()));
  ASSERT_TRUE(watch.Load());
  EXPECT_FALSE(gate.FindBrowser("k1", clock_.Now()));
  EXPECT_FALSE(gate.Check(place->endpoint));
}

TEST(EndpointUri, ReadsOnlyWhatItWrites) {
  const CertifiedEndpoint endpoint{.endpoint_id = "4w-pc-03",
                                   .registration_id = NewUlid(SystemClock().Now())};
  const auto read = ReadEndpointUri(EndpointUri(endpoint));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->endpoint_id, endpoint.endpoint_id);
  EXPECT_EQ(read->registration_id, endpoint.registration_id);
  for (const char* wrong :
       {"", "wardcast:endpoint:", "wardcast:endpoint:pc", "wardcast:endpoint:pc:", "https://pc",
        "wardcast:endpoint:PC:01JNENDPOINT00000000000000", "wardcast:endpoint:pc:01JN"}) {
    EXPECT_FALSE(ReadEndpointUri(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace wardcast
