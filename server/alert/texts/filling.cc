#include "server/alert/texts/filling.h"

#include "server/alert/defaults.h"
#include "server/alert/words/clock_text.h"
#include "server/alert/words/phrases.h"
#include "server/alert/zoned_time.h"

namespace wardcast {
namespace {

std::optional<std::string>& Of(Blank blank, Filling& filling) {
  return filling[static_cast<std::size_t>(blank)];
}

// "A", "A and B", "A, B and C".
std::string NamesTogether(const v1::Alert& alert, Language language) {
  std::string names;
  const int count = alert.service_names_size();
  for (int i = 0; i + 1 < count; ++i) names += (i > 0 ? ", " : "") + alert.service_names(i);
  if (count == 1) return alert.service_names(0);
  return Filled(PhrasesIn(language).and_last, {names, alert.service_names(count - 1)});
}

}  // namespace

Filling FillingOf(const v1::Alert& alert, const Directory& directory, TimePoint now) {
  Filling filling;
  const Wording wording = WordingOf(alert, directory, now);
  const v1::ZonedTime today = ToZoned(now, alert.zone());
  if (alert.service_names_size() > 0)
    Of(Blank::kService, filling) = NamesTogether(alert, wording.language);
  const auto fill = [&](Blank blank, bool has, const v1::ZonedTime& time) {
    if (has) Of(blank, filling) = MomentText(time, today, wording);
  };
  fill(Blank::kStart, alert.has_start(), alert.start());
  fill(Blank::kEnd, alert.has_expected_end(), alert.expected_end());
  fill(Blank::kNext, alert.has_next_update(), alert.next_update());
  return filling;
}

void FillOpenTimes(Language language, Filling& filling) {
  for (const Blank blank : {Blank::kStart, Blank::kEnd, Blank::kNext}) {
    std::optional<std::string>& text = Of(blank, filling);
    if (!text) text = PhrasesIn(language).time_not_known;
  }
}

std::string FillText(std::string_view text, const Filling& filling, std::size_t& room) {
  std::string filled;
  std::size_t grown = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const auto blank = LeadingBlank(rest);
    const std::size_t width = blank ? kBlankWords[static_cast<std::size_t>(*blank)].size() : 1;
    const std::optional<std::string>* with =
        blank ? &filling[static_cast<std::size_t>(*blank)] : nullptr;
    if (with && *with) {
      grown += (*with)->size();
      if (grown > room) return std::string(text);
      filled += **with;
    } else {
      filled += rest.substr(0, width);
    }
    rest.remove_prefix(width);
  }
  room -= grown;
  return filled;
}

}  // namespace wardcast
