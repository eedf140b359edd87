#include "agent/core/notice_text.h"

#include "agent/core/standing.h"
#include "agent/core/words.h"
#include "agent/core/words/say.h"

namespace wardcast::agent {
namespace {

void FillInstructions(const v1::Alert& alert, Notice& notice) {
  const bool announced = IsPlan(alert);
  std::vector<std::string> during;
  notice.afterwards.assign(alert.back_entry().begin(), alert.back_entry().end());
  for (const v1::Instruction& step : alert.instructions()) {
    const std::string text = step.role().empty() ? step.text() : step.role() + ": " + step.text();
    switch (step.when()) {
      case v1::Instruction::When::BEFORE:
        if (announced) notice.do_now.push_back(text);
        break;
      case v1::Instruction::When::AFTER:
        notice.afterwards.push_back(text);
        break;
      case v1::Instruction::When::DO_NOT:
        notice.do_not.push_back(text);
        break;
      default:
        during.push_back(announced ? Say(notice.language, Phrase::kDuringDowntime, {{"text", text}})
                                   : text);
    }
  }
  notice.do_now.insert(notice.do_now.end(), during.begin(), during.end());
}

}  // namespace

void FillText(const v1::Alert& alert, const v1::GetSettingsResponse* settings, const SiteTime& site,
              TimePoint now, Notice& notice) {
  const bool open = !IsOver(notice.phase);
  notice.language = site.language();
  notice.kind = KindWords(alert, notice.language);
  notice.published = alert.has_published_at() ? site.Text(alert.published_at(), now) : "";
  notice.headline = alert.headline();
  notice.services.assign(alert.service_names().begin(), alert.service_names().end());
  notice.impact = alert.impact();
  notice.still_works.assign(alert.still_works().begin(), alert.still_works().end());
  FillInstructions(alert, notice);
  notice.since = SinceText(alert, site, now);
  notice.next_update = open ? NextUpdateText(alert, site, now) : "";
  notice.reason = alert.reason();
  notice.ticket = alert.ticket();
  // The line that stands there while it is verified says the same.
  const bool said = notice.phase == Phase::kRecovering &&
                    alert.what_changed() == Say(notice.language, Phrase::kStayOnPaper);
  notice.what_changed = said ? "" : ChangedText(alert, site, now);
  notice.closing = ClosingText(alert, site, now);
  notice.phone = alert.phone();
  notice.phone_fallback = alert.phone_fallback();
  notice.downtime_pc = alert.downtime_pc();
  notice.binder = alert.binder();
  if (settings == nullptr) return;
  const v1::Site& place = settings->site();
  const v1::Ward& ward = settings->ward();
  if (notice.phone.empty()) notice.phone = place.phone();
  if (notice.phone_fallback.empty()) notice.phone_fallback = place.phone_fallback();
  notice.emergency_phone = place.emergency_phone();
  notice.ward_name = ward.name();
  if (notice.downtime_pc.empty()) notice.downtime_pc = ward.downtime_pc();
  if (notice.binder.empty()) notice.binder = ward.binder();
}

}  // namespace wardcast::agent
