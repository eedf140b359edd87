#include "server/alert/words/closing_words.h"

#include "server/alert/drills/drill.h"
#include "server/alert/words/phrases.h"

namespace wardcast {
namespace {

constexpr std::size_t kMostNames = 3;

std::string NowText(const v1::ZonedTime& now, const Wording& wording) {
  return MomentText(now, now, wording);
}

std::string NotHolding(const char* opening, const v1::Alert& alert, const v1::ZonedTime& now,
                       const Wording& wording) {
  const Phrases& phrases = PhrasesIn(wording.language);
  const std::string opened = Filled(opening, {NowText(now, wording)}) + ' ';
  if (!alert.has_published_at()) return opened + phrases.never_shown;
  return opened + Filled(phrases.no_longer_holds, {MomentText(alert.published_at(), now, wording)});
}

std::string DrillEnded(const v1::Alert& drill, const v1::ZonedTime& now, const Wording& wording) {
  const Phrases& phrases = PhrasesIn(wording.language);
  if (!drill.has_published_at()) return NotHolding(phrases.drill_ended, drill, now, wording);
  return Filled(phrases.drill_ended, {NowText(now, wording)}) + ' ' +
         Filled(phrases.drill_was, {MomentText(drill.published_at(), now, wording)});
}

template <class List>
std::string Listed(const List& names, Language language) {
  std::string listed;
  std::size_t count = 0;
  for (const std::string& name : names) {
    if (count++ >= kMostNames) continue;
    listed += (listed.empty() ? "" : ", ") + name;
  }
  if (count > kMostNames)
    listed += Filled(PhrasesIn(language).and_more, {std::to_string(count - kMostNames)});
  return listed;
}

}  // namespace

std::string RestoredWords(const Wording& wording) { return PhrasesIn(wording.language).restored; }

std::string AllClearWords(const v1::Alert& alert, const v1::ZonedTime& now,
                          const Wording& wording) {
  const Phrases& phrases = PhrasesIn(wording.language);
  if (IsDrill(alert)) return DrillEnded(alert, now, wording);
  if (alert.kind() == v1::Kind::INFORMATION) return NotHolding(phrases.ended, alert, now, wording);
  if (alert.service_names().empty()) return NotHolding(phrases.all_clear, alert, now, wording);
  return Filled(phrases.all_clear, {NowText(now, wording)}) + ' ' +
         Filled(phrases.working_again, {Listed(alert.service_names(), wording.language)});
}

std::string PartlyClearWords(const std::vector<std::string>& services,
                             const std::vector<std::string>& sites,
                             const std::vector<std::string>& down, const v1::ZonedTime& now,
                             const Wording& wording) {
  const Phrases& phrases = PhrasesIn(wording.language);
  const std::string what = Listed(services, wording.language);
  const std::string where = Listed(sites, wording.language);
  std::string text = Filled(phrases.all_clear, {NowText(now, wording)}) + ' ';
  if (services.empty()) {
    text += Filled(phrases.working_again_at_site, {where});
  } else if (sites.empty()) {
    text += Filled(phrases.working_again, {what});
  } else {
    text += Filled(phrases.working_again_at, {what, where});
  }
  return text + ' ' +
         (down.empty() ? std::string(phrases.rest_still_down)
                       : Filled(phrases.still_down, {Listed(down, wording.language)}));
}

std::string RecallWords(const v1::Alert& alert, std::string_view reason, const v1::ZonedTime& now,
                        const Wording& wording) {
  const Phrases& phrases = PhrasesIn(wording.language);
  if (!reason.empty())
    return NotHolding(phrases.recalled, alert, now, wording) + ' ' + std::string(reason);
  if (!alert.has_published_at()) return NotHolding(phrases.recalled, alert, now, wording);
  return Filled(phrases.recalled, {NowText(now, wording)}) + ' ' +
         Filled(phrases.by_mistake, {MomentText(alert.published_at(), now, wording)});
}

std::string ExpiryWords(const v1::Alert& alert, const v1::ZonedTime& now, const Wording& wording) {
  if (IsDrill(alert)) return DrillEnded(alert, now, wording);
  return NotHolding(PhrasesIn(wording.language).ended, alert, now, wording);
}

std::string DrillStoppedWords(const v1::Alert& drill, const Wording& wording) {
  const Phrases& phrases = PhrasesIn(wording.language);
  return std::string(phrases.drill_stopped) + ' ' +
         (drill.has_published_at() ? phrases.drill_next_is_real : phrases.never_shown);
}

}  // namespace wardcast
