// How machines get their place, and how the administrator gives and takes places.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "server/access/enrolment/registrar.h"
#include "server/access/enrolment/token_brake.h"
#include "server/feed/hub.h"
#include "server/store/enrolment/enrolment_store.h"
#include "wardcast/v1/admin_service.pb.h"

namespace wardcast {

struct CallContext;

// What enrolment works with; everything must outlive the handler.
struct EnrolmentParts {
  EnrolmentStore& store;
  Registrar& registrar;
  std::filesystem::path data_dir;  // where the hospital's identity is
  std::filesystem::path ca_pem;    // what clients trust; goes into the enrolment line
  // HOST:PORT of this broker, as other machines reach it.
  std::function<std::string()> broker;
  // A key was revoked: other brokers are woken, this one need not wait for its log.
  std::function<void()> changed;
};

// Threads: any; blocks on the store.
class EnrolmentHandler {
 public:
  // nullptr: the broker runs without TLS; everything is kFailedPrecondition.
  EnrolmentHandler(const EnrolmentParts* parts, const Hub& hub, const Clock& clock)
      : parts_(parts), hub_(hub), clock_(clock), brake_(clock) {}

  // EndpointService.
  Result<v1::EnrollResponse> Enroll(const CallContext& context, const v1::EnrollRequest& request);
  Result<v1::RenewResponse> Renew(const CallContext& context, const v1::RenewRequest& request);
  // The door adds the CSRF token, and the cookie. kUnimplemented: it is not one that gives cookies.
  Result<v1::EnrollBrowserResponse> EnrollBrowser(const CallContext& context,
                                                  const v1::EnrollBrowserRequest& request);

  // AdminService.
  Result<v1::CreateEnrollTokenResponse> CreateEnrollToken(
      const CallContext& context, const v1::CreateEnrollTokenRequest& request);
  Result<v1::ListEnrollTokensResponse> ListEnrollTokens(const CallContext& context,
                                                        const v1::ListEnrollTokensRequest& request);
  Result<v1::RevokeEnrollTokenResponse> RevokeEnrollToken(
      const CallContext& context, const v1::RevokeEnrollTokenRequest& request);
  Result<v1::ListCertificatesResponse> ListCertificates(const CallContext& context,
                                                        const v1::ListCertificatesRequest& request);
  Result<v1::RevokeCertificateResponse> RevokeCertificate(
      const CallContext& context, const v1::RevokeCertificateRequest& request);

 private:
  Result<const EnrolmentParts*> Parts() const;

  const EnrolmentParts* const parts_;
  const Hub& hub_;
  const Clock& clock_;
  TokenBrake brake_;
};

}  // namespace wardcast
