#include "agent/desktop/view/buttons.h"

#include "agent/core/words/say.h"
#include "agent/desktop/view/signs.h"

namespace wardcast::agent {
namespace {

// Leaving the window without an answer.
void AddLeave(const Notice& notice, const ButtonRules& rules, std::vector<Button>& buttons) {
  if (rules.opened_by_person) {
    buttons.push_back(
        {.action = Action::kClose, .label = Say(rules.language, Phrase::kClose), .spoken = {}});
  } else if (!notice.seen && rules.laters_left > 0) {
    buttons.push_back(
        {.action = Action::kLater, .label = Say(rules.language, Phrase::kLater), .spoken = {}});
  }
}

void AddSeen(const Notice& notice, const ButtonRules& rules, bool main,
             std::vector<Button>& buttons) {
  if (notice.seen) return;
  buttons.push_back({.action = Action::kSeen,
                     .label = Say(rules.language, Phrase::kSeen),
                     .spoken = {},
                     .main = main});
}

void AddWardAnswers(const Notice& notice, const ButtonRules& rules, std::vector<Button>& buttons) {
  if (notice.ward_id.empty()) return;
  if (notice.asks_answer) {
    buttons.push_back(
        {.action = Action::kAcknowledge,
         .label = Say(rules.language, Phrase::kAcknowledgeFor, {{"ward", notice.ward_name}}),
         .spoken = {},
         .main = notice.ward_answer.empty()});
  }
  buttons.push_back({.action = Action::kHelp,
                     .label = Say(rules.language, Phrase::kNeedDowntimeHelp),
                     .spoken = {}});
}

// In every window of a drill, also when it is over.
void AddRealProblem(const Notice& notice, const ButtonRules& rules, std::vector<Button>& buttons) {
  if (!notice.exercise || notice.ward_id.empty()) return;
  buttons.push_back({.action = Action::kRealProblem,
                     .label = Say(rules.language, Phrase::kRealProblemHere),
                     .spoken = {}});
}

}  // namespace

std::vector<Button> ButtonsFor(const Notice& notice, const ButtonRules& rules) {
  std::vector<Button> buttons;
  const bool answerable = notice.asks_answer && !notice.ward_id.empty();
  switch (notice.phase) {
    case Phase::kOpen:
    case Phase::kRecovering:
      AddSeen(notice, rules, !answerable, buttons);
      AddWardAnswers(notice, rules, buttons);
      AddRealProblem(notice, rules, buttons);
      AddLeave(notice, rules, buttons);
      break;
    case Phase::kAllClear: {
      const bool entry = !notice.afterwards.empty() && !notice.ward_id.empty();
      AddSeen(notice, rules, !entry, buttons);
      if (entry) {
        buttons.push_back({.action = Action::kBackEntryDone,
                           .label = Say(rules.language, Phrase::kBackEntryDone),
                           .spoken = {},
                           .main = true});
      }
      AddRealProblem(notice, rules, buttons);
      AddLeave(notice, rules, buttons);
      break;
    }
    case Phase::kRecalled:
    case Phase::kDrillOver:
      AddSeen(notice, rules, true, buttons);
      AddRealProblem(notice, rules, buttons);
      if (notice.seen) AddLeave(notice, rules, buttons);
      break;
  }
  buttons.push_back({.action = Action::kMore,
                     .label = signs::kMore,
                     .spoken = Say(rules.language, Phrase::kMoreSpoken)});
  return buttons;
}

std::vector<Button> AnswerChoices(Language language) {
  return {
      {.action = Action::kProcedureStarted,
       .label = Say(language, Phrase::kProcedureStarted),
       .spoken = {},
       .main = true},
      {.action = Action::kNotAffected, .label = Say(language, Phrase::kNotAffected), .spoken = {}},
      {.action = Action::kBack, .label = Say(language, Phrase::kBack), .spoken = {}}};
}

std::vector<Button> HelpChoices(Language language) {
  return {
      {.action = Action::kFormsOrPrinter,
       .label = Say(language, Phrase::kFormsOrPrinter),
       .spoken = {}},
      {.action = Action::kDowntimePc, .label = Say(language, Phrase::kDowntimePc), .spoken = {}},
      {.action = Action::kStaff, .label = Say(language, Phrase::kStaff), .spoken = {}},
      {.action = Action::kCallMe, .label = Say(language, Phrase::kCallMe), .spoken = {}},
      {.action = Action::kBack, .label = Say(language, Phrase::kBack), .spoken = {}}};
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
    case Action::kRealProblem:
      response = Response::kRealProblem;
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

std::string EmergencyLine(const Notice& notice, Language language) {
  if (notice.emergency_phone.empty()) return {};
  return Say(language, Phrase::kPatientEmergency, {{"phone", notice.emergency_phone}});
}

}  // namespace wardcast::agent
