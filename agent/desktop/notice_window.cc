#include "agent/desktop/notice_window.h"

#include <wx/dcbuffer.h>
#include <wx/display.h>
#include <wx/graphics.h>
#include <wx/panel.h>
#include <wx/settings.h>
#include <wx/sizer.h>

#include <algorithm>
#include <memory>

#include "agent/desktop/dialog_size.h"
#include "agent/desktop/look/shape_painter.h"
#include "agent/desktop/look/type_scale.h"
#include "agent/desktop/look/utf8.h"
#include "agent/desktop/native/focus.h"
#include "agent/desktop/native/screen_edge.h"
#include "agent/desktop/parts/band_panel.h"
#include "agent/desktop/parts/body_panel.h"
#include "agent/desktop/parts/button_bar.h"
#include "agent/desktop/parts/pager_bar.h"
#include "agent/desktop/view/signs.h"

namespace wardcast::agent {
namespace {

constexpr int kFrame = 3;           // pixels of severity colour around the window
constexpr int kExerciseFrame = 12;  // wide enough to show stripes
constexpr int kLeastBody = 60;
constexpr int kToastWidth = 460;
constexpr int kToastLine = 27;  // pixels of a headline at the usual text size
constexpr int kFromCorner = 16;

Key KeyOf(const wxKeyEvent& event) {
  switch (event.GetKeyCode()) {
    case WXK_TAB:
    case WXK_LEFT:
    case WXK_RIGHT:
    case WXK_UP:
    case WXK_DOWN:
    case WXK_PAGEUP:
    case WXK_PAGEDOWN:
    case WXK_HOME:
    case WXK_END:
      return event.ControlDown() || event.AltDown() ? Key::kOther : Key::kMove;
    case WXK_RETURN:
    case WXK_NUMPAD_ENTER:
    case WXK_SPACE:
      return event.HasAnyModifiers() ? Key::kOther : Key::kPress;
    case WXK_ESCAPE:
      return Key::kLater;
    default:
      return Key::kOther;
  }
}

bool IsModifier(int code) {
  return code == WXK_SHIFT || code == WXK_CONTROL || code == WXK_ALT || code == WXK_CAPITAL ||
         code == WXK_NUMLOCK || code == WXK_RAW_CONTROL || code == WXK_NONE;
}

}  // namespace

NoticeWindow::NoticeWindow(Listener& listener)
    : wxFrame(nullptr, wxID_ANY, signs::kProduct, wxDefaultPosition, wxDefaultSize,
              wxFRAME_NO_TASKBAR | wxSTAY_ON_TOP | wxBORDER_NONE),
      listener_(listener) {
  native::NeverTakesFocus(*this);
  frame_ = new wxPanel(this);
  frame_->SetBackgroundStyle(wxBG_STYLE_PAINT);
  frame_->Bind(wxEVT_PAINT, [this](wxPaintEvent&) { PaintFrame(); });
  band_ = new BandPanel(
      frame_,
      [this] {
        if (IsShownOnScreen()) listener_.Painted();
      },
      [this](const wxPoint& by) { Move(GetPosition() + by); });
  pager_ = new PagerBar(frame_, [this](std::size_t page) { listener_.TurnTo(page); });
  body_ = new BodyPanel(frame_);
  buttons_ = new ButtonBar(frame_, [this](Action action) {
    listener_.Pressed(action, body_->Initials(), body_->Role());
  });
  Bind(wxEVT_CHAR_HOOK, &NoticeWindow::OnKey, this);
  Bind(wxEVT_ACTIVATE, [this](wxActivateEvent& event) {
    if (!event.GetActive()) CallAfter([this] { listener_.LostFocus(); });
    event.Skip();
  });
  // Only an answer, "Later" or the end closes it.
  Bind(wxEVT_CLOSE_WINDOW, [this](wxCloseEvent& event) {
    if (event.CanVeto()) {
      event.Veto();
    } else {
      Destroy();
    }
  });
}

void NoticeWindow::ShowSheet(const Sheet& sheet) {
  const bool anew = !IsShown() || sheet.kind != kind_;
  kind_ = sheet.kind;
  frame_band_ = sheet.band;
  SetTitle(Wide(WholeWord(sheet.band) + ": " + sheet.about));
  Freeze();
  band_->Show(sheet);
  pager_->Show(sheet);
  body_->Show(sheet, BodyPanel::Order::kAsDesigned);
  buttons_->Show(sheet);
  Place(sheet, anew);
  Thaw();
  Refresh();
  if (!IsShown()) ShowWithoutActivating();
}

void NoticeWindow::TakeAway() {
  GiveKeyboardBack();
  Hide();
}

void NoticeWindow::TakeKeyboard(std::uint32_t time) {
  native::TakeFocus(*this, time);
  buttons_->FocusFirst();
}

void NoticeWindow::GiveKeyboardBack() { native::GiveFocusBack(*this); }

wxRect NoticeWindow::WhereThePersonWorks() const {
  int display = wxNOT_FOUND;
  if (const auto active = native::ActiveWindow()) {
    display = wxDisplay::GetFromPoint(
        wxPoint(active->x + active->width / 2, active->y + active->height / 2));
  }
  if (display == wxNOT_FOUND) display = wxDisplay::GetFromPoint(wxGetMousePosition());
  return wxDisplay(display == wxNOT_FOUND ? 0U : static_cast<unsigned>(display)).GetClientArea();
}

NoticeWindow::Heights NoticeWindow::Measure(const Sheet& sheet, int width, int most) {
  Heights heights;
  heights.border = FromDIP(sheet.band.exercise ? kExerciseFrame : kFrame);
  const int inner = width - 2 * heights.border;
  heights.band = band_->GetMinSize().y;
  heights.pager = pager_->IsShown() ? pager_->GetBestSize().y : 0;
  heights.buttons = buttons_->FitTo(inner);
  heights.body = body_->FitTo(inner);
  const int excess = heights.Whole() - most;
  if (excess > 0) {
    // A scroll bar takes width, and then the text needs more height. Not every theme says how much.
    body_->FitTo(inner -
                 std::max(wxSystemSettings::GetMetric(wxSYS_VSCROLL_X, body_), FromDIP(20)));
    heights.missing = excess;
    heights.body = std::max(heights.body - excess, FromDIP(kLeastBody));
  }
  return heights;
}

void NoticeWindow::Place(const Sheet& sheet, bool anew) {
  if (anew) monitor_ = WhereThePersonWorks();
  const Extent room{monitor_.width, monitor_.height};
  const bool toast = sheet.kind == WindowKind::kToast;
  // A corner for larger text is larger, but stays a corner.
  int text = 0;
  const wxFont font = UiFont(kToastScale.headline);
  GetTextExtent("y", nullptr, &text, nullptr, nullptr, &font);
  const double larger = std::max(static_cast<double>(text) / FromDIP(kToastLine), 1.0);
  const int usual = FromDIP(kToastWidth);
  const int large = std::min(static_cast<int>(usual * larger), monitor_.width / 2);
  int width = std::min(std::max(usual, large), monitor_.width);
  Heights heights;
  if (toast) {
    heights = Measure(sheet, width, LargestDialogHeight(room, width));
  } else {
    int best = -1;
    for (const int wanted : DialogWidths(room, FromDIP(100) / 100.0)) {
      heights = Measure(sheet, wanted, LargestDialogHeight(room, wanted));
      if (best >= 0 && heights.missing >= best) continue;
      best = heights.missing;
      width = wanted;
      if (best == 0) break;
    }
    if (best > 0 && sheet.leaf == Leaf::kNotice) {
      body_->Show(sheet, BodyPanel::Order::kWhatToDoFirst);
    }
    heights = Measure(sheet, width, LargestDialogHeight(room, width));
  }
  const int height = heights.Whole();

  wxPoint corner = GetPosition();
  if (anew && toast) {
    corner = monitor_.GetBottomRight() -
             wxPoint(width + FromDIP(kFromCorner), height + FromDIP(kFromCorner));
  } else if (anew) {
    corner = monitor_.GetTopLeft() +
             wxPoint((monitor_.width - width) / 2, (monitor_.height - height) / 2);
  } else {
    // In place: a toast stands on its lower edge, and neither leaves the screen.
    if (toast) corner.y += GetSize().y - height;
    const wxRect whole = wxDisplay(std::max(wxDisplay::GetFromWindow(this), 0)).GetClientArea();
    corner.y = std::max(std::min(corner.y, whole.GetBottom() + 1 - height), whole.y);
  }
  SetSize(corner.x, corner.y, width, height, wxSIZE_ALLOW_MINUS_ONE);
  PutParts(heights, width);
}

void NoticeWindow::PutParts(const Heights& heights, int width) {
  const int inner = width - 2 * heights.border;
  frame_->SetSize(0, 0, width, heights.Whole());
  int top = heights.border;
  const auto put = [&](wxWindow& part, int height) {
    part.SetSize(heights.border, top, inner, height);
    top += height;
  };
  put(*band_, heights.band);
  if (heights.pager > 0) put(*pager_, heights.pager);
  put(*body_, heights.body);
  body_->FitInside();
  body_->Layout();
  put(*buttons_, heights.buttons);
  buttons_->Layout();
}

void NoticeWindow::PaintFrame() {
  wxAutoBufferedPaintDC dc(frame_);
  dc.SetBackground(wxBrush(ColourOf(frame_band_.background)));
  dc.Clear();
  if (!frame_band_.exercise) return;
  const std::unique_ptr<wxGraphicsContext> context(wxGraphicsContext::Create(dc));
  if (context) DrawStripes(*context, frame_->GetSize().x, frame_->GetSize().y);
}

void NoticeWindow::OnKey(wxKeyEvent& event) {
  if (IsModifier(event.GetKeyCode())) return;
  if (listener_.KeyPressed(KeyOf(event))) event.Skip();
}

}  // namespace wardcast::agent
