#include "agent/desktop/view/buttons.h"

#include "agent/desktop/view/words.h"

namespace wardcast::agent {
namespace {

// Leaving the window without an answer.
void AddLeave(const Notice& notice, const ButtonRules& rules, std::vector<Button>& buttons) {
  if (rules.opened_by_person) {
    buttons.push_back({.action = Action::kClose, .label = words::kClose, .spoken = {}});
  } else if (!notice.seen && rules.laters_left > 0) {
    buttons.push_back({.action = Action::kLater, .label = words::kLater, .spoken = {}});
  }
}

void AddSeen(const Notice& notice, bool main, std::vector<Button>& buttons) {
  if (notice.seen) return;
  buttons.push_back({.action = Action::kSeen, .label = words::kSeen, .spoken = {}, .main = main});
}

void AddWardAnswers(const Notice& notice, std::vector<Button>& buttons) {
  if (notice.ward_id.empty()) return;
  if (notice.asks_answer) {
    buttons.push_back({.action = Action::kAcknowledge,
                       .label = words::kAcknowledgeFor + notice.ward_name + "…",
                       .spoken = {},
                       .main = notice.ward_answer.empty()});
  }
  buttons.push_back({.action = Action::kHelp, .label = words::kNeedDowntimeHelp, .spoken = {}});
}

}  // namespace

std::vector<Button> ButtonsFor(const Notice& notice, const ButtonRules& rules) {
  std::vector<Button> buttons;
  const bool answerable = notice.asks_answer && !notice.ward_id.empty();
  switch (notice.phase) {
    case Phase::kOpen:
    case Phase::kRecovering:
      AddSeen(notice, !answerable, buttons);
      AddWardAnswers(notice, buttons);
      AddLeave(notice, rules, buttons);
      break;
    case Phase::kAllClear: {
      const bool entry = !notice.afterwards.empty() && !notice.ward_id.empty();
      AddSeen(notice, !entry, buttons);
      if (entry) {
        buttons.push_back({.action = Action::kBackEntryDone,
                           .label = words::kBackEntryDone,
                           .spoken = {},
                           .main = true});
      }
      AddLeave(notice, rules, buttons);
      break;
    }
    case Phase::kRecalled:
      AddSeen(notice, true, buttons);
      if (notice.seen) AddLeave(notice, rules, buttons);
      break;
  }
  buttons.push_back({.action = Action::kMore, .label = words::kMore, .spoken = words::kMoreSpoken});
  return buttons;
}

std::vector<Button> AnswerChoices() {
  return {{.action = Action::kProcedureStarted,
           .label = words::kProcedureStarted,
           .spoken = {},
           .main = true},
          {.action = Action::kNotAffected, .label = words::kNotAffected, .spoken = {}},
          {.action = Action::kBack, .label = words::kBack, .spoken = {}}};
}

std::vector<Button> HelpChoices() {
  return {{.action = Action::kFormsOrPrinter, .label = words::kFormsOrPrinter, .spoken = {}},
          {.action = Action::kDowntimePc, .label = words::kHelpDowntimePc, .spoken = {}},
          {.action = Action::kStaff, .label = words::kStaff, .spoken = {}},
          {.action = Action::kCallMe, .label = words::kCallMe, .spoken = {}},
          {.action = Action::kBack, .label = words::kBack, .spoken = {}}};
}

bool FillAnswer(Action action, const Notice& notice, PresenterEvents::Answer& answer) {
  Response response = Response::kNeedHelp;
  HelpKind help = HelpKind::kNone;
  switch (action) {
    case Action::kProcedureStarted:
      response = Response::kProcedureStarted;
      break;
    case Action::kNotAffected:
      response = Response::kNotAffected;
      break;
    case Action::kBackEntryDone:
      response = Response::kBackEntryDone;
      break;
    case Action::kFormsOrPrinter:
      help = HelpKind::kFormsOrPrinter;
      break;
    case Action::kDowntimePc:
      help = HelpKind::kDowntimePc;
      break;
    case Action::kStaff:
      help = HelpKind::kStaff;
      break;
    case Action::kCallMe:
      help = HelpKind::kCallMe;
      break;
    case Action::kSeen:
    case Action::kLater:
    case Action::kClose:
    case Action::kAcknowledge:
    case Action::kHelp:
    case Action::kMore:
    case Action::kBack:
      return false;
  }
  answer.alert_id = notice.alert_id;
  answer.round = notice.round;
  answer.ward_id = notice.ward_id;
  answer.response = response;
  answer.help = help;
  return true;
}

std::string EmergencyLine(const Notice& notice) {
  if (notice.emergency_phone.empty()) return {};
  return words::kPatientEmergency + notice.emergency_phone;
}

}  // namespace wardcast::agent
