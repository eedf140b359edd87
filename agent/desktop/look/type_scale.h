// Sizes of a notice in its two shapes. Points grow with the person's text size, pixels with the
// display's scale.
#pragma once

#include <wx/font.h>

#include "agent/desktop/view/arrange.h"
#include "agent/desktop/view/band.h"

#include <wx/colour.h>

namespace wardcast::agent {

struct TypeScale {
  double headline;  // points
  double question;  // above choices
  double doing;     // do now, do not
  double marked;    // state, what changed
  double text;
  double band_word;
  double band_text;
  double button;
  int button_height;  // pixels
  int choice_height;  // letters, roles, pages
  int padding;
  int gap;
  int band_height;
};

// Readable from two metres.
inline constexpr TypeScale kDialogScale{.headline = 28,
                                        .question = 22,
                                        .doing = 18,
                                        .marked = 16,
                                        .text = 14,
                                        .band_word = 20,
                                        .band_text = 14,
                                        .button = 13,
                                        .button_height = 64,
                                        .choice_height = 44,
                                        .padding = 22,
                                        .gap = 8,
                                        .band_height = 52};
// Read from where one sits.
inline constexpr TypeScale kToastScale{.headline = 15,
                                       .question = 14,
                                       .doing = 12,
                                       .marked = 11,
                                       .text = 11,
                                       .band_word = 13,
                                       .band_text = 11,
                                       .button = 12,
                                       .button_height = 44,
                                       .choice_height = 44,
                                       .padding = 14,
                                       .gap = 6,
                                       .band_height = 36};

inline const TypeScale& ScaleFor(WindowKind kind) {
  return kind == WindowKind::kToast ? kToastScale : kDialogScale;
}

enum class Weight { kNormal, kBold };

inline wxFont UiFont(double points, Weight weight = Weight::kNormal) {
  wxFont font = wxFont(wxFontInfo(points));
  if (weight == Weight::kBold) font.MakeBold();
  return font;
}

inline wxColour ColourOf(Rgb rgb) { return {rgb.red, rgb.green, rgb.blue}; }

}  // namespace wardcast::agent
