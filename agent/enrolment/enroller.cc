#include "agent/enrolment/enroller.h"

#include <utility>

#include "agent/link/enrol_call.h"
#include "base/bytes.h"
#include "base/tls/certificate.h"
#include "base/tls/signing_request.h"

namespace wardcast::agent {
namespace {

constexpr std::chrono::seconds kDeadline{10};
constexpr int kSlices = 256;

// The first answer that is one: of several brokers one may be down.
template <class Ask>
Result<v1::Credential> AskAll(const std::vector<std::string>& brokers, Ask ask) {
  Error last{Code::kUnavailable, "no broker is named", {}};
  for (const std::string& broker : brokers) {
    auto credential = ask(broker);
    if (credential || credential.error().code != Code::kUnavailable) return credential;
    last = {Code::kUnavailable, broker + ": " + credential.error().message, {}};
  }
  return std::unexpected(std::move(last));
}

Result<Place> TakeAndSave(const Result<v1::Credential>& credential, Place place,
                          PlaceFolder& folder) {
  if (!credential) return std::unexpected(credential.error());
  if (auto taken = TakeCredential(*credential, place); !taken)
    return std::unexpected(taken.error());
  if (auto saved = folder.Save(place); !saved) return std::unexpected(saved.error());
  return place;
}

}  // namespace

EnrolCalls RealEnrolCalls() { return {.enrol = EnrolAt, .renew = RenewAt}; }

Result<Place> Enrol(const EnrolLine& line, const v1::EndpointInfo& endpoint, const Machine& machine,
                    PlaceFolder& folder, const EnrolCalls& calls) {
  const auto key = folder.EnsureKey();
  if (!key) return std::unexpected(key.error());
  Place place{.endpoint_id = endpoint.id(),
              .brokers = line.brokers,
              .machine = machine,
              .tls = {.authority = line.authority, .key = key->ToPem(), .certificate = {}},
              .signing_key = {},
              .valid_from = {},
              .valid_until = {}};
  v1::EnrollRequest request;
  request.set_token(line.token);
  *request.mutable_endpoint() = endpoint;
  request.mutable_endpoint()->set_host(machine.host);
  request.mutable_endpoint()->set_serial(machine.serial);
  request.set_signing_request(MakeSigningRequest(*key, endpoint.id()));
  const auto credential = AskAll(line.brokers, [&](const std::string& broker) {
    return calls.enrol(broker, place.tls, request, kDeadline);
  });
  return TakeAndSave(credential, std::move(place), folder);
}

Result<Place> Renew(const Place& place, PlaceFolder& folder, const EnrolCalls& calls) {
  const auto key = PrivateKey::FromPem(place.tls.key);
  if (!key) return std::unexpected(key.error());
  v1::RenewRequest request;
  request.set_endpoint_id(place.endpoint_id);
  request.set_signing_request(MakeSigningRequest(*key, place.endpoint_id));
  const auto credential = AskAll(place.brokers, [&](const std::string& broker) {
    return calls.renew(broker, place.tls, request, kDeadline);
  });
  return TakeAndSave(credential, place, folder);
}

bool IsRenewalDue(const Place& place, TimePoint now) {
  if (now < place.valid_from || now >= place.valid_until) return true;
  const auto life = place.valid_until - place.valid_from;
  const int slice = std::stoi(Sha256Hex(place.endpoint_id).substr(0, 2), nullptr, 16);
  return now >= RenewAfter(place.valid_from, place.valid_until) + life / 20 * slice / kSlices;
}

}  // namespace wardcast::agent
