#include "agent/cli/drill/copy.h"

#include <charconv>
#include <string>
#include <string_view>
#include <utility>

namespace wardcast::cli {
namespace {

// "instructions[2]" → {"instructions", 2}; {"headline", -1} of a single text.
std::pair<std::string_view, int> FieldAndIndex(std::string_view field) {
  const auto bracket = field.find('[');
  if (bracket == std::string_view::npos) return {field, -1};
  int index = -1;
  const std::string_view digits = field.substr(bracket + 1);
  std::from_chars(digits.data(), digits.data() + digits.size(), index);
  return {field.substr(0, bracket), index};
}

bool Holds(int index, int size) { return index >= 0 && index < size; }

void PutBack(const v1::WrittenText& written, v1::Alert& alert) {
  const auto [field, index] = FieldAndIndex(written.field());
  if (field == "headline") alert.set_headline(written.text());
  if (field == "impact") alert.set_impact(written.text());
  if (field == "reason") alert.set_reason(written.text());
  if (field == "still_works" && Holds(index, alert.still_works_size()))
    alert.set_still_works(index, written.text());
  if (field == "instructions" && Holds(index, alert.instructions_size()))
    alert.mutable_instructions(index)->set_text(written.text());
  if (field == "back_entry" && Holds(index, alert.back_entry_size()))
    alert.set_back_entry(index, written.text());
}

// Where an exercise that was ended stands is no place to begin one.
bool IsEnding(v1::Phase::Value phase) {
  return phase == v1::Phase::RESTORED_VERIFYING || phase == v1::Phase::ALL_CLEAR ||
         phase == v1::Phase::BACK_ENTRY;
}

}  // namespace

v1::Alert CopyOfDrill(const v1::Alert& drill) {
  v1::Alert copy;
  copy.set_status(v1::Status::EXERCISE);
  copy.set_kind(drill.kind());
  if (!IsEnding(drill.phase())) copy.set_phase(drill.phase());
  copy.set_severity(drill.severity());
  copy.set_presentation(drill.presentation());
  copy.set_headline(drill.headline());
  *copy.mutable_services() = drill.services();
  copy.set_impact(drill.impact());
  *copy.mutable_still_works() = drill.still_works();
  *copy.mutable_instructions() = drill.instructions();
  copy.set_phone(drill.phone());
  copy.set_phone_fallback(drill.phone_fallback());
  copy.set_downtime_pc(drill.downtime_pc());
  copy.set_binder(drill.binder());
  copy.set_reason(drill.reason());
  copy.set_ticket(drill.ticket());
  *copy.mutable_back_entry() = drill.back_entry();
  copy.set_template_id(drill.template_id());
  copy.set_language(drill.language());
  for (const v1::WrittenText& written : drill.written()) PutBack(written, copy);
  return copy;
}

bool NamesPlace(const v1::Audience& audience) {
  return audience.everyone() || !audience.sites().empty() || !audience.buildings().empty() ||
         !audience.wards().empty() || !audience.services().empty() || !audience.endpoints().empty();
}

}  // namespace wardcast::cli
