#include "agent/desktop/strip_window.h"

#include <wx/button.h>
#include <wx/dcbuffer.h>
#include <wx/display.h>
#include <wx/graphics.h>
#include <wx/panel.h>
#include <wx/settings.h>
#include <wx/sizer.h>
#include <wx/statbmp.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "agent/core/words/say.h"
#include "agent/desktop/look/shape_painter.h"
#include "agent/desktop/look/share_width.h"
#include "agent/desktop/look/type_scale.h"
#include "agent/desktop/look/utf8.h"
#include "agent/desktop/look/wrapped_text.h"
#include "agent/desktop/native/controls.h"
#include "agent/desktop/native/focus.h"
#include "agent/desktop/native/screen_edge.h"
#include "agent/desktop/view/signs.h"

namespace wardcast::agent {
namespace {

constexpr int kHeight = 40;
constexpr double kPoints = 12;
constexpr int kStripes = 24;  // wide enough to show stripes

wxRect PrimaryMonitor() {
  for (unsigned index = 0; index < wxDisplay::GetCount(); ++index) {
    const wxDisplay display(index);
    if (display.IsPrimary()) return display.GetClientArea();
  }
  return wxDisplay(0U).GetClientArea();
}

// The mark of an exercise, beside its word.
wxPanel* Stripes(wxWindow* parent, const Band& band) {
  auto* stripes =
      new wxPanel(parent, wxID_ANY, wxDefaultPosition, wxSize(parent->FromDIP(kStripes), -1));
  stripes->SetMinSize(wxSize(parent->FromDIP(kStripes), -1));
  stripes->SetBackgroundStyle(wxBG_STYLE_PAINT);
  stripes->Bind(wxEVT_PAINT, [stripes, ground = ColourOf(band.background)](wxPaintEvent&) {
    wxAutoBufferedPaintDC dc(stripes);
    dc.SetBackground(wxBrush(ground));
    dc.Clear();
    const std::unique_ptr<wxGraphicsContext> context(wxGraphicsContext::Create(dc));
    if (context) DrawStripes(*context, stripes->GetSize().x, stripes->GetSize().y);
  });
  return stripes;
}

// The severity's word on its colour; for an exercise striped at its end.
wxPanel* WordBlock(wxWindow* parent, const Band& band) {
  auto* block = new wxPanel(parent);
  block->SetBackgroundColour(ColourOf(band.background));
  Band inverse = band;
  std::swap(inverse.background, inverse.text);
  auto* shape = new wxStaticBitmap(block, wxID_ANY, ShapeBitmap(inverse, block->FromDIP(22)));
  auto* text = new PlainText(block, WholeWord(band), UiFont(kPoints, Weight::kBold));
  text->SetForegroundColour(ColourOf(band.text));
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->Add(shape, 0, wxALIGN_CENTER_VERTICAL | wxLEFT, block->FromDIP(12));
  row->Add(text, 0, wxALIGN_CENTER_VERTICAL | wxLEFT | wxRIGHT, block->FromDIP(10));
  if (band.exercise) row->Add(Stripes(block, band), 0, wxEXPAND);
  block->SetSizer(row);
  return block;
}

}  // namespace

StripWindow::StripWindow(std::function<void()> opened, std::function<void()> painted)
    : wxFrame(nullptr, wxID_ANY, signs::kProduct, wxDefaultPosition, wxDefaultSize,
              wxFRAME_NO_TASKBAR | wxSTAY_ON_TOP | wxBORDER_NONE),
      opened_(std::move(opened)),
      painted_(std::move(painted)) {
  native::NeverTakesFocus(*this);
  native::MarkAsBar(*this);
  Bind(wxEVT_CLOSE_WINDOW, [this](wxCloseEvent& event) {
    if (event.CanVeto()) {
      event.Veto();
    } else {
      Destroy();
    }
  });
  // No key means anything here.
  Bind(wxEVT_CHAR_HOOK, [](wxKeyEvent&) {});
}

void StripWindow::ShowStrip(const Strip& strip) {
  if (IsShown() && strip == strip_) return;
  strip_ = strip;
  Freeze();
  Fill(strip);
  Thaw();
  if (!IsShown()) Place();
}

void StripWindow::TakeAway() { Hide(); }

void StripWindow::Fill(const Strip& strip) {
  if (ground_ != nullptr) ground_->Destroy();
  ground_ = new wxPanel(this);
  ground_->SetBackgroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOW));
  ground_->SetForegroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOWTEXT));
  const auto click = [this](wxMouseEvent&) { CallAfter([this] { opened_(); }); };
  const int gap = FromDIP(12);

  auto* row = new wxBoxSizer(wxHORIZONTAL);
  std::vector<OneLine*> texts;
  std::vector<int> widths;
  const auto add_text = [&](wxWindow* parent, wxSizer& sizer, const std::string& utf8,
                            Weight weight) {
    auto* text = new OneLine(parent, utf8, UiFont(kPoints, weight));
    sizer.Add(text, 0, wxALIGN_CENTER_VERTICAL | wxLEFT | wxRIGHT, gap);
    texts.push_back(text);
    widths.push_back(text->GetTextExtent(Wide(utf8)).x + FromDIP(4));
    return text;
  };
  int taken = 0;
  for (const StripItem& item : strip.items) {
    wxPanel* word = WordBlock(ground_, item.band);
    row->Add(word, 0, wxEXPAND);
    taken += word->GetBestSize().x;
    add_text(ground_, *row, item.text, Weight::kNormal);
  }
  if (strip.more > 0) {
    auto* more = new PlainText(
        ground_, Say(strip.language, Phrase::kMoreInStrip, {{"count", std::to_string(strip.more)}}),
        UiFont(kPoints, Weight::kBold));
    row->Add(more, 0, wxALIGN_CENTER_VERTICAL | wxLEFT | wxRIGHT, gap);
    taken += more->GetBestSize().x + 2 * gap;
  }
  row->AddStretchSpacer();
  if (!strip.contact.empty()) {
    auto* block = new wxPanel(ground_);
    block->SetBackgroundColour(wxColour(0x33, 0x38, 0x40));
    auto* inner = new wxBoxSizer(wxHORIZONTAL);
    add_text(block, *inner, strip.contact, Weight::kBold)->SetForegroundColour(*wxWHITE);
    block->SetSizer(inner);
    row->Add(block, strip.items.empty() ? 1000 : 0, wxEXPAND);
  }
  if (!strip.items.empty()) {
    auto* open = new wxButton(ground_, wxID_ANY, Wide(Say(strip.language, Phrase::kOpen)),
                              wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT);
    open->SetFont(UiFont(kPoints));
    open->SetMinSize(wxSize(FromDIP(80), -1));
    native::SetSpokenName(*open, Say(strip.language, Phrase::kOpenSpoken));
    open->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { CallAfter([this] { opened_(); }); });
    row->Add(open, 0, wxEXPAND | wxALL, FromDIP(3));
    taken += FromDIP(86);
  }
  const int room = PrimaryMonitor().width - taken - 2 * gap * static_cast<int>(texts.size());
  widths = ShareWidth(widths, room, FromDIP(60));
  for (std::size_t index = 0; index < texts.size(); ++index) {
    texts[index]->SetMinSize(wxSize(widths[index], -1));
  }
  ground_->SetSizer(row);
  // A click on a text is the text's, not its parent's.
  const std::function<void(wxWindow*)> open_by = [&](wxWindow* part) {
    if (dynamic_cast<wxButton*>(part) == nullptr) part->Bind(wxEVT_LEFT_UP, click);
    for (wxWindow* child : part->GetChildren()) open_by(child);
  };
  open_by(ground_);
  ground_->Bind(wxEVT_PAINT, [this](wxPaintEvent& event) {
    event.Skip();
    CallAfter([this] {
      if (IsShownOnScreen()) painted_();
    });
  });
  ground_->SetSize(GetClientSize());
  ground_->Layout();
}

int StripWindow::Height() const {
  int text = 0;
  const wxFont font = UiFont(kPoints, Weight::kBold);
  GetTextExtent("Ay", nullptr, &text, nullptr, nullptr, &font);
  return std::max(FromDIP(kHeight), text + FromDIP(12));
}

void StripWindow::Place() {
  const wxRect monitor = PrimaryMonitor();
  const int height = Height();
  const wxRect place(monitor.x, monitor.GetBottom() + 1 - height, monitor.width, height);
  SetSize(place);
  ground_->SetSize(place.GetSize());
  ground_->Layout();
  ShowWithoutActivating();
  native::ReserveBottomEdge(*this, place, wxGetDisplaySize());
}

}  // namespace wardcast::agent
