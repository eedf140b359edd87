#include "agent/desktop/view/band.h"

#include <algorithm>
#include <cmath>

#include "agent/desktop/view/words.h"

namespace wardcast::agent {
namespace {

constexpr Rgb kBlack{0x14, 0x14, 0x14};
constexpr Rgb kWhite{0xFF, 0xFF, 0xFF};

Band ForSeverity(Severity severity) {
  switch (severity) {
    case Severity::kNotice:
      return {.shape = Shape::kCircle,
              .word = words::kNotice,
              .background = {0x00, 0x53, 0xA0},
              .text = kWhite};
    case Severity::kCaution:
      return {.shape = Shape::kDiamond,
              .word = words::kCaution,
              .background = {0xFF, 0xD1, 0x00},
              .text = kBlack};
    case Severity::kWarning:
      return {.shape = Shape::kTriangle,
              .word = words::kWarning,
              .background = {0xFF, 0x82, 0x00},
              .text = kBlack};
    case Severity::kDanger:
      return {.shape = Shape::kOctagon,
              .word = words::kDanger,
              .background = {0xC0, 0x10, 0x26},
              .text = kWhite};
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
  Band band;
  switch (notice.phase) {
    case Phase::kOpen:
    case Phase::kRecovering:
      band = ForSeverity(notice.severity);
      break;
    case Phase::kAllClear:
      band = {.shape = Shape::kTick,
              .word = words::kAllClear,
              .background = {0x16, 0x6B, 0x3A},
              .text = kWhite};
      break;
    case Phase::kRecalled:
      band = {.shape = Shape::kCross,
              .word = words::kRecalled,
              .background = {0x4A, 0x50, 0x59},
              .text = kWhite};
      break;
  }
  band.exercise = notice.exercise;
  return band;
}

double Contrast(Rgb one, Rgb other) {
  const double a = Luminance(one);
  const double b = Luminance(other);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

}  // namespace wardcast::agent
