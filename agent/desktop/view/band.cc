#include "agent/desktop/view/band.h"

#include <algorithm>
#include <cmath>

#include "agent/core/words/say.h"

namespace wardcast::agent {
namespace {

constexpr Rgb kBlack{0x14, 0x14, 0x14};
constexpr Rgb kWhite{0xFF, 0xFF, 0xFF};

Band ForSeverity(Severity severity, Language language) {
  switch (severity) {
    case Severity::kNotice:
      return {.shape = Shape::kCircle,
              .word = Say(language, Phrase::kNotice),
              .background = {0x00, 0x53, 0xA0},
              .text = kWhite,
              .exercise_word = {}};
    case Severity::kCaution:
      return {.shape = Shape::kDiamond,
              .word = Say(language, Phrase::kCaution),
              .background = {0xFF, 0xD1, 0x00},
              .text = kBlack,
              .exercise_word = {}};
    case Severity::kWarning:
      return {.shape = Shape::kTriangle,
              .word = Say(language, Phrase::kWarning),
              .background = {0xFF, 0x82, 0x00},
              .text = kBlack,
              .exercise_word = {}};
    case Severity::kDanger:
      return {.shape = Shape::kOctagon,
              .word = Say(language, Phrase::kDanger),
              .background = {0xC0, 0x10, 0x26},
              .text = kWhite,
              .exercise_word = {}};
  }
  return {};
}

double Linear(std::uint8_t channel) {
  const double value = channel / 255.0;
  return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double Luminance(Rgb colour) {
  return 0.2126 * Linear(colour.red) + 0.7152 * Linear(colour.green) + 0.0722 * Linear(colour.blue);
}

}  // namespace

Band BandFor(const Notice& notice) {
  const Language language = notice.language;
  Band band;
  switch (notice.phase) {
    case Phase::kOpen:
    case Phase::kRecovering:
      band = ForSeverity(notice.severity, language);
      break;
    case Phase::kAllClear:
      band = {.shape = Shape::kTick,
              .word = Say(language, Phrase::kAllClear),
              .background = {0x16, 0x6B, 0x3A},
              .text = kWhite,
              .exercise_word = {}};
      break;
    case Phase::kDrillOver:
      band = {.shape = Shape::kCross,
              .word = Say(language, Phrase::kDrillOver),
              .background = {0x4A, 0x50, 0x59},
              .text = kWhite,
              .exercise_word = {}};
      break;
    case Phase::kRecalled:
      band = {.shape = Shape::kCross,
              .word = Say(language, Phrase::kRecalled),
              .background = {0x4A, 0x50, 0x59},
              .text = kWhite,
              .exercise_word = {}};
      break;
  }
  band.exercise = notice.exercise;
  if (band.exercise) band.exercise_word = Say(language, Phrase::kExercise);
  return band;
}

double Contrast(Rgb one, Rgb other) {
  const double a = Luminance(one);
  const double b = Luminance(other);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

}  // namespace wardcast::agent
