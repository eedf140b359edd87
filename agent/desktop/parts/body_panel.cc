#include "agent/desktop/parts/body_panel.h"

#include <wx/settings.h>
#include <wx/sizer.h>

#include <algorithm>
#include <cstddef>

#include "agent/desktop/look/utf8.h"
#include "agent/desktop/look/wrapped_text.h"
#include "agent/desktop/native/controls.h"
#include "agent/desktop/parts/who_panel.h"

namespace wardcast::agent {
namespace {

wxFont FontFor(const Line& line, const TypeScale& scale) {
  switch (line.kind) {
    case LineKind::kHeadline:
      return UiFont(scale.headline, Weight::kBold);
    case LineKind::kQuestion:
      return UiFont(scale.question, Weight::kBold);
    case LineKind::kUnconfirmed:
    case LineKind::kState:
    case LineKind::kChanged:
      return UiFont(scale.marked, Weight::kBold);
    case LineKind::kDo:
      return UiFont(scale.doing);
    case LineKind::kText:
    case LineKind::kTimes:
      return UiFont(scale.text);
  }
  return UiFont(scale.text);
}

// Lines that must not be overlooked have a bar and a tint, besides what they say.
bool IsMarked(LineKind kind) {
  return kind == LineKind::kUnconfirmed || kind == LineKind::kState || kind == LineKind::kChanged;
}

bool Dark(const wxColour& colour) { return colour.GetLuminance() < 0.5; }

}  // namespace

BodyPanel::BodyPanel(wxWindow* parent)
    : wxScrolledWindow(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                       wxVSCROLL | wxTAB_TRAVERSAL) {
  SetBackgroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOW));
  SetForegroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOWTEXT));
  SetScrollRate(0, FromDIP(12));
  native::KeepScrollBarsVisible(*this);
}

int BodyPanel::LabelWidth(const Sheet& sheet) {
  int widest = 0;
  for (const Line& line : sheet.lines) {
    if (line.label.empty()) continue;
    wxFont font = FontFor(line, *scale_);
    font.MakeBold();
    int width = 0;
    GetTextExtent(Wide(line.label), &width, nullptr, nullptr, nullptr, &font);
    widest = std::max(widest, width);
  }
  return widest == 0 ? 0 : widest + FromDIP(scale_->padding * 3 / 4);
}

wxSizer* BodyPanel::AddLine(const Line& line) {
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  wxFont font = FontFor(line, *scale_);
  wxWindow* parent = this;
  if (IsMarked(line.kind)) {
    const wxColour ground = GetBackgroundColour();
    auto* mark = new wxPanel(this);
    mark->SetBackgroundColour(Dark(ground) ? wxColour(0x4A, 0x42, 0x10)
                                           : wxColour(0xFF, 0xF3, 0xC4));
    mark->SetForegroundColour(GetForegroundColour());
    auto* inner = new wxBoxSizer(wxHORIZONTAL);
    mark->SetSizer(inner);
    row->Add(mark, 1, wxEXPAND);
    parent = mark;
  }
  if (!line.label.empty()) {
    wxFont bold = font;
    bold.MakeBold();
    auto* label = new PlainText(parent, line.label, bold);
    label->SetMinSize(wxSize(label_width_, -1));
    row->Add(label, 0, wxALIGN_TOP);
  }
  auto* column = new wxBoxSizer(wxVERTICAL);
  for (const std::string& item : line.items) {
    auto* text = new WrappedText(parent, item, font);
    if (parent != this) text->SetForegroundColour(GetForegroundColour());
    paragraphs_.push_back({text, !line.label.empty(), parent != this});
    column->Add(text, 0, wxTOP, column->IsEmpty() ? 0 : FromDIP(scale_->gap / 2));
  }
  if (parent != this) {
    parent->GetSizer()->Add(column, 1, wxALL, FromDIP(kMarkPadding));
  } else {
    row->Add(column, 1);
  }
  return row;
}

void BodyPanel::Show(const Sheet& sheet, Order order) {
  Freeze();
  Scroll(0, 0);
  SetSizer(nullptr);
  DestroyChildren();
  paragraphs_.clear();
  who_ = nullptr;
  scale_ = &ScaleFor(sheet.kind);
  label_width_ = LabelWidth(sheet);

  std::vector<std::size_t> reading(sheet.lines.size());
  for (std::size_t index = 0; index < reading.size(); ++index) reading[index] = index;
  std::ranges::stable_sort(reading, {},
                           [&](std::size_t index) { return sheet.lines[index].reading_rank; });
  std::vector<wxSizer*> rows(sheet.lines.size());
  for (const std::size_t index : reading) rows[index] = AddLine(sheet.lines[index]);

  auto* column = new wxBoxSizer(wxVERTICAL);
  const int padding = FromDIP(scale_->padding);
  column->AddSpacer(padding / 2);
  if (order == Order::kAsDesigned) std::ranges::sort(reading);
  for (const std::size_t index : reading) {
    wxSizer* row = rows[index];
    column->Add(row, 0, wxEXPAND | wxLEFT | wxRIGHT, padding);
    column->AddSpacer(FromDIP(scale_->gap));
  }
  if (sheet.leaf == Leaf::kAnswers || sheet.leaf == Leaf::kHelp) {
    who_ = new WhoPanel(this, sheet.language);
    column->Add(who_, 0, wxEXPAND | wxLEFT | wxRIGHT, padding);
    column->AddSpacer(FromDIP(scale_->gap));
  }
  SetSizer(column);
  Thaw();
}

int BodyPanel::FitTo(int width) {
  const int padding = FromDIP(scale_->padding);
  const int room = std::max(width - 2 * padding, FromDIP(80));
  for (const Paragraph& paragraph : paragraphs_) {
    int own = room;
    if (paragraph.beside_label) own -= label_width_;
    if (paragraph.marked) own -= 2 * FromDIP(kMarkPadding);
    paragraph.text->FitTo(own);
  }
  if (who_ != nullptr) who_->FitTo(room);
  return GetSizer()->CalcMin().y;
}

std::string BodyPanel::Initials() const {
  return who_ == nullptr ? std::string() : who_->Initials();
}

std::string BodyPanel::Role() const { return who_ == nullptr ? std::string() : who_->Role(); }

}  // namespace wardcast::agent
