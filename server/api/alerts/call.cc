#include "server/api/alerts/call.h"

#include <google/protobuf/descriptor.h>

#include <memory>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/ulid.h"
#include "server/alert/checks/text_check.h"

namespace wardcast {
namespace {

constexpr std::size_t kLongestSourceKey = 200;
constexpr std::size_t kLongestPatientDataReason = 200;

// What a request asks for, whatever its id is: two calls with one id must agree on it.
std::string ContentHash(const google::protobuf::Message& request) {
  std::unique_ptr<google::protobuf::Message> content(request.New());
  content->CopyFrom(request);
  if (const auto* id = content->GetDescriptor()->FindFieldByName("request_id")) {
    content->GetReflection()->ClearField(content.get(), id);
  }
  return Sha256Hex(content->SerializeAsString());
}

}  // namespace

Result<void> CheckRequestId(const std::string& request_id) {
  if (request_id.empty() || IsUlid(request_id)) return {};
  return Invalid({{"request_id",
                   "must be a ULID (26 characters of 0-9 and A-Z without I, L, O, U), or empty"}});
}

Result<void> CheckSourceKey(const std::string& source_key) {
  if (source_key.size() <= kLongestSourceKey) return {};
  return Invalid({{"source_key", "must be at most 200 characters"}});
}

Result<void> CheckReason(const std::string& field, const std::string& reason, std::size_t most,
                         bool required) {
  std::vector<FieldViolation> violations;
  if (required && reason.empty()) violations.push_back({field, "is missing: say why"});
  CheckText(field, reason, most, violations);
  if (!violations.empty()) return Invalid(std::move(violations));
  return {};
}

Result<void> CheckPatientDataReason(const std::string& reason) {
  return CheckReason("patient_data_reason", reason, kLongestPatientDataReason);
}

AlertChange ChangeBy(const CallContext& context, const char* method,
                     const google::protobuf::Message& request, const std::string& request_id,
                     TimePoint now) {
  AlertChange change;
  change.caller = context.caller;
  change.method = method;
  change.request_id = request_id;
  if (!request_id.empty()) change.content_hash = ContentHash(request);
  change.now = now;
  return change;
}

AuditEntry PatientDataReasonEntry(const CallContext& context, const std::string& alert_id,
                                  const std::string& reason) {
  return {.who = context.caller,
          .peer = context.peer,
          .what = "patient-data-reason",
          .subject = alert_id,
          .detail = reason};
}

void NotePatientDataReason(AuditLog& audit, const CallContext& context, const std::string& alert_id,
                           const std::string& reason) {
  audit.Record(PatientDataReasonEntry(context, alert_id, reason));
}

bool IsMachine(const Identity& caller) { return caller.kind != Identity::Kind::kPerson; }

}  // namespace wardcast
