// The Authenticator's half for enrolled browsers: like a certificate their cookie is believed from
// memory, as the gate says.
#include <utility>

#include "server/access/authenticator.h"
#include "server/access/endpoint_identity.h"
#include "server/store/enrolment/enrolment_store.h"

namespace wardcast {
namespace {

// So often the place of a browser that is in use is prolonged.
constexpr std::chrono::days kProlongEvery{1};

}  // namespace

SignedInPtr Authenticator::FindBrowser(const std::string& secret, const std::string& hash,
                                       TimePoint now) {
  if (!gate_ || !secret.starts_with(kBrowserPrefix)) return nullptr;
  const auto place = gate_->FindBrowser(hash, now);
  if (!place) return nullptr;
  auto identity =
      std::make_shared<const Identity>(EndpointIdentity(place->endpoint, place->expires));
  SignedInPtr found = Remember(hash, std::move(identity), CsrfOf(secret), {}, now);
  // Whoever was revoked meanwhile was not there to be ended.
  return CheckEndpoint(place->endpoint) ? found : nullptr;
}

Result<SignedInPtr> Authenticator::LoadBrowser(const std::string& secret, const std::string& hash,
                                               TimePoint now) {
  auto row = store_.enrolment()->FindBrowser(hash);
  if (!row) return std::unexpected(row.error());
  if (!*row || now >= (*row)->expires_at) return SignedInPtr();
  const CertifiedEndpoint endpoint{.endpoint_id = (*row)->endpoint_id,
                                   .registration_id = (*row)->registration_id};
  if ((*row)->revoked_at != TimePoint{}) {
    return Fail(Code::kPermissionDenied, "the place of this browser as the endpoint " +
                                             endpoint.endpoint_id +
                                             " was revoked; it gets in again only by enrolling "
                                             "anew");
  }
  auto identity = std::make_shared<const Identity>(EndpointIdentity(endpoint, (*row)->expires_at));
  SignedInPtr found = Remember(hash, std::move(identity), CsrfOf(secret), {}, now);
  if (auto in = CheckEndpoint(endpoint); !in) {
    EndEndpoint(endpoint);
    return std::unexpected(in.error());
  }
  return found;
}

void Authenticator::EndEndpoint(const CertifiedEndpoint& endpoint) {
  const MutexLock lock(mu_);
  std::erase_if(known_, [&](const auto& entry) {
    if (entry.second.signed_in->identity()->registration_id != endpoint.registration_id)
      return false;
    entry.second.signed_in->End();
    return true;
  });
}

bool Authenticator::LookAtBrowser(SignedIn& signed_in, bool may_prolong, TimePoint now) {
  const IdentityPtr identity = signed_in.identity();
  if (!CheckEndpoint(EndpointOf(*identity))) {
    signed_in.End();
    return true;
  }
  if (!may_prolong || identity->expires - now > kBrowserLife - kProlongEvery) return true;
  const TimePoint until = now + kBrowserLife;
  if (!store_.enrolment()->NoteCertificate(identity->registration_id, "", now, until)) return false;
  signed_in.Become(
      std::make_shared<const Identity>(EndpointIdentity(EndpointOf(*identity), until)));
  return true;
}

}  // namespace wardcast
