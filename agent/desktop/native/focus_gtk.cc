#include <gdk/gdkx.h>
#include <gtk/gtk.h>
#include <wx/toplevel.h>

#include "agent/desktop/native/focus.h"
#include "agent/desktop/native/x11_property.h"

namespace wardcast::agent::native {
namespace {

// The window that had the focus before ours took it, kept with ours.
constexpr char kBefore[] = "wardcast-focus-before";

GtkWindow* Gtk(wxTopLevelWindow& window) { return GTK_WINDOW(window.GetHandle()); }

}  // namespace

void NeverTakesFocus(wxTopLevelWindow& window) {
  gtk_window_set_accept_focus(Gtk(window), FALSE);
  gtk_window_set_focus_on_map(Gtk(window), FALSE);
  gtk_window_stick(Gtk(window));
}

void TakeFocus(wxTopLevelWindow& window, std::uint32_t time) {
  g_object_set_data(G_OBJECT(Gtk(window)), kBefore, GSIZE_TO_POINTER(ActiveWindowId()));
  gtk_window_set_accept_focus(Gtk(window), TRUE);
  gtk_window_present_with_time(Gtk(window), time);
  // The person asked for it; a mere program's wish may be refused while somebody types elsewhere.
  GdkWindow* gdk = gtk_widget_get_window(window.GetHandle());
  if (gdk != nullptr && GDK_IS_X11_WINDOW(gdk)) Activate(gdk_x11_window_get_xid(gdk), time);
}

void GiveFocusBack(wxTopLevelWindow& window) {
  GtkWindow* gtk = Gtk(window);
  if (!gtk_window_get_accept_focus(gtk)) return;
  gtk_window_set_accept_focus(gtk, FALSE);
  const auto before = GPOINTER_TO_SIZE(g_object_get_data(G_OBJECT(gtk), kBefore));
  g_object_set_data(G_OBJECT(gtk), kBefore, nullptr);
  if (before != 0 && gtk_window_is_active(gtk)) Activate(before, GDK_CURRENT_TIME);
}

void MarkAsBar(wxTopLevelWindow& window) {
  gtk_window_set_type_hint(Gtk(window), GDK_WINDOW_TYPE_HINT_DOCK);
}

}  // namespace wardcast::agent::native
