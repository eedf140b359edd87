#include "server/api/enrolment/enrolment_messages.h"

#include "base/proto_time.h"

namespace wardcast {

v1::EnrollToken ToMessage(const EnrolTokenRow& row) {
  v1::EnrollToken token;
  token.set_id(row.id);
  token.set_note(row.note);
  token.set_site_id(row.site_id);
  token.set_uses(row.uses);
  token.set_used(row.used);
  *token.mutable_created_at() = ToTimestamp(row.created_at);
  *token.mutable_expires_at() = ToTimestamp(row.expires_at);
  if (row.revoked_at != TimePoint{}) *token.mutable_revoked_at() = ToTimestamp(row.revoked_at);
  return token;
}

v1::EndpointCertificate ToMessage(const EnrolmentRow& row) {
  v1::EndpointCertificate certificate;
  certificate.set_endpoint_id(row.endpoint_id);
  certificate.set_registration_id(row.registration_id);
  certificate.set_key_sha256(row.key_sha256);
  certificate.set_serial_number(row.certificate_serial);
  certificate.set_host(row.host);
  certificate.set_hardware_serial(row.hardware_serial);
  certificate.set_site_id(row.site_id);
  certificate.set_token_id(row.token_id);
  *certificate.mutable_enrolled_at() = ToTimestamp(row.enrolled_at);
  if (row.issued_at != TimePoint{}) *certificate.mutable_issued_at() = ToTimestamp(row.issued_at);
  if (row.expires_at != TimePoint{})
    *certificate.mutable_expires_at() = ToTimestamp(row.expires_at);
  if (row.revoked_at != TimePoint{})
    *certificate.mutable_revoked_at() = ToTimestamp(row.revoked_at);
  certificate.set_revoked_because(row.revoked_because);
  certificate.set_browser(row.browser);
  return certificate;
}

}  // namespace wardcast
