#include <X11/Xlib.h>
#include <X11/keysym.h>
#include <gdk/gdkx.h>
#include <gtk/gtk.h>

#include <array>
#include <utility>

#include "agent/desktop/native/global_shortcut.h"

namespace wardcast::agent::native {
namespace {

constexpr unsigned kModifiers = ControlMask | ShiftMask;
// Caps Lock and Num Lock must not matter, so each combination with them is taken as well.
constexpr std::array<unsigned, 4> kLocks = {0, LockMask, Mod2Mask, LockMask | Mod2Mask};

}  // namespace

struct GlobalShortcut::Grab {
  std::function<void(std::uint32_t)> pressed;
  Display* display = nullptr;
  int key = 0;
  bool works = false;

  static GdkFilterReturn Filter(GdkXEvent* native, GdkEvent*, gpointer data) noexcept {
    const auto* event = static_cast<XEvent*>(native);
    const auto* grab = static_cast<Grab*>(data);
    if (event->type != KeyPress || event->xkey.keycode != static_cast<unsigned>(grab->key) ||
        (event->xkey.state & kModifiers) != kModifiers) {
      return GDK_FILTER_CONTINUE;
    }
    grab->pressed(static_cast<std::uint32_t>(event->xkey.time));
    return GDK_FILTER_REMOVE;
  }
};

GlobalShortcut::GlobalShortcut(std::function<void(std::uint32_t)> pressed)
    : grab_(std::make_unique<Grab>()) {
  grab_->pressed = std::move(pressed);
  GdkDisplay* display = gdk_display_get_default();
  if (!GDK_IS_X11_DISPLAY(display)) return;
  grab_->display = gdk_x11_display_get_xdisplay(display);
  grab_->key = XKeysymToKeycode(grab_->display, XK_F9);
  if (grab_->key == 0) return;
  gdk_window_add_filter(gdk_get_default_root_window(), &Grab::Filter, grab_.get());
  gdk_x11_display_error_trap_push(display);
  for (const unsigned lock : kLocks) {
    XGrabKey(grab_->display, grab_->key, kModifiers | lock, DefaultRootWindow(grab_->display),
             False, GrabModeAsync, GrabModeAsync);
  }
  grab_->works = gdk_x11_display_error_trap_pop(display) == 0;
}

GlobalShortcut::~GlobalShortcut() {
  if (grab_->display == nullptr || grab_->key == 0) return;
  gdk_window_remove_filter(gdk_get_default_root_window(), &Grab::Filter, grab_.get());
  gdk_x11_display_error_trap_push(gdk_display_get_default());
  for (const unsigned lock : kLocks) {
    XUngrabKey(grab_->display, grab_->key, kModifiers | lock, DefaultRootWindow(grab_->display));
  }
  gdk_x11_display_error_trap_pop_ignored(gdk_display_get_default());
}

bool GlobalShortcut::Works() const { return grab_->works; }

}  // namespace wardcast::agent::native
