#include "tests/e2e/desktop/screen_json.h"

#include <map>
#include <stdexcept>
#include <string>

namespace wardcast::agent {
namespace {

using nlohmann::json;

template <class Enum>
Enum Word(const json& value, const std::map<std::string, Enum>& words) {
  return words.at(value.get<std::string>());
}

const std::map<std::string, Severity> kSeverities = {{"notice", Severity::kNotice},
                                                     {"caution", Severity::kCaution},
                                                     {"warning", Severity::kWarning},
                                                     {"danger", Severity::kDanger}};
const std::map<std::string, Presentation> kPresentations = {{"ticker", Presentation::kTicker},
                                                            {"toast", Presentation::kToast},
                                                            {"dialog", Presentation::kDialog},
                                                            {"takeover", Presentation::kTakeover}};
const std::map<std::string, Phase> kPhases = {{"open", Phase::kOpen},
                                              {"recovering", Phase::kRecovering},
                                              {"all_clear", Phase::kAllClear},
                                              {"recalled", Phase::kRecalled},
                                              {"drill_over", Phase::kDrillOver}};
const std::map<Response, std::string> kResponses = {
    {Response::kProcedureStarted, "procedure_started"},
    {Response::kNotAffected, "not_affected"},
    {Response::kNeedHelp, "need_help"},
    {Response::kBackEntryDone, "back_entry_done"},
    {Response::kRealProblem, "real_problem"}};
const std::map<HelpKind, std::string> kHelps = {{HelpKind::kNone, ""},
                                                {HelpKind::kFormsOrPrinter, "forms_or_printer"},
                                                {HelpKind::kDowntimePc, "downtime_pc"},
                                                {HelpKind::kStaff, "staff"},
                                                {HelpKind::kCallMe, "call_me"}};

using Setter = void (*)(Notice&, const json&);

template <auto Member>
void Set(Notice& notice, const json& value) {
  value.get_to(notice.*Member);
}

const std::map<std::string, Setter> kFields = {
    {"alert_id", &Set<&Notice::alert_id>},
    {"version", &Set<&Notice::version>},
    {"round", &Set<&Notice::round>},
    {"language", [](Notice& n, const json& v) { n.language = LanguageOf(v.get<std::string>()); }},
    {"exercise", &Set<&Notice::exercise>},
    {"severity", [](Notice& n, const json& v) { n.severity = Word(v, kSeverities); }},
    {"presentation", [](Notice& n, const json& v) { n.presentation = Word(v, kPresentations); }},
    {"phase", [](Notice& n, const json& v) { n.phase = Word(v, kPhases); }},
    {"kind", &Set<&Notice::kind>},
    {"ward_id", &Set<&Notice::ward_id>},
    {"ward_name", &Set<&Notice::ward_name>},
    {"published", &Set<&Notice::published>},
    {"headline", &Set<&Notice::headline>},
    {"services", &Set<&Notice::services>},
    {"impact", &Set<&Notice::impact>},
    {"still_works", &Set<&Notice::still_works>},
    {"do_now", &Set<&Notice::do_now>},
    {"do_not", &Set<&Notice::do_not>},
    {"afterwards", &Set<&Notice::afterwards>},
    {"since", &Set<&Notice::since>},
    {"standing", &Set<&Notice::standing>},
    {"cleared", &Set<&Notice::cleared>},
    {"down", &Set<&Notice::down>},
    {"expected_back", &Set<&Notice::expected_back>},
    {"next_update", &Set<&Notice::next_update>},
    {"phone", &Set<&Notice::phone>},
    {"phone_fallback", &Set<&Notice::phone_fallback>},
    {"emergency_phone", &Set<&Notice::emergency_phone>},
    {"downtime_pc", &Set<&Notice::downtime_pc>},
    {"binder", &Set<&Notice::binder>},
    {"reason", &Set<&Notice::reason>},
    {"ticket", &Set<&Notice::ticket>},
    {"what_changed", &Set<&Notice::what_changed>},
    {"closing", &Set<&Notice::closing>},
    {"ward_answer", &Set<&Notice::ward_answer>},
    {"unconfirmed", &Set<&Notice::unconfirmed>},
    {"asks_answer", &Set<&Notice::asks_answer>},
    {"seen", &Set<&Notice::seen>},
    {"sending", &Set<&Notice::sending>},
    {"refused", &Set<&Notice::refused>},
};

Notice NoticeFromJson(const json& value) {
  Notice notice;
  for (const auto& [name, field] : value.items()) {
    const auto setter = kFields.find(name);
    if (setter == kFields.end()) throw std::invalid_argument("a notice has no field " + name);
    setter->second(notice, field);
  }
  return notice;
}

}  // namespace

Screen ScreenFromJson(const json& value) {
  Screen screen;
  for (const json& notice : value.value("notices", json::array())) {
    screen.notices.push_back(NoticeFromJson(notice));
  }
  const json contact = value.value("contact", json::object());
  screen.contact.connected = contact.value("connected", true);
  screen.contact.since = contact.value("since", "");
  screen.contact.message = contact.value("message", "");
  screen.language = LanguageOf(value.value("language", "en"));
  screen.endpoint_name = value.value("endpoint_name", "4W-PC-03");
  screen.place = value.value("place", "4 West · Main campus");
  return screen;
}

json ScreenStateToJson(ScreenState state) {
  switch (state) {
    case ScreenState::kUnknown:
      break;
    case ScreenState::kUnlocked:
      return "unlocked";
    case ScreenState::kLocked:
      return "locked";
    case ScreenState::kNobody:
      return "nobody";
  }
  return "unknown";
}

json AnswerToJson(const PresenterEvents::Answer& answer) {
  return {{"alert_id", answer.alert_id},
          {"round", answer.round},
          {"ward_id", answer.ward_id},
          {"response", kResponses.at(answer.response)},
          {"help", kHelps.at(answer.help)},
          {"initials", answer.initials},
          {"role", answer.role}};
}

}  // namespace wardcast::agent
