#include "agent/desktop/parts/button_bar.h"

#include <wx/button.h>
#include <wx/settings.h>
#include <wx/sizer.h>

#include <algorithm>
#include <utility>

#include "agent/desktop/look/share_width.h"
#include "agent/desktop/look/type_scale.h"
#include "agent/desktop/look/utf8.h"
#include "agent/desktop/look/wrapped_text.h"
#include "agent/desktop/native/controls.h"

namespace wardcast::agent {
namespace {

// These stand apart at the right end: they answer nothing.
bool StandsApart(Action action) {
  return action == Action::kLater || action == Action::kClose || action == Action::kMore ||
         action == Action::kBack;
}

}  // namespace

ButtonBar::ButtonBar(wxWindow* parent, std::function<void(Action)> pressed)
    : wxPanel(parent), pressed_(std::move(pressed)) {
  SetBackgroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOW));
  SetForegroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOWTEXT));
}

void ButtonBar::AddStatus(const StatusLine& status, wxSizer& column) {
  if (status.kind == StatusLine::Kind::kNothing) return;
  const bool refused = status.kind == StatusLine::Kind::kRefused;
  const std::string sign = status.kind == StatusLine::Kind::kAnswered ? "✓ " : refused ? "✗ " : "";
  auto* text = new WrappedText(this, sign + status.text, UiFont(scale_->text, Weight::kBold));
  if (refused) text->SetForegroundColour(wxColour(0xB0, 0x0E, 0x22));
  texts_.push_back(text);
  column.Add(text, 0, wxLEFT | wxRIGHT, FromDIP(scale_->padding));
  column.AddSpacer(FromDIP(scale_->gap));
}

void ButtonBar::Show(const Sheet& sheet) {
  scale_ = &ScaleFor(sheet.kind);
  SetSizer(nullptr);
  DestroyChildren();
  buttons_.clear();
  texts_.clear();
  help_ = nullptr;
  emergency_ = nullptr;
  emergency_indent_ = nullptr;

  auto* column = new wxBoxSizer(wxVERTICAL);
  column->AddSpacer(FromDIP(scale_->gap));
  AddStatus(sheet.status, *column);

  auto* row = new wxBoxSizer(wxHORIZONTAL);
  bool apart = false;
  for (const Button& button : sheet.buttons) {
    auto* made = new wxButton(this, wxID_ANY, wxControl::EscapeMnemonics(Wide(button.label)),
                              wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT);
    made->SetFont(UiFont(scale_->button, button.main ? Weight::kBold : Weight::kNormal));
    if (button.main) native::MarkSuggested(*made);
    if (!button.spoken.empty()) {
      native::SetSpokenName(*made, button.spoken);
      made->SetToolTip(Wide(button.spoken));
    }
    // After the event: the press may destroy this very button.
    made->Bind(wxEVT_BUTTON, [this, action = button.action](wxCommandEvent&) {
      CallAfter([this, action] { pressed_(action); });
    });
    if (StandsApart(button.action) && !apart) {
      row->AddStretchSpacer();
      apart = true;
    }
    row->Add(made, 0, wxLEFT, buttons_.empty() ? 0 : FromDIP(scale_->gap));
    buttons_.push_back(made);
    if (button.action == Action::kHelp) help_ = made;
  }
  column->Add(row, 0, wxEXPAND | wxLEFT | wxRIGHT, FromDIP(scale_->padding));

  if (!sheet.emergency.empty()) {
    auto* line = new wxBoxSizer(wxHORIZONTAL);
    emergency_indent_ = line->AddSpacer(FromDIP(scale_->padding));
    auto* text = new PlainText(this, sheet.emergency, UiFont(std::max(scale_->text - 2, 11.0)));
    emergency_ = text;
    line->Add(text, 0);
    column->AddSpacer(FromDIP(4));
    column->Add(line, 0, wxEXPAND);
    column->AddSpacer(FromDIP(scale_->gap));
  } else {
    column->AddSpacer(FromDIP(scale_->padding * 2 / 3));
  }
  SetSizer(column);
}

int ButtonBar::FitTo(int width) {
  const int padding = FromDIP(scale_->padding);
  const int room = width - 2 * padding;
  const int gap = FromDIP(scale_->gap);
  const int height = FromDIP(scale_->button_height);
  const int side = FromDIP(14);

  // Natural widths; the widest labels take a second line when the row is too long.
  std::vector<int> widths;
  const int gaps = gap * (static_cast<int>(buttons_.size()) - 1);
  for (wxButton* button : buttons_) {
    int text = 0;
    button->GetTextExtent(button->GetLabelText(), &text, nullptr);
    widths.push_back(std::max(text + 2 * side, height));
  }
  widths = ShareWidth(widths, room - gaps, height);
  for (std::size_t index = 0; index < buttons_.size(); ++index) {
    native::WrapLabel(*buttons_[index]);
    buttons_[index]->SetMinSize(wxSize(widths[index], height));
  }
  for (WrappedText* text : texts_) text->FitTo(room);

  if (emergency_ != nullptr) {
    int left = padding;
    for (std::size_t index = 0; index < buttons_.size() && buttons_[index] != help_; ++index) {
      left += widths[index] + gap;
    }
    const int last = width - padding - emergency_->GetBestSize().x;
    left = help_ == nullptr ? padding : std::min(left, last);
    emergency_indent_->AssignSpacer(std::max(left, padding), 1);
  }
  return GetSizer()->CalcMin().y;
}

void ButtonBar::FocusFirst() {
  if (!buttons_.empty()) buttons_.front()->SetFocus();
}

}  // namespace wardcast::agent
