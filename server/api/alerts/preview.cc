#include "server/api/alerts/preview.h"

#include <utility>
#include <vector>

#include "server/access/roles/confirmation.h"
#include "server/alert/dose.h"
#include "server/alert/drills/drill.h"
#include "server/alert/drills/drill_rules.h"
#include "server/alert/texts/as_read.h"
#include "server/alert/validation.h"
#include "server/alert/warnings.h"
#include "server/api/alerts/duplicates.h"
#include "server/api/alerts/sending.h"

namespace wardcast {
namespace {

// More text than this is no notice, and takes long to look through.
constexpr std::size_t kLargestNotice = 64 << 10;

// The notice as far as it is written, with the audience and the services that were asked about; a
// drill's without those that it spares.
v1::Alert NoticeOf(const v1::PreviewAudienceRequest& request) {
  v1::Alert notice = request.alert();
  *notice.mutable_audience() = request.audience();
  *notice.mutable_services() = request.services();
  SpareClinical(notice);
  return notice;
}

}  // namespace

AlertFramePtr PreviewHandler::FindOpen(const v1::Alert& notice) const {
  for (const AlertFramePtr& frame : parts_.hub.OpenAlerts()) {
    if (IsDuplicate(frame->alert, notice)) return frame;
  }
  for (const AlertFramePtr& frame : parts_.hub.ScheduledAlerts()) {
    if (IsDuplicate(frame->alert, notice)) return frame;
  }
  return nullptr;
}

Result<v1::PreviewAudienceResponse> PreviewHandler::PreviewAudience(
    const CallContext& context, const v1::PreviewAudienceRequest& request) {
  const DirectoryPtr directory = parts_.hub.directory();
  const std::vector<std::string> services(request.services().begin(), request.services().end());
  auto violations = CheckAudience(request.audience(), services, *directory, "audience");
  if (request.alert().ByteSizeLong() > kLargestNotice)
    violations.push_back({"alert", "is larger than any notice may be (16 KiB)"});
  if (!violations.empty()) return Invalid(std::move(violations));

  v1::Alert notice = NoticeOf(request);
  if (notice.severity() == v1::Severity::UNSPECIFIED) notice.set_severity(v1::Severity::MODERATE);
  const AudiencePtr audience = AudienceOf(notice, *directory);
  auto reach = parts_.reach.Read(*audience, services, *directory);
  if (!reach) return std::unexpected(reach.error());

  v1::PreviewAudienceResponse response;
  const bool above_dose = !IsDrill(notice) && IsAboveDose(*reach);
  response.set_presentation(DefaultPresentationFor(notice.severity(), above_dose));
  if (request.has_alert()) {
    if (notice.presentation() == v1::Presentation::UNSPECIFIED)
      notice.set_presentation(response.presentation());
    std::vector<v1::Warning> warnings = WarningsOf(notice);
    for (v1::Warning& warning : warnings) *response.add_warnings() = std::move(warning);
    // What it would have been without the dose counts.
    v1::Alert plain = notice;
    if (request.alert().presentation() == v1::Presentation::UNSPECIFIED)
      plain.set_presentation(DefaultPresentationFor(notice.severity(), false));
    if (auto dose = DoseWarning(plain, *reach)) *response.add_warnings() = std::move(*dose);
    auto why = WhyApproval(notice, *audience, *directory, parts_.approvers);
    if (!why) return std::unexpected(why.error());
    const auto reach_why =
        WhyReachApproval(*context.identity, notice, *audience, *directory, parts_.approvers);
    if (!reach_why) return std::unexpected(reach_why.error());
    response.set_needs_approval(BothReasons(*why, *reach_why));
    *response.mutable_filled() = AsRead(notice, *directory, parts_.clock.Now());
  }
  if (const AlertFramePtr open = FindOpen(notice)) {
    v1::Warning& warning = *response.add_warnings();
    warning.set_kind(v1::Warning::KIND_DUPLICATE);
    warning.set_field("alert.services");
    warning.set_message(DuplicateWords(open->alert, notice, *directory));
  }
  response.set_needs_confirmed_reach(context.identity->kind == Identity::Kind::kPerson &&
                                     IsWide(notice, *audience, *directory));
  *response.mutable_reach() = std::move(*reach);
  return response;
}

}  // namespace wardcast
