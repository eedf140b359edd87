#include "agent/desktop/parts/button_bar.h"

#include <wx/arrstr.h>
#include <wx/button.h>
#include <wx/settings.h>
#include <wx/sizer.h>

#include <algorithm>
#include <utility>

#include "agent/desktop/look/button_rows.h"
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
  rows_ = nullptr;
  first_apart_ = nullptr;
  help_ = nullptr;
  emergency_ = nullptr;
  emergency_indent_ = nullptr;

  auto* column = new wxBoxSizer(wxVERTICAL);
  column->AddSpacer(FromDIP(scale_->gap));
  AddStatus(sheet.status, *column);

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
    if (first_apart_ == nullptr && StandsApart(button.action)) first_apart_ = made;
    buttons_.push_back(made);
    if (button.action == Action::kHelp) help_ = made;
  }
  rows_ = new wxBoxSizer(wxVERTICAL);
  column->Add(rows_, 0, wxEXPAND | wxLEFT | wxRIGHT, FromDIP(scale_->padding));

  if (!sheet.emergency.empty()) {
    auto* line = new wxBoxSizer(wxHORIZONTAL);
    emergency_indent_ = line->AddSpacer(FromDIP(scale_->padding));
    auto* text = new WrappedText(this, sheet.emergency, UiFont(std::max(scale_->text - 2, 11.0)));
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

// The height that a label needs in a button of this width: its words line by line.
int ButtonBar::LabelHeight(const wxButton& button, int room) const {
  int line_width = 0;
  int line_height = 0;
  int lines = 1;
  int space = 0;
  button.GetTextExtent(" ", &space, &line_height);
  for (const wxString& word : wxSplit(button.GetLabelText(), ' ', '\0')) {
    int wide = 0;
    int high = 0;
    button.GetTextExtent(word, &wide, &high);
    line_height = std::max(line_height, high);
    if (line_width > 0 && line_width + space + wide > room) {
      ++lines;
      line_width = wide;
    } else {
      line_width += (line_width > 0 ? space : 0) + wide;
    }
  }
  return lines * line_height;
}

int ButtonBar::FitTo(int width) {
  const int padding = FromDIP(scale_->padding);
  const int room = width - 2 * padding;
  const int gap = FromDIP(scale_->gap);
  const int side = FromDIP(14);
  int height = FromDIP(scale_->button_height);

  std::vector<ButtonWidths> wanted;
  for (wxButton* button : buttons_) {
    ButtonWidths widths{0, height};
    button->GetTextExtent(button->GetLabelText(), &widths.natural, nullptr);
    widths.natural = std::max(widths.natural + 2 * side, height);
    for (const wxString& word : wxSplit(button->GetLabelText(), ' ', '\0')) {
      int wide = 0;
      button->GetTextExtent(word, &wide, nullptr);
      widths.least = std::max(widths.least, wide + 2 * side);
    }
    wanted.push_back(widths);
  }
  const std::vector<ButtonRow> rows = ButtonRows(wanted, room, gap);
  for (const ButtonRow& row : rows) {
    for (std::size_t at = 0; at < row.widths.size(); ++at) {
      // One pixel for the toolkit's rounding.
      const int label = LabelHeight(*buttons_[row.first + at], row.widths[at] - 2 * side + 1);
      height = std::max(height, label + FromDIP(12));
    }
  }

  rows_->Clear();
  int help_left = padding;
  for (const ButtonRow& row : rows) {
    auto* line = new wxBoxSizer(wxHORIZONTAL);
    int left = padding;
    for (std::size_t at = 0; at < row.widths.size(); ++at) {
      wxButton* button = buttons_[row.first + at];
      if (button == first_apart_) line->AddStretchSpacer();
      if (button == help_) help_left = left;
      native::WrapLabel(*button);
      button->SetMinSize(wxSize(row.widths[at], height));
      line->Add(button, 0, wxLEFT, at == 0 ? 0 : gap);
      left += row.widths[at] + gap;
    }
    rows_->Add(line, 0, wxEXPAND | wxTOP, row.first == 0 ? 0 : gap);
  }
  for (WrappedText* text : texts_) text->FitTo(room);

  if (emergency_ != nullptr) {
    int natural = 0;
    emergency_->GetTextExtent(emergency_->GetLabelText(), &natural, nullptr);
    natural += FromDIP(4);
    const int last = width - padding - natural;
    emergency_indent_->AssignSpacer(std::max(std::min(help_left, last), padding), 1);
    emergency_->FitTo(std::min(natural, room));
  }
  return GetSizer()->CalcMin().y;
}

void ButtonBar::FocusFirst() {
  if (!buttons_.empty()) buttons_.front()->SetFocus();
}

}  // namespace wardcast::agent
