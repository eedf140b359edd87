#include "agent/desktop/parts/band_panel.h"

#include <wx/dcbuffer.h>
#include <wx/graphics.h>
#include <wx/sizer.h>

#include <memory>
#include <utility>

#include "agent/desktop/look/shape_painter.h"
#include "agent/desktop/look/utf8.h"
#include "agent/desktop/look/wrapped_text.h"

namespace wardcast::agent {
namespace {

int ShapeSize(const TypeScale& scale) { return scale.band_height * 2 / 3; }

}  // namespace

BandPanel::BandPanel(wxWindow* parent, std::function<void()> painted,
                     std::function<void(const wxPoint&)> dragged)
    : wxPanel(parent), painted_(std::move(painted)), dragged_(std::move(dragged)) {
  SetBackgroundStyle(wxBG_STYLE_PAINT);
  SetCursor(wxCursor(wxCURSOR_SIZING));
  Bind(wxEVT_PAINT, [this](wxPaintEvent&) { Paint(); });
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    Refresh();
    event.Skip();
  });
  DragBy(*this);
  Bind(wxEVT_MOUSE_CAPTURE_LOST, [](wxMouseCaptureLostEvent&) {});
}

void BandPanel::Show(const Sheet& sheet) {
  band_ = sheet.band;
  scale_ = &ScaleFor(sheet.kind);
  DestroyChildren();
  word_ = new PlainText(this, WholeWord(band_), UiFont(scale_->band_word, Weight::kBold));
  about_ = new OneLine(this, sheet.about, UiFont(scale_->band_text));
  // A long ward's name leaves room for what it is about; the time is always whole.
  place_ = new OneLine(this, sheet.place, UiFont(scale_->band_text));
  const int most = FromDIP(sheet.kind == WindowKind::kToast ? 130 : 260);
  place_->SetMinSize(
      wxSize(std::min(place_->GetTextExtent(Wide(sheet.place)).x + FromDIP(2), most), -1));
  const bool both = !sheet.place.empty() && !sheet.time.empty();
  time_ = new PlainText(this, (both ? "· " : "") + sheet.time, UiFont(scale_->band_text));
  for (wxStaticText* text : {word_, about_, place_, time_}) {
    text->SetForegroundColour(ColourOf(band_.text));
    // A click on a text is the text's, not its parent's.
    DragBy(*text);
  }
  SetBackgroundColour(ColourOf(band_.background));

  const int padding = FromDIP(scale_->padding);
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->AddSpacer(padding + FromDIP(ShapeSize(*scale_)) + padding / 2);
  row->Add(word_, 0, wxALIGN_CENTER_VERTICAL);
  row->AddSpacer(padding);
  row->Add(about_, 1, wxALIGN_CENTER_VERTICAL);
  row->AddSpacer(padding);
  row->Add(place_, 0, wxALIGN_CENTER_VERTICAL | wxRIGHT, FromDIP(5));
  row->Add(time_, 0, wxALIGN_CENTER_VERTICAL);
  row->AddSpacer(padding);
  SetSizer(row);
  SetMinSize(wxSize(-1, std::max(FromDIP(scale_->band_height), word_->GetBestSize().y + 8)));
  Layout();
  Refresh();
}

void BandPanel::Paint() {
  {
    wxAutoBufferedPaintDC dc(this);
    dc.SetBackground(wxBrush(ColourOf(band_.background)));
    dc.Clear();
    const std::unique_ptr<wxGraphicsContext> context(wxGraphicsContext::Create(dc));
    if (context) {
      const int size = FromDIP(ShapeSize(*scale_));
      DrawShape(*context, band_.shape, band_.text, band_.background, FromDIP(scale_->padding),
                (GetClientSize().y - size) / 2.0, size);
    }
  }
  // The toolkit hands the picture to the screen when this event is over.
  CallAfter([this] { painted_(); });
}

void BandPanel::DragBy(wxWindow& part) {
  part.Bind(wxEVT_LEFT_DOWN, &BandPanel::Drag, this);
  part.Bind(wxEVT_MOTION, &BandPanel::Drag, this);
  part.Bind(wxEVT_LEFT_UP, &BandPanel::Drag, this);
}

void BandPanel::Drag(wxMouseEvent& event) {
  if (event.LeftDown()) {
    grip_ = wxGetMousePosition();
    if (!HasCapture()) CaptureMouse();
  } else if (event.LeftUp()) {
    if (HasCapture()) ReleaseMouse();
  } else if (HasCapture() && event.Dragging()) {
    const wxPoint now = wxGetMousePosition();
    dragged_(now - grip_);
    grip_ = now;
  }
}

}  // namespace wardcast::agent
