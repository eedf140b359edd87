// The band at the top of a notice: what it says about severity by colour, by shape and by word,
// never by colour alone. Pure; no toolkit.
#pragma once

#include <cstdint>
#include <string>

#include "agent/core/screen.h"

namespace wardcast::agent {

struct Rgb {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  friend bool operator==(const Rgb&, const Rgb&) = default;
};

// Each severity and each end has its own, so that they can be told apart without colour.
enum class Shape {
  kCircle,    // NOTICE, with "i"
  kDiamond,   // CAUTION, with "!"
  kTriangle,  // WARNING, with "!"
  kOctagon,   // DANGER, with "!"
  kTick,      // ALL CLEAR
  kCross,     // RECALLED; EXERCISE · OVER
};

struct Band {
  Shape shape = Shape::kCircle;
  std::string word;
  Rgb background;
  Rgb text;                   // contrast with `background` is at least 4.5 : 1
  bool exercise = false;      // stripes, and this before the word:
  std::string exercise_word;  // "EXERCISE"; empty when it is none
  friend bool operator==(const Band&, const Band&) = default;
};

// Colours and words after ANSI Z535: NOTICE blue, CAUTION yellow, WARNING orange, DANGER red; the
// all clear is green, a recalled notice and a drill that ended by itself grey.
Band BandFor(const Notice& notice);

// The contrast ratio of WCAG 2.2, 1 … 21.
double Contrast(Rgb one, Rgb other);

// "WARNING"; of a drill "EXERCISE · WARNING".
inline std::string WholeWord(const Band& band) {
  return band.exercise ? band.exercise_word + " · " + band.word : band.word;
}

}  // namespace wardcast::agent
