#include "agent/desktop/look/wrapped_text.h"

#include "agent/desktop/look/utf8.h"
#include "agent/desktop/native/controls.h"

namespace wardcast::agent {
namespace {

// Without this, "&" in a text would underline the next letter.
wxString Plain(const std::string& utf8) { return wxControl::EscapeMnemonics(Wide(utf8)); }

}  // namespace

PlainText::PlainText(wxWindow* parent, const std::string& utf8, const wxFont& font, long style)
    : wxStaticText(parent, wxID_ANY, Plain(utf8), wxDefaultPosition, wxDefaultSize, style) {
  SetFont(font);
  native::UseFontNow(*this);
}

void PlainText::SetText(const std::string& utf8) { SetLabel(Plain(utf8)); }

WrappedText::WrappedText(wxWindow* parent, const std::string& utf8, const wxFont& font)
    : PlainText(parent, utf8, font, wxST_NO_AUTORESIZE) {
  native::WrapAnywhere(*this);
}

void WrappedText::FitTo(int width) {
  SetMinSize(wxSize(width, native::HeightForWidth(*this, width)));
}

OneLine::OneLine(wxWindow* parent, const std::string& utf8, const wxFont& font)
    : PlainText(parent, utf8, font) {
  native::CutAtEnd(*this);
}

}  // namespace wardcast::agent
