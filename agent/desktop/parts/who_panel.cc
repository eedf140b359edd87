#include "agent/desktop/parts/who_panel.h"

#include <wx/button.h>
#include <wx/sizer.h>

#include "agent/core/words/say.h"
#include "agent/desktop/look/type_scale.h"
#include "agent/desktop/look/utf8.h"
#include "agent/desktop/look/wrapped_text.h"
#include "agent/desktop/native/controls.h"
#include "agent/desktop/view/signs.h"

namespace wardcast::agent {
namespace {

constexpr int kLettersInARow = 13;
constexpr Phrase kRoles[] = {Phrase::kChargeNurse, Phrase::kNurse, Phrase::kPhysician,
                             Phrase::kClerk, Phrase::kOtherRole};

}  // namespace

WhoPanel::WhoPanel(wxWindow* parent, Language language) : wxPanel(parent), language_(language) {
  const TypeScale& scale = kDialogScale;
  const wxFont font = UiFont(13);
  const int gap = FromDIP(4);
  auto* column = new wxBoxSizer(wxVERTICAL);

  auto* title = new wxBoxSizer(wxHORIZONTAL);
  auto* label =
      new PlainText(this, Say(language_, Phrase::kInitials), UiFont(scale.text, Weight::kBold));
  shown_ = new OneLine(this, Say(language_, Phrase::kMayStayEmpty), UiFont(scale.text));
  title->Add(label, 0, wxALIGN_CENTER_VERTICAL | wxRIGHT, FromDIP(12));
  title->Add(shown_, 1, wxALIGN_CENTER_VERTICAL);
  column->Add(title, 0, wxEXPAND | wxBOTTOM, gap);

  auto* grid = new wxGridSizer(kLettersInARow, gap, gap);
  const auto key = [&](const std::string& text) {
    auto* made =
        new wxButton(this, wxID_ANY, Wide(text), wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT);
    made->SetFont(font);
    made->SetMinSize(wxSize(FromDIP(44), FromDIP(scale.choice_height)));
    return made;
  };
  for (char letter = 'A'; letter <= 'Z'; ++letter) {
    wxButton* button = key(std::string(1, letter));
    button->Bind(wxEVT_BUTTON, [this, letter](wxCommandEvent&) { AddLetter(letter); });
    letter_buttons_.push_back(button);
    grid->Add(button, 0, wxEXPAND);
  }
  column->Add(grid, 0, wxEXPAND);

  auto* role_label =
      new PlainText(this, Say(language_, Phrase::kRole), UiFont(scale.text, Weight::kBold));
  auto* roles = new wxBoxSizer(wxHORIZONTAL);
  roles->Add(role_label, 0, wxALIGN_CENTER_VERTICAL | wxRIGHT, FromDIP(12));
  for (const Phrase phrase : kRoles) {
    const std::string role = Say(language_, phrase);
    roles_.push_back(role);
    wxButton* button = key(role);
    button->Bind(wxEVT_BUTTON, [this, role](wxCommandEvent&) { ChooseRole(role); });
    role_buttons_.push_back(button);
    roles->Add(button, 1, wxRIGHT, gap);
  }
  wxButton* clear = key(signs::kClearInitials);
  native::SetSpokenName(*clear, Say(language_, Phrase::kClearInitials));
  clear->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    letters_.clear();
    ShowInitials();
  });
  title->Add(clear, 0, wxALIGN_CENTER_VERTICAL);
  column->Add(roles, 0, wxEXPAND | wxTOP, FromDIP(10));
  SetSizer(column);
  ShowInitials();
}

void WhoPanel::FitTo(int width) {
  Layout();
  SetMinSize(wxSize(width, GetSizer()->CalcMin().y));
}

std::string WhoPanel::Initials() const {
  std::string initials;
  for (const char letter : letters_) {
    initials += letter;
    initials += '.';
  }
  return initials;
}

void WhoPanel::AddLetter(char letter) {
  if (letters_.size() == kMostLetters) return;
  letters_ += letter;
  ShowInitials();
}

void WhoPanel::ChooseRole(const std::string& role) {
  role_ = role_ == role ? std::string() : role;
  for (std::size_t index = 0; index < role_buttons_.size(); ++index) {
    native::MarkChosen(*role_buttons_[index], roles_[index] == role_);
  }
}

void WhoPanel::ShowInitials() {
  shown_->SetText(letters_.empty() ? Say(language_, Phrase::kMayStayEmpty) : Initials());
}

}  // namespace wardcast::agent
