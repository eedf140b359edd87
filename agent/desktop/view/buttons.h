// Which buttons a notice offers, in the order in which they are read and reached. Pure; no toolkit.
#pragma once

#include <string>
#include <vector>

#include "agent/core/screen.h"

namespace wardcast::agent {

enum class Action {
  kSeen,         // reported; the notice goes to the strip
  kLater,        // to the strip for 5 minutes; not reported
  kClose,        // back to the strip, after the person opened it from there
  kAcknowledge,  // opens the ward's choices
  kHelp,         // opens the choices of help
  kMore,         // reason, ticket and the rest
  kBackEntryDone,
  kBack,  // from choices or from "more" to the notice
  kProcedureStarted,
  kNotAffected,
  kFormsOrPrinter,
  kDowntimePc,
  kStaff,
  kCallMe,
  kRealProblem,  // of a drill; reported, and opens the numbers to call
};

struct Button {
  Action action = Action::kSeen;
  std::string label;
  std::string spoken;  // for screen readers, when the label is a sign; else empty
  bool main = false;   // the answer that is asked for: drawn as the suggested one
  friend bool operator==(const Button&, const Button&) = default;
};

struct ButtonRules {
  int laters_left = 0;                     // of LaterBook
  bool opened_by_person = false;           // the window came from the strip: it can be closed
  Language language = Language::kEnglish;  // of the site, not of the notice
};

// The row under a notice.
std::vector<Button> ButtonsFor(const Notice& notice, const ButtonRules& rules);
// The ward's answers, under "Acknowledge for 4 West…".
std::vector<Button> AnswerChoices(Language language);
// The kinds of help, under "Need downtime help".
std::vector<Button> HelpChoices(Language language);

// True, and `answer` is filled in (alert, round, ward, response, help), when the action answers for
// the ward.
bool FillAnswer(Action action, const Notice& notice, PresenterEvents::Answer& answer);

// "Patient emergency: call 4444", or empty when the number is not known.
std::string EmergencyLine(const Notice& notice, Language language);

}  // namespace wardcast::agent
