#include "agent/desktop/tray.h"

#include <wx/control.h>
#include <wx/icon.h>
#include <wx/menu.h>

#include <string>
#include <utility>

#include "agent/core/words/say.h"
#include "agent/desktop/look/shape_painter.h"
#include "agent/desktop/look/utf8.h"
#include "agent/desktop/view/signs.h"

namespace wardcast::agent {
namespace {

constexpr int kIconSize = 22;

std::string ContactText(const Contact& contact, Language language) {
  const bool since = !contact.since.empty();
  if (contact.connected)
    return Say(language, since ? Phrase::kConnectedSince : Phrase::kConnected,
               {{"time", contact.since}});
  return Say(language, since ? Phrase::kNoContactSinceShort : Phrase::kNoContact,
             {{"time", contact.since}});
}

std::string CountText(std::size_t count, Language language) {
  if (count == 0) return Say(language, Phrase::kNoOpenNotices);
  return SayCount(language, Phrase::kOpenNoticesOne, Phrase::kOpenNoticesMany, count);
}

// Tells connected and lost apart by its shape, not by colour alone.
wxIcon IconFor(bool connected) {
  const Band band{.shape = connected ? Shape::kTick : Shape::kCross,
                  .word = {},
                  .background = connected ? Rgb{0x16, 0x6B, 0x3A} : Rgb{0x4A, 0x50, 0x59},
                  .text = {0xFF, 0xFF, 0xFF},
                  .exercise_word = {}};
  wxIcon icon;
  icon.CopyFromBitmap(ShapeBitmap(band, kIconSize));
  return icon;
}

}  // namespace

std::unique_ptr<Tray> Tray::Make(std::function<void()> open, std::function<void()> procedures,
                                 std::function<void()> test) {
  if (!wxTaskBarIcon::IsAvailable()) return nullptr;
  return std::unique_ptr<Tray>(new Tray(std::move(open), std::move(procedures), std::move(test)));
}

Tray::Tray(std::function<void()> open, std::function<void()> procedures, std::function<void()> test)
    : open_(std::move(open)), procedures_(std::move(procedures)), test_(std::move(test)) {
  Bind(wxEVT_TASKBAR_LEFT_UP, [this](wxTaskBarIconEvent&) { open_(); });
}

Tray::~Tray() { RemoveIcon(); }

void Tray::Show(const Screen& screen) {
  contact_ = Wide(ContactText(screen.contact, screen.language));
  notices_ = Wide(CountText(screen.notices.size(), screen.language));
  place_ = Wide(screen.endpoint_name + (screen.place.empty() ? "" : " · " + screen.place));
  procedures_label_ = Wide(Say(screen.language, Phrase::kProcedures));
  test_label_ = Wide(Say(screen.language, Phrase::kTestPopUp));
  any_ = !screen.notices.empty();
  any_procedures_ = !screen.procedures.empty();
  if (shown_ && connected_ == screen.contact.connected) return;
  shown_ = true;
  connected_ = screen.contact.connected;
  SetIcon(IconFor(connected_), wxString(signs::kProduct) + ": " + contact_);
}

wxMenu* Tray::CreatePopupMenu() {
  auto* menu = new wxMenu;
  menu->Append(wxID_ANY, wxControl::EscapeMnemonics(contact_))->Enable(false);
  wxMenuItem* open = menu->Append(wxID_ANY, notices_);
  open->Enable(any_);
  menu->Bind(wxEVT_MENU, [this](wxCommandEvent&) { open_(); }, open->GetId());
  wxMenuItem* procedures = menu->Append(wxID_ANY, procedures_label_);
  procedures->Enable(any_procedures_);
  menu->Bind(wxEVT_MENU, [this](wxCommandEvent&) { procedures_(); }, procedures->GetId());
  wxMenuItem* test = menu->Append(wxID_ANY, test_label_);
  menu->Bind(wxEVT_MENU, [this](wxCommandEvent&) { test_(); }, test->GetId());
  menu->AppendSeparator();
  menu->Append(wxID_ANY, wxControl::EscapeMnemonics(signs::kProduct + (" · " + place_)))
      ->Enable(false);
  return menu;
}

}  // namespace wardcast::agent
