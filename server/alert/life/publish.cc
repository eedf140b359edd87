// Writing and sending: NewAlert, drafts.
#include <algorithm>
#include <utility>
#include <vector>

#include "base/proto_time.h"
#include "server/alert/defaults.h"
#include "server/alert/drills/drill_rules.h"
#include "server/alert/edit.h"
#include "server/alert/life/going_out.h"
#include "server/alert/life/revision.h"
#include "server/alert/lifecycle.h"
#include "server/alert/local_time.h"
#include "server/alert/planned/planned_work.h"
#include "server/alert/texts/filled_check.h"
#include "server/alert/validation.h"
#include "server/alert/zoned_time.h"

namespace wardcast {
namespace {

// What the publisher wrote and nothing else.
v1::Alert OnlyWritten(const v1::Alert& written) {
  v1::Alert alert = written;
  alert.DiscardUnknownFields();
  ClearOutputOnly(alert);
  return alert;
}

// Published with a phase that says that it goes on already.
void BeginIfUnderWay(v1::Alert& alert, TimePoint now) {
  if (!IsUnbegun(alert)) return;
  if (alert.phase() == v1::Phase::ANNOUNCED || alert.phase() == v1::Phase::POSTPONED) return;
  *alert.mutable_started_at() =
      ToZoned(std::min(now, FromTimestamp(alert.start().at())), alert.zone());
}

}  // namespace

Result<v1::Alert> NewAlert(const v1::Alert& written, const Directory& directory,
                           const std::string& published_by, TimePoint now, Takeover takeover) {
  v1::Alert alert = OnlyWritten(written);
  SpareClinical(alert);
  std::vector<FieldViolation> violations;
  ResolveLocalTimes(alert, directory, violations);
  if (!violations.empty()) return Invalid(std::move(violations));
  const TimePoint goes_out = GoesOutAt(alert, now);
  // The start that it would get, so that an end before it is noticed.
  if (!alert.has_start()) *alert.mutable_start() = ToZoned(goes_out, {});
  violations = CheckAlert(alert, directory);
  if (IsEndingPhase(alert.phase())) violations.push_back(EndingPhase());
  if (auto when = CheckSendAt(alert, now)) violations.push_back(std::move(*when));
  if (!violations.empty()) return Invalid(std::move(violations));
  if (alert.presentation() == v1::Presentation::TAKEOVER && takeover == Takeover::kOff)
    return RefuseTakeover();

  FillDefaults(alert, directory, goes_out);
  violations = CheckFilled(alert, directory, now);
  if (!violations.empty()) return Invalid(std::move(violations));
  BeginIfUnderWay(alert, now);
  if (auto size = CheckSize(alert)) return Invalid({std::move(*size)});
  alert.set_published_by(published_by);
  Touch(alert, now);
  GoOutOrWait(alert, directory, now);
  *alert.mutable_expires() = ToTimestamp(ExpiresAt(alert, goes_out));
  return alert;
}

Result<v1::Alert> DraftOf(const v1::Alert& written, const Directory& directory,
                          const std::string& published_by, TimePoint now,
                          const std::string& held_because) {
  v1::Alert alert = OnlyWritten(written);
  SpareClinical(alert);
  std::vector<FieldViolation> violations;
  ResolveLocalTimes(alert, directory, violations);
  if (!violations.empty()) return Invalid(std::move(violations));
  violations = CheckDraft(alert, directory);
  if (IsEndingPhase(alert.phase())) violations.push_back(EndingPhase());
  if (!violations.empty()) return Invalid(std::move(violations));
  alert.set_state(v1::State::DRAFT);
  // Fixed at creation, so that no draft becomes a drill, or real, on its way.
  if (alert.status() == v1::Status::UNSPECIFIED) alert.set_status(v1::Status::ACTUAL);
  alert.set_published_by(published_by);
  alert.set_held_because(held_because);
  Touch(alert, now);
  FillPrinted(alert, directory);
  return alert;
}

Result<v1::Alert> SentDraft(const v1::Alert& current, const Directory& directory, TimePoint now,
                            Takeover takeover) {
  if (current.state() == v1::State::CLOSED) return RefuseClosed(current);
  if (current.state() != v1::State::DRAFT)
    return RefuseState(current, "only a draft can be sent; edit it instead");
  v1::Alert content = current;
  // A promise that nobody saw is none.
  ReleasePromise(content, now);
  auto sent = NewAlert(content, directory, current.published_by(), now, takeover);
  if (!sent) return sent;
  sent->set_id(current.id());
  sent->set_log_id(current.log_id());
  sent->set_generation(current.generation());
  sent->set_version(current.version());
  sent->set_revision(current.revision() + 1);
  return sent;
}

}  // namespace wardcast
