#include "agent/desktop/strip_window.h"

#include <wx/button.h>
#include <wx/dcbuffer.h>
#include <wx/display.h>
#include <wx/graphics.h>
#include <wx/panel.h>
#include <wx/settings.h>
#include <wx/sizer.h>
#include <wx/statbmp.h>

#include <memory>
#include <utility>

#include "agent/desktop/look/shape_painter.h"
#include "agent/desktop/look/type_scale.h"
#include "agent/desktop/look/utf8.h"
#include "agent/desktop/look/wrapped_text.h"
#include "agent/desktop/native/controls.h"
#include "agent/desktop/native/focus.h"
#include "agent/desktop/native/screen_edge.h"
#include "agent/desktop/view/words.h"

namespace wardcast::agent {
namespace {

constexpr int kHeight = 40;
constexpr double kPoints = 12;

wxRect PrimaryMonitor() {
  for (unsigned index = 0; index < wxDisplay::GetCount(); ++index) {
    const wxDisplay display(index);
    if (display.IsPrimary()) return display.GetClientArea();
  }
  return wxDisplay(0U).GetClientArea();
}

// The severity's word on its colour; for an exercise striped at its end.
wxPanel* WordBlock(wxWindow* parent, const Band& band) {
  auto* block = new wxPanel(parent);
  block->SetBackgroundColour(ColourOf(band.background));
  Band inverse = band;
  std::swap(inverse.background, inverse.text);
  auto* shape = new wxStaticBitmap(block, wxID_ANY, ShapeBitmap(inverse, block->FromDIP(22)));
  const std::string word =
      band.exercise ? std::string(words::kExercise) + " · " + band.word : band.word;
  auto* text = new PlainText(block, word, UiFont(kPoints, Weight::kBold));
  text->SetForegroundColour(ColourOf(band.text));
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->Add(shape, 0, wxALIGN_CENTER_VERTICAL | wxLEFT, block->FromDIP(12));
  row->Add(text, 0, wxALIGN_CENTER_VERTICAL | wxLEFT | wxRIGHT, block->FromDIP(10));
  block->SetSizer(row);
  return block;
}

}  // namespace

StripWindow::StripWindow(std::function<void()> opened, std::function<void()> painted)
    : wxFrame(nullptr, wxID_ANY, words::kProduct, wxDefaultPosition, wxDefaultSize,
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

  auto* row = new wxBoxSizer(wxHORIZONTAL);
  for (const StripItem& item : strip.items) {
    wxPanel* word = WordBlock(ground_, item.band);
    word->Bind(wxEVT_LEFT_UP, click);
    row->Add(word, 0, wxEXPAND);
    row->Add(new OneLine(ground_, item.text, UiFont(kPoints)), 1,
             wxALIGN_CENTER_VERTICAL | wxLEFT | wxRIGHT, FromDIP(12));
  }
  if (strip.more > 0) {
    auto* more = new PlainText(ground_, "+" + std::to_string(strip.more) + words::kMoreNotices,
                               UiFont(kPoints, Weight::kBold));
    row->Add(more, 0, wxALIGN_CENTER_VERTICAL | wxLEFT | wxRIGHT, FromDIP(12));
  }
  if (!strip.contact.empty()) {
    auto* text = new OneLine(ground_, strip.contact, UiFont(kPoints, Weight::kBold));
    row->Add(text, strip.items.empty() ? 1 : 0, wxALIGN_CENTER_VERTICAL | wxLEFT | wxRIGHT,
             FromDIP(12));
    // Beside notices it may take half of the strip.
    if (!strip.items.empty()) {
      const int wanted = text->GetTextExtent(Wide(strip.contact)).x + FromDIP(8);
      text->SetMinSize(wxSize(std::min(wanted, PrimaryMonitor().width / 2), -1));
    }
  }
  if (!strip.items.empty()) {
    auto* open = new wxButton(ground_, wxID_ANY, words::kOpen, wxDefaultPosition, wxDefaultSize,
                              wxBU_EXACTFIT);
    open->SetFont(UiFont(kPoints));
    native::SetSpokenName(*open, words::kOpenSpoken);
    open->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { CallAfter([this] { opened_(); }); });
    row->Add(open, 0, wxEXPAND | wxALL, FromDIP(3));
  }
  ground_->SetSizer(row);
  ground_->Bind(wxEVT_LEFT_UP, click);
  ground_->Bind(wxEVT_PAINT, [this](wxPaintEvent& event) {
    event.Skip();
    CallAfter([this] {
      if (IsShownOnScreen()) painted_();
    });
  });
  ground_->SetSize(GetClientSize());
  ground_->Layout();
}

void StripWindow::Place() {
  const wxRect monitor = PrimaryMonitor();
  const int height = FromDIP(kHeight);
  const wxRect place(monitor.x, monitor.GetBottom() + 1 - height, monitor.width, height);
  SetSize(place);
  ground_->SetSize(place.GetSize());
  ground_->Layout();
  ShowWithoutActivating();
  native::ReserveBottomEdge(*this, place, wxGetDisplaySize());
}

}  // namespace wardcast::agent
