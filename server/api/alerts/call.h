// What every call that changes an alert has in common: its ids, and who calls.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "base/result.h"
#include "server/access/audit/audit_log.h"
#include "server/access/roles/held.h"
#include "server/api/method_table.h"
#include "server/store/alert_change.h"

namespace wardcast {

// kInvalidArgument: not a ULID, and not empty; too long.
Result<void> CheckRequestId(const std::string& request_id);
Result<void> CheckSourceKey(const std::string& source_key);
// A reason of a person; `field` in the violation. May be empty unless `required`.
Result<void> CheckReason(const std::string& field, const std::string& reason, std::size_t most,
                         bool required = false);

// Why a text that looks like patient data is none; kInvalidArgument: too long, or no text.
Result<void> CheckPatientDataReason(const std::string& reason);

// The fields that every change from a caller has.
AlertChange ChangeBy(const CallContext& context, const char* method,
                     const google::protobuf::Message& request, const std::string& request_id,
                     TimePoint now);

// What the audit trail keeps of why a text that looks like patient data is none; and keeps it.
AuditEntry PatientDataReasonEntry(const CallContext& context, const std::string& alert_id,
                                  const std::string& reason);
void NotePatientDataReason(AuditLog& audit, const CallContext& context, const std::string& alert_id,
                           const std::string& reason);

// A program: a token, or the administrator's own of a broker on loopback.
bool IsMachine(const Identity& caller);

}  // namespace wardcast
