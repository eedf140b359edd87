#include "server/api/enrolment/enrolment_handler.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/bytes.h"
#include "base/file.h"
#include "base/log.h"
#include "base/proto_time.h"
#include "base/tls/enrol_line.h"
#include "base/ulid.h"
#include "server/api/enrolment/enrolment_messages.h"
#include "server/api/method_table.h"

namespace wardcast {
namespace {

constexpr int kTokenBytes = 24;
constexpr int kMaxUses = 100'000;
constexpr std::chrono::days kDefaultLife{7};
constexpr std::chrono::days kLongestLife{400};
constexpr std::size_t kMaxBrokers = 16;
constexpr std::size_t kLongestNote = 200;
constexpr int kDefaultPage = 1'000;
constexpr int kLargestPage = 10'000;
constexpr std::size_t kLargestCa = 16 * 1024;

// HOST:PORT with a port of 1 to 65535, without what an enrolment line cannot hold.
bool IsBrokerAddress(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || text.size() > 260) return false;
  const std::string_view digits = text.substr(colon + 1);
  int port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size()) return false;
  const bool plain =
      std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f && c != ','; });
  return plain && port > 0 && port <= 65'535;
}

// Where a call comes from, without the port.
std::string AddressOf(const CallContext& context) {
  return context.peer.substr(0, context.peer.rfind(':'));
}

std::string PageToken(const EnrolmentRow& last) {
  return last.endpoint_id + "/" + last.registration_id;
}

}  // namespace

Result<const EnrolmentParts*> EnrolmentHandler::Parts() const {
  if (parts_ != nullptr) return parts_;
  return Fail(Code::kFailedPrecondition,
              "this broker runs with insecure_loopback, without certificates: endpoints propose "
              "their id; start it without insecure_loopback");
}

Result<v1::EnrollResponse> EnrolmentHandler::Enroll(const CallContext& context,
                                                    const v1::EnrollRequest& request) {
  const auto parts = Parts();
  if (!parts) return std::unexpected(parts.error());
  auto enrolled =
      brake_.Try(AddressOf(context), [&] { return (*parts)->registrar.Enroll(request); });
  if (!enrolled) return std::unexpected(enrolled.error());
  if (enrolled->replaced) (*parts)->changed();
  v1::EnrollResponse response;
  *response.mutable_credential() = std::move(enrolled->credential);
  return response;
}

Result<v1::RenewResponse> EnrolmentHandler::Renew(const CallContext&,
                                                  const v1::RenewRequest& request) {
  const auto parts = Parts();
  if (!parts) return std::unexpected(parts.error());
  auto credential = (*parts)->registrar.Renew(request);
  if (!credential) return std::unexpected(credential.error());
  v1::RenewResponse response;
  *response.mutable_credential() = std::move(*credential);
  return response;
}

Result<v1::EnrollBrowserResponse> EnrolmentHandler::EnrollBrowser(
    const CallContext& context, const v1::EnrollBrowserRequest& request) {
  const auto parts = Parts();
  if (!parts) return std::unexpected(parts.error());
  if (context.offered_key.empty())
    return Fail(Code::kUnimplemented, "browsers enrol over HTTP, which gives them a cookie");
  const BrowserWish wish{.key_sha256 = context.offered_key,
                         .former = context.identity->registration_id,
                         .address = AddressOf(context)};
  auto enrolled =
      brake_.Try(wish.address, [&] { return (*parts)->registrar.EnrollBrowser(request, wish); });
  if (!enrolled) return std::unexpected(enrolled.error());
  if (enrolled->replaced) (*parts)->changed();
  v1::EnrollBrowserResponse response;
  response.set_endpoint_id(enrolled->endpoint_id);
  *response.mutable_expires() = ToTimestamp(enrolled->expires);
  return response;
}

Result<v1::CreateEnrollTokenResponse> EnrolmentHandler::CreateEnrollToken(
    const CallContext&, const v1::CreateEnrollTokenRequest& request) {
  const auto parts = Parts();
  if (!parts) return std::unexpected(parts.error());
  const TimePoint now = clock_.Now();
  const auto life =
      request.has_valid_for()
          ? std::chrono::milliseconds(
                google::protobuf::util::TimeUtil::DurationToMilliseconds(request.valid_for()))
          : std::chrono::milliseconds(kDefaultLife);
  std::vector<FieldViolation> wrong;
  if (request.uses() < 0 || request.uses() > kMaxUses)
    wrong.push_back({"uses", "must be 1 to 100,000"});
  if (life.count() <= 0 || life > kLongestLife)
    wrong.push_back({"valid_for", "must be more than nothing and at most 400 days"});
  if (request.note().size() > kLongestNote)
    wrong.push_back({"note", "must be at most 200 characters"});
  if (request.brokers_size() > static_cast<int>(kMaxBrokers))
    wrong.push_back({"brokers", "must be at most 16"});
  for (const std::string& broker : request.brokers()) {
    if (!IsBrokerAddress(broker))
      wrong.push_back({"brokers", "\"" + LogSafe(broker) + "\" is not HOST:PORT"});
  }
  const auto& sites = hub_.directory()->content().sites;
  const auto is_asked = [&](const v1::Site& site) { return site.id() == request.site_id(); };
  if (!request.site_id().empty() && std::ranges::none_of(sites, is_asked))
    wrong.push_back({"site_id", "there is no site \"" + LogSafe(request.site_id()) + "\""});
  if (request.site_id().empty() && sites.size() > 1)
    wrong.push_back({"site_id", "is needed: there are several sites"});
  if (!wrong.empty()) return Invalid(std::move(wrong));

  auto authority = ReadFile((*parts)->ca_pem, kLargestCa);
  if (!authority) return std::unexpected(authority.error());
  const std::string secret = RandomHex(kTokenBytes);
  const EnrolTokenRow row{.id = NewUlid(now),
                          .hash = Sha256Hex(secret),
                          .note = request.note(),
                          .site_id = request.site_id().empty() && !sites.empty()
                                         ? sites.front().id()
                                         : request.site_id(),
                          .uses = std::max(1, request.uses()),
                          .used = 0,
                          .created_at = now,
                          .expires_at = now + life,
                          .revoked_at = {}};
  if (auto put = (*parts)->store.PutEnrolToken(row); !put) return std::unexpected(put.error());
  EnrolLine line{.brokers = {request.brokers().begin(), request.brokers().end()},
                 .token = secret,
                 .authority = std::move(*authority)};
  if (line.brokers.empty()) line.brokers.push_back((*parts)->broker());
  v1::CreateEnrollTokenResponse response;
  *response.mutable_token() = ToMessage(row);
  response.set_line(WriteEnrolLine(line));
  SPDLOG_INFO("enrolment token {} for {} machines, until {}", row.id, row.uses,
              ToRfc3339(row.expires_at));
  return response;
}

Result<v1::ListEnrollTokensResponse> EnrolmentHandler::ListEnrollTokens(
    const CallContext&, const v1::ListEnrollTokensRequest&) {
  const auto parts = Parts();
  if (!parts) return std::unexpected(parts.error());
  const auto tokens = (*parts)->store.ListEnrolTokens();
  if (!tokens) return std::unexpected(tokens.error());
  v1::ListEnrollTokensResponse response;
  for (const EnrolTokenRow& row : *tokens) *response.add_tokens() = ToMessage(row);
  return response;
}

Result<v1::RevokeEnrollTokenResponse> EnrolmentHandler::RevokeEnrollToken(
    const CallContext&, const v1::RevokeEnrollTokenRequest& request) {
  const auto parts = Parts();
  if (!parts) return std::unexpected(parts.error());
  const auto row = (*parts)->store.RevokeEnrolToken(request.id(), clock_.Now());
  if (!row) return std::unexpected(row.error());
  SPDLOG_INFO("enrolment token {} is revoked", row->id);
  v1::RevokeEnrollTokenResponse response;
  *response.mutable_token() = ToMessage(*row);
  return response;
}

Result<v1::ListCertificatesResponse> EnrolmentHandler::ListCertificates(
    const CallContext&, const v1::ListCertificatesRequest& request) {
  const auto parts = Parts();
  if (!parts) return std::unexpected(parts.error());
  if (request.page_size() < 0 || request.page_size() > kLargestPage)
    return Invalid({{"page_size", "must be at most 10,000"}});
  EnrolmentStore::Place after;
  if (!request.page_token().empty()) {
    const auto slash = request.page_token().find('/');
    if (slash == std::string::npos) return Invalid({{"page_token", "is not one of this broker"}});
    after = {.endpoint_id = request.page_token().substr(0, slash),
             .registration_id = request.page_token().substr(slash + 1)};
  }
  const int limit = request.page_size() == 0 ? kDefaultPage : request.page_size();
  const auto rows = (*parts)->store.ListEnrolments(request.endpoint_id(), request.include_revoked(),
                                                   after, limit);
  if (!rows) return std::unexpected(rows.error());
  v1::ListCertificatesResponse response;
  for (const EnrolmentRow& row : *rows) *response.add_certificates() = ToMessage(row);
  if (static_cast<int>(rows->size()) == limit)
    response.set_next_page_token(PageToken(rows->back()));
  return response;
}

Result<v1::RevokeCertificateResponse> EnrolmentHandler::RevokeCertificate(
    const CallContext&, const v1::RevokeCertificateRequest& request) {
  const auto parts = Parts();
  if (!parts) return std::unexpected(parts.error());
  if (request.reason().size() > kLongestNote)
    return Invalid({{"reason", "must be at most 200 characters"}});
  const auto row =
      (*parts)->store.RevokeEnrolment(request.endpoint_id(), request.reason(), clock_.Now());
  if (!row) return std::unexpected(row.error());
  SPDLOG_INFO("the key of {} is revoked", row->endpoint_id);
  (*parts)->changed();
  v1::RevokeCertificateResponse response;
  *response.mutable_certificate() = ToMessage(*row);
  return response;
}

}  // namespace wardcast
