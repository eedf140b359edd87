#include <gtk/gtk.h>
#include <wx/button.h>
#include <wx/fontutil.h>
#include <wx/stattext.h>

#include "agent/desktop/native/controls.h"

namespace wardcast::agent::native {
namespace {

GtkLabel* LabelInside(GtkWidget* widget) {
  if (GTK_IS_LABEL(widget)) return GTK_LABEL(widget);
  if (!GTK_IS_CONTAINER(widget)) return nullptr;
  GtkLabel* found = nullptr;
  GList* children = gtk_container_get_children(GTK_CONTAINER(widget));
  for (GList* child = children; child != nullptr && found == nullptr; child = child->next) {
    found = LabelInside(GTK_WIDGET(child->data));
  }
  g_list_free(children);
  return found;
}

void SetClass(wxWindow& window, const char* name, bool on) {
  GtkStyleContext* style = gtk_widget_get_style_context(window.GetHandle());
  if (on) {
    gtk_style_context_add_class(style, name);
  } else {
    gtk_style_context_remove_class(style, name);
  }
}

}  // namespace

void UseFontNow(wxStaticText& text) {
  PangoAttrList* attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes,
                         pango_attr_font_desc_new(text.GetFont().GetNativeFontInfo()->description));
  gtk_label_set_attributes(GTK_LABEL(text.GetHandle()), attributes);
  pango_attr_list_unref(attributes);
  text.InvalidateBestSize();
}

void WrapAnywhere(wxStaticText& text) {
  GtkLabel* label = GTK_LABEL(text.GetHandle());
  gtk_label_set_line_wrap(label, TRUE);
  gtk_label_set_line_wrap_mode(label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign(label, 0.0F);
  gtk_label_set_yalign(label, 0.0F);
}

void CutAtEnd(wxStaticText& text) {
  GtkLabel* label = GTK_LABEL(text.GetHandle());
  gtk_label_set_ellipsize(label, PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode(label, TRUE);
  gtk_label_set_xalign(label, 0.0F);
}

int HeightForWidth(wxStaticText& text, int width) {
  // Not the label's own answer: before it is first drawn that is the same for every width.
  GtkLabel* label = GTK_LABEL(text.GetHandle());
  PangoLayout* layout = gtk_widget_create_pango_layout(text.GetHandle(), gtk_label_get_text(label));
  pango_layout_set_attributes(layout, gtk_label_get_attributes(label));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width(layout, width * PANGO_SCALE);
  int height = 0;
  pango_layout_get_pixel_size(layout, nullptr, &height);
  g_object_unref(layout);
  return height;
}

void MarkSuggested(wxButton& button) { SetClass(button, GTK_STYLE_CLASS_SUGGESTED_ACTION, true); }

void MarkChosen(wxButton& button, bool chosen) {
  SetClass(button, GTK_STYLE_CLASS_SUGGESTED_ACTION, chosen);
}

void WrapLabel(wxButton& button) {
  GtkLabel* label = LabelInside(button.GetHandle());
  if (label == nullptr) return;
  gtk_label_set_line_wrap(label, TRUE);
  gtk_label_set_line_wrap_mode(label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify(label, GTK_JUSTIFY_CENTER);
  gtk_widget_set_margin_start(GTK_WIDGET(label), 4);
  gtk_widget_set_margin_end(GTK_WIDGET(label), 4);
  gtk_label_set_lines(label, 3);
  gtk_label_set_ellipsize(label, PANGO_ELLIPSIZE_END);
}

void CutLabel(wxButton& button) {
  GtkLabel* label = LabelInside(button.GetHandle());
  if (label == nullptr) return;
  gtk_label_set_ellipsize(label, PANGO_ELLIPSIZE_END);
  gtk_widget_set_margin_start(GTK_WIDGET(label), 6);
  // Sign and text stand clear of the button's edge.
  if (GtkWidget* inside = gtk_bin_get_child(GTK_BIN(button.GetHandle()))) {
    gtk_widget_set_margin_start(inside, 8);
    gtk_widget_set_margin_end(inside, 8);
  }
}

void SetSpokenName(wxWindow& window, const std::string& name) {
  AtkObject* accessible = gtk_widget_get_accessible(window.GetHandle());
  if (accessible != nullptr) atk_object_set_name(accessible, name.c_str());
}

void KeepScrollBarsVisible(wxWindow& scrolled) {
  if (GTK_IS_SCROLLED_WINDOW(scrolled.GetHandle())) {
    gtk_scrolled_window_set_overlay_scrolling(GTK_SCROLLED_WINDOW(scrolled.GetHandle()), FALSE);
  }
}

bool OpenDisplay() {
  gdk_set_allowed_backends("x11,*");
  return gtk_init_check(nullptr, nullptr) != FALSE;
}

}  // namespace wardcast::agent::native
