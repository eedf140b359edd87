#include "agent/desktop/parts/pager_bar.h"

#include <wx/button.h>
#include <wx/sizer.h>

#include <utility>

#include "agent/core/words/say.h"
#include "agent/desktop/look/shape_painter.h"
#include "agent/desktop/look/type_scale.h"
#include "agent/desktop/look/utf8.h"
#include "agent/desktop/look/wrapped_text.h"
#include "agent/desktop/native/controls.h"
#include "agent/desktop/view/signs.h"

namespace wardcast::agent {

PagerBar::PagerBar(wxWindow* parent, std::function<void(std::size_t)> turned)
    : wxPanel(parent), turned_(std::move(turned)) {
  Hide();
}

void PagerBar::Show(const Sheet& sheet) {
  DestroyChildren();
  const bool needed = sheet.pages > 1 && sheet.leaf == Leaf::kNotice;
  Show(needed);
  if (!needed) return;

  SetBackgroundColour(ColourOf(sheet.band.background));
  const TypeScale& scale = ScaleFor(sheet.kind);
  const wxFont font = UiFont(std::min(scale.text, 12.0));
  const int height = FromDIP(scale.choice_height);
  const auto button = [&](const std::string& label, const std::string& spoken, std::size_t page) {
    auto* made = new wxButton(this, wxID_ANY, wxControl::EscapeMnemonics(Wide(label)),
                              wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT);
    made->SetFont(font);
    made->SetMinSize(wxSize(height, height));
    if (!spoken.empty()) native::SetSpokenName(*made, spoken);
    made->Bind(wxEVT_BUTTON,
               [this, page](wxCommandEvent&) { CallAfter([this, page] { turned_(page); }); });
    return made;
  };

  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->AddSpacer(FromDIP(scale.padding));
  row->Add(button(signs::kPrevious, Say(sheet.language, Phrase::kPrevious),
                  (sheet.page + sheet.pages - 1) % sheet.pages),
           0, wxALIGN_CENTER_VERTICAL);
  auto* count = new PlainText(
      this,
      Say(sheet.language, Phrase::kPageOf,
          {{"page", std::to_string(sheet.page + 1)}, {"pages", std::to_string(sheet.pages)}}),
      UiFont(std::min(scale.text, 13.0), Weight::kBold));
  count->SetForegroundColour(ColourOf(sheet.band.text));
  row->Add(count, 0, wxALIGN_CENTER_VERTICAL | wxLEFT | wxRIGHT, FromDIP(scale.gap + 4));
  row->Add(button(signs::kNext, Say(sheet.language, Phrase::kNext), (sheet.page + 1) % sheet.pages),
           0, wxALIGN_CENTER_VERTICAL);
  if (sheet.kind == WindowKind::kDialog) {
    for (const Tab& tab : sheet.tabs) {
      wxButton* name = button(tab.text, {}, tab.page);
      name->SetBitmap(ShapeBitmap(tab.band, FromDIP(20)));
      native::CutLabel(*name);
      row->AddSpacer(FromDIP(scale.gap));
      row->Add(name, 1, wxALIGN_CENTER_VERTICAL);
    }
  }
  row->AddSpacer(FromDIP(scale.padding));
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(row, 1, wxEXPAND | wxTOP | wxBOTTOM, FromDIP(4));
  SetSizer(column);
  Layout();
}

}  // namespace wardcast::agent
