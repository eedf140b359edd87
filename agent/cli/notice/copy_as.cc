#include "agent/cli/notice/copy_as.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

#include "agent/cli/notice/together.h"
#include "agent/cli/print.h"

namespace wardcast::cli {
namespace {

std::string Sentence(std::string_view text) {
  std::string sentence = Printable(text);
  if (!sentence.empty() && std::string_view(".!?").find(sentence.back()) == std::string_view::npos)
    sentence += '.';
  return sentence;
}

std::string ServiceNames(const v1::Alert& alert) {
  const auto& names = alert.service_names_size() > 0 ? alert.service_names() : alert.services();
  return Printable(Together({names.begin(), names.end()}));
}

bool IsOver(const v1::Alert& alert) { return alert.state() == v1::State::CLOSED; }

// "All clear for Inpatient EHR. It is back.": what was said at the end may be anybody's words.
std::string EndWords(const v1::Alert& alert) {
  const std::string word = alert.closing() == v1::Closing::RECALLED  ? "Recalled"
                           : alert.closing() == v1::Closing::EXPIRED ? "Expired"
                                                                     : "All clear";
  const std::string said = Printable(alert.closing_text());
  const bool says = said.size() >= word.size() &&
                    std::equal(word.begin(), word.end(), said.begin(), [](char a, char b) {
                      return std::tolower(static_cast<unsigned char>(a)) ==
                             std::tolower(static_cast<unsigned char>(b));
                    });
  // What ends by itself, and a drill, is no all clear.
  const bool by_itself =
      alert.closing() == v1::Closing::EXPIRED || alert.status() == v1::Status::EXERCISE;
  if (says || (by_itself && !said.empty())) return Sentence(said);
  const std::string services = ServiceNames(alert);
  const std::string what =
      services.empty() ? ": " + Sentence(alert.headline()) : " for " + services + ".";
  return word + what + (said.empty() ? "" : " " + Sentence(said));
}

// "Planned from" while nobody has said that the work has begun.
const char* StartName(const v1::Alert& alert) {
  const bool planned = alert.kind() == v1::Kind::PLANNED_DOWNTIME && !alert.has_started_at();
  return planned ? "Planned from" : "Since";
}

const v1::ZonedTime& StartOf(const v1::Alert& alert) {
  return alert.has_started_at() ? alert.started_at() : alert.start();
}

// The one line that says how it stands.
std::string Standing(const v1::Alert& alert) {
  if (IsOver(alert)) return EndWords(alert);
  std::string text = Sentence(alert.headline());
  for (const v1::ClearedPart& part : alert.cleared()) text += " " + Sentence(part.text());
  if (alert.state() == v1::State::RECOVERING) text += " Stay on paper until the all clear.";
  return text;
}

// "name: value" and a line break; nothing for an empty value.
std::string Line(std::string_view name, const std::string& value) {
  return value.empty() ? "" : std::string(name) + ": " + value + "\n";
}

std::string Steps(const v1::Alert& alert, v1::Instruction::When::Value when,
                  std::string_view before) {
  std::string text;
  for (const v1::Instruction& step : alert.instructions()) {
    if (step.when() != when) continue;
    text += std::string(before) + (step.role().empty() ? "" : Printable(step.role()) + ": ") +
            Printable(step.text()) + "\n";
  }
  return text;
}

std::string Section(std::string_view title, const std::string& lines) {
  return lines.empty() ? "" : "\n" + std::string(title) + "\n" + lines;
}

template <class List>
std::string Items(const List& list) {
  std::string text;
  for (const std::string& item : list) text += "- " + Printable(item) + "\n";
  return text;
}

std::string Call(const v1::Alert& alert) {
  std::string text = Printable(alert.phone());
  if (!alert.phone_fallback().empty())
    text += (text.empty() ? "" : ", or ") + Printable(alert.phone_fallback());
  return text;
}

std::string Page(const v1::Alert& alert) {
  std::string text = "Attention please. " + Standing(alert);
  if (!IsOver(alert) && alert.kind() != v1::Kind::INFORMATION)
    text += " Look at your ward PC, or call " +
            (alert.phone().empty() ? "the command centre" : Printable(alert.phone())) + ".";
  return text + " I repeat. " + Standing(alert) + "\n";
}

std::string Phone(const v1::Alert& alert) {
  std::string text = "\"This is the command centre. " + Standing(alert);
  if (!alert.impact().empty() && !IsOver(alert)) text += " " + Sentence(alert.impact());
  text += "\"\n";
  if (IsOver(alert)) return text + Section("Then enter:", Items(alert.back_entry()));
  text += "\n" + Line(StartName(alert), TimeText(StartOf(alert)));
  if (alert.kind() != v1::Kind::INFORMATION)
    text += Line("Expected back",
                 alert.has_expected_end() ? TimeText(alert.expected_end()) : "unknown");
  text += Section("Before:", Steps(alert, v1::Instruction::When::BEFORE, "- "));
  text += Section("Say what to do:", Steps(alert, v1::Instruction::When::DURING, "- "));
  text += Section("And what not to do:", Steps(alert, v1::Instruction::When::DO_NOT, "- "));
  text += Section("What still works:", Items(alert.still_works()));
  if (alert.has_next_update()) text += "\nNext update: " + TimeText(alert.next_update()) + "\n";
  if (const std::string call = Call(alert); !call.empty()) text += "Call: " + call + "\n";
  if (!alert.asks_answer()) return text;
  return text +
         "\nAsk: \"Have you started the downtime procedure? Do you need downtime help?\" Write "
         "down "
         "initials and role.\n";
}

std::string Body(const v1::Alert& alert) {
  std::string text = Standing(alert) + "\n";
  if (!alert.impact().empty() && !IsOver(alert)) text += Sentence(alert.impact()) + "\n";
  text += "\n" + Line("Services", ServiceNames(alert)) +
          Line(StartName(alert), TimeText(StartOf(alert)));
  if (!IsOver(alert)) {
    if (alert.kind() != v1::Kind::INFORMATION)
      text += Line("Expected back",
                   alert.has_expected_end() ? TimeText(alert.expected_end()) : "unknown");
    text += Line("Next update", TimeText(alert.next_update()));
    text += Section("What still works", Items(alert.still_works()));
    text += Section("Before", Steps(alert, v1::Instruction::When::BEFORE, "- "));
    text += Section("What to do now", Steps(alert, v1::Instruction::When::DURING, "- "));
    text += Section("Do not", Steps(alert, v1::Instruction::When::DO_NOT, "- "));
  }
  text += Section("Afterwards", Steps(alert, v1::Instruction::When::AFTER, "- "));
  text += Section("To enter again", Items(alert.back_entry()));
  text += "\n" + Line("Call", Call(alert));
  text += Line("Downtime PC", Printable(alert.downtime_pc()));
  text += Line("Binder", Printable(alert.binder()));
  return text + Line("Reason", Printable(alert.reason())) +
         Line("Ticket", Printable(alert.ticket()));
}

std::string Mail(const v1::Alert& alert) {
  const std::string subject =
      IsOver(alert) ? Standing(alert)
                    : SeverityWord(alert.severity()) + ": " + Printable(alert.headline());
  return "Subject: " + subject + "\n\n" + Body(alert);
}

std::string Ticket(const v1::Alert& alert) {
  std::string text = Line("Notice", alert.id() + ", revision " + std::to_string(alert.revision()));
  text += Line("State", StateWord(alert)) + Line("Headline", Printable(alert.headline()));
  text += Line("Services", ServiceNames(alert)) + Line("Start", TimeText(alert.start()));
  text += Line("Started", TimeText(alert.started_at()));
  text += Line("Expected back", TimeText(alert.expected_end()));
  text += Line("Next update", IsOver(alert) ? "" : TimeText(alert.next_update()));
  text += Line("Published", TimeText(alert.published_at()));
  text += Line("Changed", TimeText(alert.changed_at()));
  for (const v1::ClearedPart& part : alert.cleared())
    text += Line("Cleared", TimeText(part.at()) + " " + Printable(part.text()));
  return text + Line("Closing", Printable(alert.closing_text())) +
         Line("Reason", Printable(alert.reason())) + Line("Ticket", Printable(alert.ticket()));
}

std::string Text(const v1::Alert& alert, CopyAs as) {
  switch (as) {
    case CopyAs::kPage:
      return Page(alert);
    case CopyAs::kPhone:
      return Phone(alert);
    case CopyAs::kMail:
      return Mail(alert);
    case CopyAs::kTicket:
      return Ticket(alert);
  }
  return {};
}

}  // namespace

std::string CopyText(const v1::Alert& alert, CopyAs as) {
  const std::string text = Text(alert, as);
  if (alert.status() != v1::Status::EXERCISE) return text;
  return "EXERCISE, EXERCISE, EXERCISE.\n" + text + "EXERCISE, EXERCISE, EXERCISE.\n";
}

}  // namespace wardcast::cli
