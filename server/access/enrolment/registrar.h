// Gives machines their place: checks the token or the registered key, issues the certificate.
#pragma once

#include <chrono>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "base/signature.h"
#include "server/access/certificates/authority.h"
#include "server/access/enrolment/browser_enrolment.h"
#include "server/store/enrolment/enrolment_store.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast {

struct RegistrarConfig {
  // Of a client certificate. Agents renew after two thirds of it.
  std::chrono::seconds life = std::chrono::days(365);
  // A PC that lay in a cupboard gets a new certificate for so long after its last one ended.
  std::chrono::seconds grace = std::chrono::days(400);
};

// Threads: all functions from any; they block on the store.
class Registrar {
 public:
  // All references must outlive it.
  Registrar(RegistrarConfig config, EnrolmentStore& store, const Authority& authority,
            const VerifyingKey& signing_key, const Clock& clock)
      : config_(config),
        store_(store),
        authority_(authority),
        signing_key_pem_(signing_key.ToPem()),
        clock_(clock) {}

  struct Enrolled {
    v1::Credential credential;
    // True: another key had the place, and is revoked now.
    bool replaced = false;
  };
  // EndpointService.Enroll; see there.
  Result<Enrolled> Enroll(const v1::EnrollRequest& request);
  // EndpointService.Renew; see there.
  Result<v1::Credential> Renew(const v1::RenewRequest& request);

  struct BrowserEnrolled {
    std::string endpoint_id;
    TimePoint expires{};
    // True: somebody lost a place by it.
    bool replaced = false;
  };
  // EndpointService.EnrollBrowser; see there.
  Result<BrowserEnrolled> EnrollBrowser(const v1::EnrollBrowserRequest& request,
                                        const BrowserWish& wish);

 private:
  Result<v1::Credential> Issue(const EnrolmentRow& row, EVP_PKEY* key);

  const RegistrarConfig config_;
  EnrolmentStore& store_;
  const Authority& authority_;
  const std::string signing_key_pem_;
  const Clock& clock_;
};

}  // namespace wardcast
