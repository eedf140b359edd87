#include "agent/desktop/procedure_window.h"

#include <wx/arrstr.h>
#include <wx/listbox.h>
#include <wx/panel.h>
#include <wx/sizer.h>
#include <wx/textctrl.h>

#include <algorithm>

#include "agent/core/words/say.h"
#include "agent/desktop/look/type_scale.h"
#include "agent/desktop/look/utf8.h"
#include "agent/desktop/native/controls.h"
#include "agent/desktop/view/lines.h"
#include "agent/desktop/view/procedure_page.h"
#include "agent/desktop/view/signs.h"

namespace wardcast::agent {
namespace {

constexpr int kWide = 900;
constexpr int kHigh = 600;
constexpr int kTitles = 300;

}  // namespace

ProcedureWindow::ProcedureWindow()
    : wxFrame(nullptr, wxID_ANY, signs::kProduct, wxDefaultPosition, wxDefaultSize) {
  auto* ground = new wxPanel(this);
  titles_ = new wxListBox(ground, wxID_ANY);
  titles_->SetFont(UiFont(kToastScale.text));
  titles_->SetMinSize(wxSize(FromDIP(kTitles), -1));
  text_ = new wxTextCtrl(ground, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize,
                         wxTE_MULTILINE | wxTE_READONLY | wxTE_WORDWRAP);
  text_->SetFont(UiFont(kDialogScale.text));
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->Add(titles_, 0, wxEXPAND | wxALL, FromDIP(kDialogScale.gap));
  row->Add(text_, 1, wxEXPAND | wxTOP | wxRIGHT | wxBOTTOM, FromDIP(kDialogScale.gap));
  ground->SetSizer(row);
  SetClientSize(FromDIP(wxSize(kWide, kHigh)));
  titles_->Bind(wxEVT_LISTBOX, [this](wxCommandEvent&) { ShowChosen(); });
  Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
    if (event.GetKeyCode() == WXK_ESCAPE) {
      Hide();
    } else {
      event.Skip();
    }
  });
  Bind(wxEVT_CLOSE_WINDOW, [this](wxCloseEvent& event) {
    if (event.CanVeto()) {
      event.Veto();
      Hide();
    } else {
      Destroy();
    }
  });
}

void ProcedureWindow::ShowProcedures(const std::vector<Procedure>& procedures, Language language) {
  const std::string label = Say(language, Phrase::kProcedures);
  SetTitle(Wide(label));
  native::SetSpokenName(*titles_, label);
  if (procedures == procedures_) return;
  const int chosen = titles_->GetSelection();
  const std::string open =
      chosen == wxNOT_FOUND ? std::string() : procedures_[static_cast<std::size_t>(chosen)].title;
  procedures_ = procedures;
  wxArrayString titles;
  for (const Procedure& procedure : procedures_) titles.Add(Wide(Limited(procedure.title)));
  titles_->Set(titles);
  const auto same = std::ranges::find(procedures_, open, &Procedure::title);
  if (!procedures_.empty()) {
    titles_->SetSelection(same == procedures_.end() ? 0
                                                    : static_cast<int>(same - procedures_.begin()));
  }
  ShowChosen();
}

void ProcedureWindow::Open() {
  Show();
  Raise();
  titles_->SetFocus();
}

void ProcedureWindow::ShowChosen() {
  const int chosen = titles_->GetSelection();
  text_->ChangeValue(chosen == wxNOT_FOUND
                         ? wxString()
                         : Wide(ProcedureText(procedures_[static_cast<std::size_t>(chosen)])));
}

}  // namespace wardcast::agent
