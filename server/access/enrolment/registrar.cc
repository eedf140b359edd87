#include "server/access/enrolment/registrar.h"

#include <utility>

#include "base/bytes.h"
#include "base/endpoint_id.h"
#include "base/log.h"
#include "base/proto_time.h"
#include "base/tls/enrol_line.h"
#include "base/tls/signing_request.h"
#include "base/ulid.h"
#include "server/access/enrolment/endpoint_gate.h"
#include "server/access/enrolment/endpoint_uri.h"

namespace wardcast {
namespace {

// For PCs whose clock is behind.
constexpr std::chrono::days kBackdatedBy{30};
constexpr std::size_t kLongestToken = 128;
constexpr std::size_t kLongestHost = 255;

// What a machine says of itself goes into messages and lists.
std::string Clean(const std::string& text) { return LogSafe(text.substr(0, kLongestHost)); }

Result<void> CheckId(const std::string& id, const char* field) {
  if (IsEndpointId(id)) return {};
  return Invalid({{field, "must be 1 to 80 of a-z, 0-9, '.', '_' and '-'"}});
}

// A person pastes what there is: the token, or the whole line.
Result<std::string> TokenIn(const std::string& text) {
  if (text.starts_with("wardcast1.")) {
    auto line = ReadEnrolLine(text);
    if (!line) return Invalid({{"token", line.error().message}});
    return std::move(line->token);
  }
  if (text.empty() || text.size() > kLongestToken)
    return Fail(Code::kUnauthenticated, "this enrolment token is not known here");
  return text;
}

}  // namespace

Result<Registrar::Enrolled> Registrar::Enroll(const v1::EnrollRequest& request) {
  if (auto id = CheckId(request.endpoint().id(), "endpoint.id"); !id)
    return std::unexpected(id.error());
  if (request.token().empty() || request.token().size() > kLongestToken)
    return Fail(Code::kUnauthenticated, "this enrolment token is not known here");
  const auto key = ReadSigningRequest(request.signing_request());
  if (!key) return std::unexpected(key.error());
  const TimePoint now = clock_.Now();
  EnrolmentRow wanted;
  wanted.registration_id = NewUlid(now);
  wanted.endpoint_id = request.endpoint().id();
  wanted.key_sha256 = PublicSha256(key->get());
  wanted.host = Clean(request.endpoint().host());
  wanted.hardware_serial = Clean(request.endpoint().serial());
  auto enrolled = store_.Enrol(Sha256Hex(request.token()), wanted, now);
  if (!enrolled) {
    SPDLOG_WARN("{} did not enrol: {}", wanted.endpoint_id, LogSafe(enrolled.error().message));
    return std::unexpected(enrolled.error());
  }
  auto credential = Issue(enrolled->row, key->get());
  if (!credential) return std::unexpected(credential.error());
  SPDLOG_INFO("{} has enrolled with the token {}{}", wanted.endpoint_id, enrolled->row.token_id,
              enrolled->replaced.empty() ? "" : ", in the place that the same machine had before");
  return Enrolled{.credential = std::move(*credential), .replaced = !enrolled->replaced.empty()};
}

Result<Registrar::BrowserEnrolled> Registrar::EnrollBrowser(const v1::EnrollBrowserRequest& request,
                                                            const BrowserWish& wish) {
  if (auto id = CheckId(request.endpoint_id(), "endpoint_id"); !id)
    return std::unexpected(id.error());
  const auto token = TokenIn(request.token());
  if (!token) return std::unexpected(token.error());
  const TimePoint now = clock_.Now();
  EnrolmentRow wanted;
  wanted.registration_id = NewUlid(now);
  wanted.endpoint_id = request.endpoint_id();
  wanted.key_sha256 = wish.key_sha256;
  wanted.host = Clean(wish.address);
  wanted.issued_at = now;
  wanted.expires_at = now + kBrowserLife;
  auto enrolled = store_.EnrolBrowser(Sha256Hex(*token), wanted, wish.former, now);
  if (!enrolled) {
    SPDLOG_WARN("the browser at {} did not enrol as {}: {}", wanted.host, wanted.endpoint_id,
                LogSafe(enrolled.error().message));
    return std::unexpected(enrolled.error());
  }
  SPDLOG_INFO("{} has enrolled as a browser at {} with the token {}{}", wanted.endpoint_id,
              wanted.host, enrolled->row.token_id,
              enrolled->replaced.empty() ? "" : ", in the place of an earlier one");
  return BrowserEnrolled{.endpoint_id = enrolled->row.endpoint_id,
                         .expires = enrolled->row.expires_at,
                         .replaced = !enrolled->replaced.empty()};
}

Result<v1::Credential> Registrar::Renew(const v1::RenewRequest& request) {
  if (auto id = CheckId(request.endpoint_id(), "endpoint_id"); !id)
    return std::unexpected(id.error());
  const auto key = ReadSigningRequest(request.signing_request());
  if (!key) return std::unexpected(key.error());
  auto found = store_.FindEnrolment(request.endpoint_id(), PublicSha256(key->get()));
  if (!found) return std::unexpected(found.error());
  if (!*found) {
    return Fail(Code::kUnauthenticated, "this key is not registered for the endpoint " +
                                            request.endpoint_id() + "; enrol it again");
  }
  const EnrolmentRow& row = **found;
  if (row.revoked_at != TimePoint{}) {
    return Fail(Code::kPermissionDenied, "the key of the endpoint " + row.endpoint_id +
                                             " was revoked (" + row.revoked_because +
                                             "); it gets in again only by enrolling anew");
  }
  if (row.expires_at != TimePoint{} && clock_.Now() > row.expires_at + config_.grace) {
    return Fail(Code::kFailedPrecondition, "the certificate of the endpoint " + row.endpoint_id +
                                               " expired at " + ToRfc3339(row.expires_at) +
                                               ", which is too long ago; enrol it again");
  }
  return Issue(row, key->get());
}

// Noted before it is handed out: whoever has a certificate is in the list.
Result<v1::Credential> Registrar::Issue(const EnrolmentRow& row, EVP_PKEY* key) {
  const TimePoint now = clock_.Now();
  const Certificate certificate = authority_.IssueClient(
      key, EndpointUri({.endpoint_id = row.endpoint_id, .registration_id = row.registration_id}),
      {.from = now - kBackdatedBy, .until = now + config_.life});
  if (auto noted = store_.NoteCertificate(row.registration_id, certificate.serial(), now,
                                          certificate.valid_until());
      !noted) {
    return std::unexpected(noted.error());
  }
  v1::Credential credential;
  credential.set_endpoint_id(row.endpoint_id);
  credential.set_certificate_pem(certificate.ToPem());
  *credential.mutable_valid_from() = ToTimestamp(now);
  *credential.mutable_valid_until() = ToTimestamp(certificate.valid_until());
  credential.set_signing_key_pem(signing_key_pem_);
  return credential;
}

}  // namespace wardcast
