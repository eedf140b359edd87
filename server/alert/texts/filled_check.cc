#include "server/alert/texts/filled_check.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "server/alert/texts/each_text.h"
#include "server/alert/texts/filling.h"
#include "server/alert/validation.h"

namespace wardcast {
namespace {

// What is to be done, by blank.
constexpr std::array<const char*, kBlankWords.size()> kRemedies{
    "name a service", "give the start", "give the expected end", "promise the next update"};

std::set<std::string> AllTextsOf(const v1::Alert* alert) {
  std::set<std::string> texts;
  if (!alert) return texts;
  v1::Alert copy = *alert;
  EachText(copy, [&](const std::string&, const std::string& text) { texts.insert(text); });
  return texts;
}

// The first blank of `text` that nothing fills. `known`: a text that was there before, which may
// lose a time.
std::optional<Blank> OpenBlankOf(std::string_view text, const Filling& filling, bool known) {
  for (; !text.empty(); text.remove_prefix(1)) {
    const auto blank = LeadingBlank(text);
    if (!blank || filling[static_cast<std::size_t>(*blank)]) continue;
    if (!known || *blank == Blank::kService) return blank;
  }
  return std::nullopt;
}

FieldViolation OpenBlank(const std::string& path, Blank blank) {
  const auto which = static_cast<std::size_t>(blank);
  return {path, "has the blank " + std::string(kBlankWords[which]) +
                    ", which nothing fills: " + kRemedies[which] + ", or take it out"};
}

}  // namespace

std::vector<FieldViolation> CheckFilled(const v1::Alert& alert, const Directory& directory,
                                        TimePoint now, const v1::Alert* before) {
  const std::set<std::string> known = AllTextsOf(before);
  const bool names_others = !before || !std::ranges::equal(before->services(), alert.services());
  std::vector<FieldViolation> violations;
  std::set<std::string> looked_at;
  v1::Alert filled = alert;
  std::optional<Filling> filling;
  std::size_t room = kMostGrowth;
  EachText(filled, [&](const std::string& field, std::string& text) {
    if (!HasBlank(text)) return;
    if (!filling) filling = FillingOf(alert, directory, now);
    const bool was_there = known.contains(text);
    if (const auto open = OpenBlankOf(text, *filling, was_there)) {
      violations.push_back(OpenBlank(PathOfText(field), *open));
    } else if (!was_there || names_others) {
      looked_at.insert(PathOfText(field));
    }
    text = FillText(text, *filling, room);
  });
  if (looked_at.empty()) return violations;
  looked_at.insert("alert");  // its size
  for (FieldViolation& violation : CheckAlert(filled, directory)) {
    if (looked_at.contains(violation.field)) violations.push_back(std::move(violation));
  }
  return violations;
}

}  // namespace wardcast
