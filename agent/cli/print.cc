#include "agent/cli/print.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>

#include "base/proto_time.h"

namespace wardcast::cli {
namespace {

// The next code point of `text`; U+FFFD for a malformed byte.
char32_t NextCodePoint(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at++);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  if (more == 0 || at + static_cast<std::size_t>(more) > text.size()) return 0xFFFD;
  char32_t point = lead & (0x3F >> more);
  for (int i = 0; i < more; ++i) point = (point << 6) | (byte(at++) & 0x3F);
  return point;
}

bool IsUnprintable(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0xFFFD ||
         (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

int Width(char32_t point) {
  const bool combining = (point >= 0x300 && point <= 0x36F) || (point >= 0x200B && point <= 0x200F);
  if (combining) return 0;
  const bool wide = (point >= 0x1100 && point <= 0x115F) || (point >= 0x2E80 && point <= 0xA4CF) ||
                    (point >= 0xAC00 && point <= 0xD7A3) || (point >= 0xF900 && point <= 0xFAFF) ||
                    (point >= 0xFE30 && point <= 0xFE6F) || (point >= 0xFF00 && point <= 0xFF60) ||
                    (point >= 0x1F300 && point <= 0x1FAFF);
  return wide ? 2 : 1;
}

int DisplayWidth(const std::string& text) {
  int width = 0;
  for (std::size_t at = 0; at < text.size();) width += Width(NextCodePoint(text, at));
  return width;
}

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return c == '_' ? ' ' : std::tolower(c); });
  return text;
}

void PrintField(const char* name, const std::string& value) {
  if (!value.empty()) std::printf("%-14s %s\n", name, Printable(value).c_str());
}

template <class List>
std::string Joined(const List& list, const char* separator) {
  std::string text;
  for (const auto& item : list) text += (text.empty() ? "" : separator) + std::string(item);
  return text;
}

std::string AnswerText(const v1::WardProgress& ward, int round) {
  std::string text;
  for (const v1::WardAnswer& answer : ward.answers()) {
    if (answer.round() != round) continue;
    text = Lower(v1::Response::Value_Name(answer.response()));
    if (answer.help() != v1::HelpKind::UNSPECIFIED)
      text += " (" + Lower(v1::HelpKind::Value_Name(answer.help())) + ")";
    text += ", " + answer.by();
    if (!answer.person().initials().empty()) text += " " + answer.person().initials();
  }
  return text;
}

template <class List>
void AddPlaces(const char* what, const List& ids, std::string& text) {
  if (ids.empty()) return;
  text += (text.empty() ? "" : " · ") + std::string(what) + " " + Joined(ids, ", ");
}

template <class List>
std::vector<std::string> ClassWords(const List& classes) {
  std::vector<std::string> words;
  for (const auto one : classes)
    words.push_back(
        Lower(v1::EndpointClass::Value_Name(static_cast<v1::EndpointClass::Value>(one))));
  return words;
}

// "site main · ward 4w, icu · without ward or"; of none the rule that then holds.
std::string AudienceText(const v1::Audience& audience) {
  std::string text = audience.everyone() ? "everyone" : "";
  AddPlaces("site", audience.sites(), text);
  AddPlaces("building", audience.buildings(), text);
  AddPlaces("ward", audience.wards(), text);
  AddPlaces("wards that depend on", audience.services(), text);
  AddPlaces("PC", audience.endpoints(), text);
  if (text.empty()) text = "the wards that depend on the services";
  AddPlaces("only class", ClassWords(audience.classes()), text);
  AddPlaces("only tag", audience.tags(), text);
  AddPlaces("only role", audience.roles(), text);
  const v1::Exclusions& exclude = audience.exclude();
  AddPlaces("without site", exclude.sites(), text);
  AddPlaces("without building", exclude.buildings(), text);
  AddPlaces("without ward", exclude.wards(), text);
  AddPlaces("without PC", exclude.endpoints(), text);
  AddPlaces("without class", ClassWords(exclude.classes()), text);
  AddPlaces("without tag", exclude.tags(), text);
  return text;
}

}  // namespace

std::string Printable(std::string_view text) {
  std::string clean;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (IsUnprintable(NextCodePoint(text, at))) {
      clean += '?';
    } else {
      clean += text.substr(begin, at - begin);
    }
  }
  return clean;
}

void PrintTable(const std::vector<std::string>& header,
                const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::vector<std::string>> all{header};
  for (const auto& row : rows) {
    std::vector<std::string>& clean = all.emplace_back();
    for (const std::string& cell : row) clean.push_back(Printable(cell));
  }
  std::vector<int> widths(header.size(), 0);
  for (const auto& row : all) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], DisplayWidth(row[i]));
  }
  for (const auto& row : all) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      if (i + 1 < row.size())
        line += std::string(static_cast<std::size_t>(widths[i] - DisplayWidth(row[i]) + 2), ' ');
    }
    std::printf("%s\n", line.c_str());
  }
}

void PrintJson(const google::protobuf::Message& message, bool one_line) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = !one_line;
  options.always_print_primitive_fields = true;
  std::string text;
  (void)google::protobuf::util::MessageToJsonString(message, &text, options);
  std::printf("%s%s", text.c_str(), one_line ? "\n" : "");
  std::fflush(stdout);
}

std::string KindWord(v1::Kind::Value kind) { return Lower(v1::Kind::Value_Name(kind)); }

std::string SeverityWord(v1::Severity::Value severity) {
  switch (severity) {
    case v1::Severity::MINOR:
      return "NOTICE";
    case v1::Severity::SEVERE:
      return "WARNING";
    case v1::Severity::EXTREME:
      return "DANGER";
    default:
      return "CAUTION";
  }
}

std::string StateWord(const v1::Alert& alert) {
  return Lower(alert.state() == v1::State::CLOSED ? v1::Closing::Value_Name(alert.closing())
                                                  : v1::State::Value_Name(alert.state()));
}

std::string TimeText(const v1::ZonedTime& time) {
  if (!time.has_at()) return {};
  const auto seconds =
      static_cast<std::time_t>(time.at().seconds() + time.utc_offset_minutes() * 60);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts);
  return std::string(text) + " " + (time.abbreviation().empty() ? "UTC" : time.abbreviation());
}

std::string TimeText(const google::protobuf::Timestamp& time) {
  v1::ZonedTime zoned;
  *zoned.mutable_at() = time;
  return TimeText(zoned);
}

void PrintAlert(const v1::Alert& alert) {
  PrintField("alert", alert.id());
  PrintField("headline", alert.headline());
  PrintField("state", StateWord(alert) + ", revision " + std::to_string(alert.revision()) +
                          ", round " + std::to_string(alert.round()));
  PrintField("kind", KindWord(alert.kind()) + ", " + SeverityWord(alert.severity()) +
                         (alert.status() == v1::Status::EXERCISE ? ", EXERCISE" : ""));
  PrintField("phase", Lower(v1::Phase::Value_Name(alert.phase())));
  PrintField("services", Joined(alert.service_names(), ", "));
  PrintField("for", AudienceText(alert.audience()));
  if (alert.presentation() != v1::Presentation::UNSPECIFIED)
    PrintField("shown as", Lower(v1::Presentation::Value_Name(alert.presentation())));
  PrintField("impact", alert.impact());
  PrintField("still works", Joined(alert.still_works(), " · "));
  for (const v1::Instruction& step : alert.instructions()) {
    PrintField(Lower(v1::Instruction::When::Value_Name(step.when())).c_str(),
               (step.role().empty() ? "" : step.role() + ": ") + step.text());
  }
  const bool planned = alert.kind() == v1::Kind::PLANNED_DOWNTIME && !alert.has_started_at();
  PrintField(planned ? "planned from" : "since", TimeText(alert.start()));
  PrintField("started", TimeText(alert.started_at()));
  PrintField("expected back",
             alert.has_expected_end() ? TimeText(alert.expected_end()) : "unknown");
  PrintField("overrun since", TimeText(alert.overrun_since()));
  PrintField("next update",
             TimeText(alert.next_update()) +
                 (alert.missed_updates() == 0
                      ? ""
                      : ", OVERDUE, missed " + std::to_string(alert.missed_updates())));
  PrintField("call", alert.phone());
  PrintField("or", alert.phone_fallback());
  PrintField("downtime PC", alert.downtime_pc());
  PrintField("binder", alert.binder());
  PrintField("reason", alert.reason());
  PrintField("ticket", alert.ticket());
  PrintField("back-entry", Joined(alert.back_entry(), " · "));
  for (const v1::ClearedPart& part : alert.cleared())
    PrintField("in order", TimeText(part.at()) + " " + part.text());
  PrintField("changed", alert.what_changed());
  PrintField("closing", alert.closing_text());
  PrintField("goes out", alert.state() == v1::State::SCHEDULED ? TimeText(alert.send_at()) : "");
  PrintField("not sent", alert.held_because());
  PrintField("waiting since", TimeText(alert.waiting_since()));
  PrintField("template", alert.template_id());
  PrintField("published", TimeText(alert.published_at()) + " by " + alert.published_by());
}

namespace {

std::string WardStateWord(const v1::WardProgress& ward) {
  std::string word = Lower(v1::WardState::Value_Name(ward.state()));
  if (ward.state() == v1::WardState::CLOSED && ward.has_opens_at())
    word += " until " + TimeText(ward.opens_at());
  if (ward.state() == v1::WardState::HELP && ward.acknowledged()) word += ", acknowledged";
  return word;
}

}  // namespace

std::string ProgressLine(const v1::AlertProgress& progress) {
  std::string wards = std::to_string(progress.wards_acknowledged()) + " of " +
                      std::to_string(progress.wards() - progress.wards_closed()) +
                      " wards acknowledged";
  if (progress.wards_closed() > 0)
    wards += " · " + std::to_string(progress.wards_closed()) + " closed";
  if (progress.wards_help() > 0)
    wards += " · " + std::to_string(progress.wards_help()) + " need downtime help";
  return wards + " · " + std::to_string(progress.displayed()) + " of " +
         std::to_string(progress.endpoints()) + " PCs displayed · " +
         std::to_string(std::max(0, progress.endpoints() - progress.displayed())) +
         " PCs not reached";
}

void PrintProgress(const v1::AlertProgress& progress) {
  std::printf("%s\n\n", ProgressLine(progress).c_str());
  std::vector<std::vector<std::string>> rows;
  for (const v1::WardProgress& ward : progress.by_ward()) {
    rows.push_back({ward.name(), WardStateWord(ward),
                    std::to_string(ward.displayed()) + "/" + std::to_string(ward.expected()),
                    std::to_string(ward.seen()), ward.phone(), AnswerText(ward, progress.round())});
  }
  PrintTable({"WARD", "STATE", "DISPLAYED", "SEEN", "PHONE", "ANSWER"}, rows);
}

}  // namespace wardcast::cli
