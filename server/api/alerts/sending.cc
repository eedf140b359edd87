#include "server/api/alerts/sending.h"

#include <algorithm>
#include <cmath>

#include "server/access/roles/confirmation.h"
#include "server/access/roles/scope_check.h"
#include "server/alert/approval.h"
#include "server/alert/drills/drill.h"
#include "server/alert/warnings.h"

namespace wardcast {
namespace {

// A publisher's count and the broker's may differ by so much (docs/domain.md, "Wide sends").
constexpr double kReachTolerance = 0.10;

bool SameField(const v1::Alert& a, const v1::Alert& b,
               const google::protobuf::FieldDescriptor* field) {
  const auto* reflection = a.GetReflection();
  using Type = google::protobuf::FieldDescriptor::CppType;
  if (!field->is_repeated()) {
    if (field->cpp_type() == Type::CPPTYPE_STRING)
      return reflection->GetString(a, field) == reflection->GetString(b, field);
    return false;  // holds no text of its own
  }
  if (reflection->FieldSize(a, field) != reflection->FieldSize(b, field)) return false;
  for (int i = 0; i < reflection->FieldSize(a, field); ++i) {
    if (field->cpp_type() == Type::CPPTYPE_STRING) {
      if (reflection->GetRepeatedString(a, field, i) != reflection->GetRepeatedString(b, field, i))
        return false;
    } else if (field->cpp_type() == Type::CPPTYPE_MESSAGE) {
      if (reflection->GetRepeatedMessage(a, field, i).SerializeAsString() !=
          reflection->GetRepeatedMessage(b, field, i).SerializeAsString())
        return false;
    } else {
      return false;
    }
  }
  return true;
}

// What the number of endpoints alone asks a second person for.
std::string BeyondReach(const Identity& caller, const v1::Alert& alert,
                        const ResolvedAudience& audience, const Directory& directory) {
  if (caller.kind != Identity::Kind::kPerson || IsDrill(alert)) return {};
  return OnlyReachOutside(caller, alert, audience, directory);
}

}  // namespace

Result<void> CheckReach(const Identity& caller, const ConfirmedReach& confirmed,
                        const v1::Alert& alert, const ResolvedAudience& audience,
                        const Directory& directory) {
  const int now = audience.expected_count();
  if (confirmed) {
    // A caller may say any number: the difference of two may be none.
    const double off = std::abs(static_cast<double>(now) - *confirmed);
    if (off <= kReachTolerance * std::max(*confirmed, 1)) return {};
    return Fail(Code::kFailedPrecondition, "the preview showed " + std::to_string(*confirmed) +
                                               " endpoints, now it would reach " +
                                               std::to_string(now) +
                                               ": look at the preview again and confirm that "
                                               "number");
  }
  if (caller.kind != Identity::Kind::kPerson || !IsWide(alert, audience, directory)) return {};
  return Fail(Code::kFailedPrecondition,
              "this would reach " + std::to_string(now) + " endpoints, " +
                  std::to_string(audience.wards.size()) + " of " +
                  std::to_string(directory.WardsInOrder().size()) +
                  " wards: look at the preview and confirm the number of endpoints "
                  "(confirmed_reach is missing)");
}

Result<void> CheckPatientData(const std::vector<v1::Warning>& warnings, const std::string& reason) {
  if (!reason.empty() || !TakesPatientDataReason(warnings)) return {};
  std::string fields;
  for (const v1::Warning& warning : warnings) {
    if (warning.kind() == v1::Warning::KIND_PATIENT_DATA)
      fields += (fields.empty() ? "" : ", ") + warning.field();
  }
  return Fail(Code::kFailedPrecondition,
              fields +
                  " looks like patient data, which has no place in a notice: take it out, or "
                  "say why it is none (patient_data_reason)");
}

v1::Alert OnlyWhatChanged(const v1::Alert& before, const v1::Alert& after) {
  v1::Alert changed = after;
  const auto* descriptor = v1::Alert::descriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    if (SameField(before, after, field)) changed.GetReflection()->ClearField(&changed, field);
  }
  return changed;
}

bool IsHeldBack(const Identity& caller, const v1::Alert& alert, const ResolvedAudience& audience,
                const Directory& directory) {
  const bool can_wait =
      alert.kind() == v1::Kind::PLANNED_DOWNTIME || alert.kind() == v1::Kind::INFORMATION;
  return can_wait && caller.kind == Identity::Kind::kPerson && IsWide(alert, audience, directory);
}

std::string WhyApproval(const v1::Alert& alert, const ResolvedAudience& audience,
                        const Directory& directory, const Approvers::Named& approvers) {
  return NeedsApproval(alert, audience, directory,
                       TwoMayApprove(approvers, alert, audience, directory));
}

Result<std::string> WhyApproval(const v1::Alert& alert, const ResolvedAudience& audience,
                                const Directory& directory, Approvers& approvers) {
  if (NeedsApproval(alert, audience, directory, true).empty()) return std::string();
  const auto named = approvers.Read();
  if (!named) return std::unexpected(named.error());
  return WhyApproval(alert, audience, directory, *named);
}

std::string WhyReachApproval(const Identity& caller, const v1::Alert& alert,
                             const ResolvedAudience& audience, const Directory& directory,
                             const Approvers::Named& approvers) {
  std::string why = BeyondReach(caller, alert, audience, directory);
  if (!why.empty() && !TwoMayApprove(approvers, alert, audience, directory)) why.clear();
  return why;
}

Result<std::string> WhyReachApproval(const Identity& caller, const v1::Alert& alert,
                                     const ResolvedAudience& audience, const Directory& directory,
                                     Approvers& approvers) {
  if (BeyondReach(caller, alert, audience, directory).empty()) return std::string();
  const auto named = approvers.Read();
  if (!named) return std::unexpected(named.error());
  return WhyReachApproval(caller, alert, audience, directory, *named);
}

std::string BothReasons(const std::string& one, const std::string& other) {
  return one + (one.empty() || other.empty() ? "" : " ") + other;
}

}  // namespace wardcast
