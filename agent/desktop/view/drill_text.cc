#include "agent/desktop/view/drill_text.h"

#include <utility>

#include "agent/core/words/say.h"

namespace wardcast::agent {
namespace {

bool IsText(LineKind kind) { return kind != LineKind::kTimes && kind != LineKind::kUnconfirmed; }

Line OneItem(LineKind kind, std::string label, std::string text, int rank) {
  return {
      .kind = kind, .label = std::move(label), .items = {std::move(text)}, .reading_rank = rank};
}

}  // namespace

std::string Marked(const Notice& notice, const std::string& text) {
  if (!notice.exercise || text.empty()) return text;
  const std::string exercise = Say(notice.language, Phrase::kExercise);
  return exercise + ": " + text + " – " + exercise;
}

std::vector<Line> MarkedLines(const Notice& notice, std::vector<Line> lines) {
  if (!notice.exercise) return lines;
  const std::string exercise = Say(notice.language, Phrase::kExercise);
  for (Line& line : lines) {
    if (!IsText(line.kind)) continue;
    line.items.front().insert(0, exercise + ": ");
    line.items.back() += " – " + exercise;
  }
  return lines;
}

std::vector<Line> DrillOverLines(const Notice& notice, const std::string& headline) {
  const std::string was = Say(notice.language, Phrase::kTheExerciseWas, {{"headline", headline}});
  return {OneItem(LineKind::kHeadline, "", Limited(notice.closing), 1),
          OneItem(LineKind::kText, "", Marked(notice, Limited(was)), 5)};
}

std::vector<Line> NumberLinesFor(const Notice& notice, const Screen& screen) {
  const Language language = screen.language;
  const std::string ward = notice.ward_name.empty() ? screen.place : notice.ward_name;
  std::vector<Line> lines{OneItem(LineKind::kQuestion, "",
                                  Say(language, Phrase::kRealProblemIn, {{"ward", Limited(ward)}}),
                                  1)};
  if (!notice.phone.empty()) {
    lines.push_back(OneItem(LineKind::kDo, Say(language, Phrase::kCall), Limited(notice.phone), 2));
  }
  if (!notice.phone_fallback.empty()) {
    lines.push_back(OneItem(LineKind::kDo, Say(language, Phrase::kIfPhonesAreDown),
                            Limited(notice.phone_fallback), 3));
  }
  const std::string emergency =
      notice.emergency_phone.empty()
          ? Say(language, Phrase::kEmergencyNumber)
          : Say(language, Phrase::kPatientEmergency, {{"phone", Limited(notice.emergency_phone)}});
  lines.push_back(OneItem(LineKind::kDo, "", emergency, 4));
  return lines;
}

}  // namespace wardcast::agent
