// Who answers: initials by letter, and a role, each one tap; both may stay empty. There is no text
// field, so that nothing that a scanner types can end up in one, and no patient's name either.
// Threads: UI.
#pragma once

#include <wx/panel.h>

#include <string>
#include <vector>

#include "agent/core/words/language.h"

class wxButton;

namespace wardcast::agent {

class PlainText;

class WhoPanel : public wxPanel {
 public:
  WhoPanel(wxWindow* parent, Language language);

  // Spreads the letters over this width.
  void FitTo(int width);

  // "J.R." or empty.
  std::string Initials() const;
  // "Charge nurse" or empty.
  std::string Role() const { return role_; }

 private:
  static constexpr std::size_t kMostLetters = 3;

  void AddLetter(char letter);
  void ChooseRole(const std::string& role);
  void ShowInitials();

  const Language language_;
  std::string letters_;
  std::string role_;
  PlainText* shown_ = nullptr;
  std::vector<wxButton*> letter_buttons_;
  std::vector<wxButton*> role_buttons_;
  std::vector<std::string> roles_;  // in the order of their buttons
};

}  // namespace wardcast::agent
