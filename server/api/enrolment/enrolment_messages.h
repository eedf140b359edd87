// What the store keeps of enrolment, as the contract says it. Secrets and their hashes of tokens
// are not in it.
#pragma once

#include "server/store/enrolment/enrolment_store.h"
#include "wardcast/v1/admin_service.pb.h"

namespace wardcast {

v1::EnrollToken ToMessage(const EnrolTokenRow& row);
v1::EndpointCertificate ToMessage(const EnrolmentRow& row);

}  // namespace wardcast
