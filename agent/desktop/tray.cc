#include "agent/desktop/tray.h"

#include <wx/control.h>
#include <wx/icon.h>
#include <wx/menu.h>

#include <string>
#include <utility>

#include "agent/desktop/look/shape_painter.h"
#include "agent/desktop/look/utf8.h"
#include "agent/desktop/view/words.h"

namespace wardcast::agent {
namespace {

constexpr int kIconSize = 22;

std::string ContactText(const Contact& contact) {
  if (contact.connected) {
    return contact.since.empty() ? words::kConnected : words::kConnectedSince + contact.since;
  }
  return contact.since.empty() ? words::kNoContact : words::kNoContactSince + contact.since;
}

std::string CountText(std::size_t count) {
  if (count == 0) return words::kNoOpenNotices;
  if (count == 1) return words::kOneOpenNotice;
  return std::to_string(count) + words::kOpenNotices;
}

// Tells connected and lost apart by its shape, not by colour alone.
wxIcon IconFor(bool connected) {
  const Band band{.shape = connected ? Shape::kTick : Shape::kCross,
                  .word = {},
                  .background = connected ? Rgb{0x16, 0x6B, 0x3A} : Rgb{0x4A, 0x50, 0x59},
                  .text = {0xFF, 0xFF, 0xFF}};
  wxIcon icon;
  icon.CopyFromBitmap(ShapeBitmap(band, kIconSize));
  return icon;
}

}  // namespace

std::unique_ptr<Tray> Tray::Make(std::function<void()> open, std::function<void()> test) {
  if (!wxTaskBarIcon::IsAvailable()) return nullptr;
  return std::unique_ptr<Tray>(new Tray(std::move(open), std::move(test)));
}

Tray::Tray(std::function<void()> open, std::function<void()> test)
    : open_(std::move(open)), test_(std::move(test)) {
  Bind(wxEVT_TASKBAR_LEFT_UP, [this](wxTaskBarIconEvent&) { open_(); });
}

Tray::~Tray() { RemoveIcon(); }

void Tray::Show(const Screen& screen) {
  contact_ = Wide(ContactText(screen.contact));
  notices_ = Wide(CountText(screen.notices.size()));
  place_ = Wide(screen.endpoint_name + (screen.place.empty() ? "" : " · " + screen.place));
  any_ = !screen.notices.empty();
  if (shown_ && connected_ == screen.contact.connected) return;
  shown_ = true;
  connected_ = screen.contact.connected;
  SetIcon(IconFor(connected_), wxString(words::kProduct) + ": " + contact_);
}

wxMenu* Tray::CreatePopupMenu() {
  auto* menu = new wxMenu;
  menu->Append(wxID_ANY, wxControl::EscapeMnemonics(contact_))->Enable(false);
  wxMenuItem* open = menu->Append(wxID_ANY, notices_);
  open->Enable(any_);
  menu->Bind(wxEVT_MENU, [this](wxCommandEvent&) { open_(); }, open->GetId());
  wxMenuItem* test = menu->Append(wxID_ANY, words::kTestPopUp);
  menu->Bind(wxEVT_MENU, [this](wxCommandEvent&) { test_(); }, test->GetId());
  menu->AppendSeparator();
  menu->Append(wxID_ANY, wxControl::EscapeMnemonics(words::kProduct + (" · " + place_)))
      ->Enable(false);
  return menu;
}

}  // namespace wardcast::agent
