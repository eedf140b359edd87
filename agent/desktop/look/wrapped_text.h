// Native texts that know their size before they are first drawn, and show "&" as "&". Threads: UI.
#pragma once

#include <wx/stattext.h>

#include <string>

namespace wardcast::agent {

// As wide as its text.
class PlainText : public wxStaticText {
 public:
  PlainText(wxWindow* parent, const std::string& utf8, const wxFont& font, long style = 0);
  void SetText(const std::string& utf8);
};

// Wraps to the width that it is given, in any script, and knows the height that this takes.
class WrappedText : public PlainText {
 public:
  WrappedText(wxWindow* parent, const std::string& utf8, const wxFont& font);

  // Wraps to `width` pixels and asks the sizer for the height that it needs.
  void FitTo(int width);
};

// One line, cut with "…" where there is no room.
class OneLine : public PlainText {
 public:
  OneLine(wxWindow* parent, const std::string& utf8, const wxFont& font);
};

}  // namespace wardcast::agent
