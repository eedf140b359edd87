#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <gdk/gdkx.h>
#include <gtk/gtk.h>
#include <wx/toplevel.h>

#include <array>

#include "agent/desktop/native/screen_edge.h"
#include "agent/desktop/native/x11_property.h"

namespace wardcast::agent::native {
namespace {

// Null under Wayland without XWayland.
Display* X11Display() {
  GdkDisplay* display = gdk_display_get_default();
  return GDK_IS_X11_DISPLAY(display) ? gdk_x11_display_get_xdisplay(display) : nullptr;
}

// A window of another program can vanish between two requests; that is no error of ours.
class IgnoreErrors {
 public:
  IgnoreErrors() { gdk_x11_display_error_trap_push(gdk_display_get_default()); }
  ~IgnoreErrors() { gdk_x11_display_error_trap_pop_ignored(gdk_display_get_default()); }
  IgnoreErrors(const IgnoreErrors&) = delete;
  IgnoreErrors& operator=(const IgnoreErrors&) = delete;
};

}  // namespace

WindowId ActiveWindowId() {
  Display* display = X11Display();
  if (display == nullptr) return 0;
  const IgnoreErrors ignore;
  Atom type = 0;
  int format = 0;
  unsigned long count = 0;  // NOLINT(google-runtime-int)
  unsigned long rest = 0;   // NOLINT(google-runtime-int)
  unsigned char* data = nullptr;
  const Atom property = XInternAtom(display, "_NET_ACTIVE_WINDOW", False);
  WindowId active = 0;
  if (XGetWindowProperty(display, DefaultRootWindow(display), property, 0, 1, False, XA_WINDOW,
                         &type, &format, &count, &rest, &data) == Success &&
      data != nullptr) {
    if (type == XA_WINDOW && format == 32 && count == 1) {
      active = *reinterpret_cast<WindowId*>(data);
    }
    XFree(data);
  }
  return active;
}

void Activate(WindowId window, std::uint32_t time) {
  Display* display = X11Display();
  if (display == nullptr || window == 0) return;
  const IgnoreErrors ignore;
  XEvent event{};
  event.xclient.type = ClientMessage;
  event.xclient.window = window;
  event.xclient.message_type = XInternAtom(display, "_NET_ACTIVE_WINDOW", False);
  event.xclient.format = 32;
  event.xclient.data.l[0] = 2;                        // on behalf of the person
  event.xclient.data.l[1] = static_cast<long>(time);  // NOLINT(google-runtime-int)
  XSendEvent(display, DefaultRootWindow(display), False,
             SubstructureRedirectMask | SubstructureNotifyMask, &event);
}

std::optional<wxRect> ActiveWindow() {
  Display* display = X11Display();
  const WindowId active = ActiveWindowId();
  if (display == nullptr || active == 0) return std::nullopt;
  const IgnoreErrors ignore;
  XWindowAttributes attributes{};
  int x = 0;
  int y = 0;
  Window child = 0;
  if (XGetWindowAttributes(display, active, &attributes) == 0 ||
      XTranslateCoordinates(display, active, attributes.root, 0, 0, &x, &y, &child) == False) {
    return std::nullopt;
  }
  const int scale = gdk_window_get_scale_factor(gdk_get_default_root_window());
  return wxRect(x / scale, y / scale, attributes.width / scale, attributes.height / scale);
}

void ReserveBottomEdge(wxTopLevelWindow& window, const wxRect& place, const wxSize& screen) {
  Display* display = X11Display();
  GdkWindow* gdk = gtk_widget_get_window(window.GetHandle());
  if (display == nullptr || gdk == nullptr) return;
  const IgnoreErrors ignore;
  const int scale = gdk_window_get_scale_factor(gdk);
  const long reserved =
      static_cast<long>(screen.y - place.y) * scale;  // NOLINT(google-runtime-int)
  // left, right, top, bottom; then start and end of each, in the same order
  std::array<long, 12> strut{};  // NOLINT(google-runtime-int): what the protocol wants
  strut[3] = reserved;
  strut[10] = static_cast<long>(place.x) * scale;                    // NOLINT(google-runtime-int)
  strut[11] = static_cast<long>(place.x + place.width) * scale - 1;  // NOLINT(google-runtime-int)
  const WindowId id = gdk_x11_window_get_xid(gdk);
  const auto* bytes = reinterpret_cast<const unsigned char*>(strut.data());
  XChangeProperty(display, id, XInternAtom(display, "_NET_WM_STRUT_PARTIAL", False), XA_CARDINAL,
                  32, PropModeReplace, bytes, 12);
  XChangeProperty(display, id, XInternAtom(display, "_NET_WM_STRUT", False), XA_CARDINAL, 32,
                  PropModeReplace, bytes, 4);
}

}  // namespace wardcast::agent::native
