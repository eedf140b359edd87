// The middle of a notice: its lines, and for an answer who gives it. Scrolls when there is no room.
// Threads: UI.
#pragma once

#include <wx/scrolwin.h>

#include <string>
#include <vector>

#include "agent/desktop/look/type_scale.h"
#include "agent/desktop/view/sheet.h"

namespace wardcast::agent {

class WhoPanel;
class WrappedText;

class BodyPanel : public wxScrolledWindow {
 public:
  explicit BodyPanel(wxWindow* parent);

  enum class Order {
    kAsDesigned,    // the impact and what still works stand before what to do
    kWhatToDoFirst  // as a screen reader reads it: when not everything has room at once
  };

  void Show(const Sheet& sheet, Order order);
  using wxScrolledWindow::Show;
  // Wraps everything to this width and returns the height that it takes, in pixels.
  int FitTo(int width);

  // Empty unless an answer's side is open and the person said so.
  std::string Initials() const;
  std::string Role() const;

 private:
  // A paragraph and the width that stands beside it.
  struct Paragraph {
    WrappedText* text = nullptr;
    bool beside_label = false;
    bool marked = false;
  };
  static constexpr int kMarkPadding = 8;

  // Native controls, made in the order in which they are to be read and placed in the order in
  // which they are seen.
  wxSizer* AddLine(const Line& line);
  int LabelWidth(const Sheet& sheet);

  std::vector<Paragraph> paragraphs_;
  const TypeScale* scale_ = &kDialogScale;
  int label_width_ = 0;
  WhoPanel* who_ = nullptr;
};

}  // namespace wardcast::agent
