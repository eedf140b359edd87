#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <cctype>
#include <functional>
#include <iostream>
#include <iterator>
#include <utility>

#include "agent/cli/notice/notice_flags.h"
#include "base/file.h"

namespace wardcast::cli {
namespace {

constexpr std::size_t kLargestJson = 1u << 20;

// "planned-downtime" → PLANNED_DOWNTIME.
std::string EnumName(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) {
    return c == '-' || c == ' ' ? '_' : std::toupper(c);
  });
  return text;
}

// Sets an enum field by its word; the error lists the words that exist.
template <class Enum>
Result<void> TakeEnum(const char* flag, const std::string& word,
                      bool (*parse)(google::protobuf::ConstStringParam, Enum*),
                      const google::protobuf::EnumDescriptor* descriptor,
                      const std::function<void(Enum)>& set) {
  if (word.empty()) return {};
  Enum value;
  if (parse(EnumName(word), &value) && static_cast<int>(value) != 0) {
    set(value);
    return {};
  }
  std::string allowed;
  for (int i = 1; i < descriptor->value_count(); ++i) {
    std::string name = descriptor->value(i)->name();
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return c == '_' ? '-' : std::tolower(c); });
    allowed += (allowed.empty() ? "" : ", ") + name;
  }
  return Fail(Code::kInvalidArgument, std::string(flag) + " must be one of: " + allowed);
}

Result<void> TakeTime(const char* flag, const std::string& text, Doubled& doubled, TimePoint now,
                      v1::ZonedTime* (v1::Alert::*field)(), v1::Alert& alert) {
  if (text.empty()) return {};
  auto time = ParseTime(text, doubled, now);
  if (!time) return Fail(Code::kInvalidArgument, std::string(flag) + " " + time.error().message);
  *(alert.*field)() = std::move(*time);
  return {};
}

template <class Target>
void Take(const std::vector<std::string>& from, Target* to) {
  for (const std::string& item : from) *to->Add() = item;
}

void TakeSteps(const std::vector<std::string>& texts, v1::Instruction::When::Value when,
               v1::Alert& alert) {
  for (const std::string& text : texts) {
    v1::Instruction& step = *alert.add_instructions();
    step.set_when(when);
    step.set_text(text);
  }
}

// Puts what the file says over `alert`.
Result<void> ReadJson(const std::string& file, v1::Alert& alert) {
  std::string text;
  if (file == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    auto content = ReadFile(file, kLargestJson);
    if (!content) return std::unexpected(content.error());
    text = std::move(*content);
  }
  v1::Alert read;
  const auto status = google::protobuf::util::JsonStringToMessage(text, &read);
  if (!status.ok())
    return Fail(Code::kInvalidArgument, "--json " + file + ": " + std::string(status.message()));
  alert.MergeFrom(read);
  return {};
}

Result<void> TakeClasses(const char* flag, const std::vector<std::string>& words,
                         const std::function<void(v1::EndpointClass::Value)>& add) {
  for (const std::string& word : words) {
    auto added = TakeEnum<v1::EndpointClass::Value>(flag, word, v1::EndpointClass::Value_Parse,
                                                    v1::EndpointClass::Value_descriptor(), add);
    if (!added) return added;
  }
  return {};
}

Result<void> TakeAudience(const NoticeFlags& f, v1::Alert& alert) {
  v1::Audience audience;
  v1::Exclusions exclude;
  audience.set_everyone(f.everyone);
  Take(f.sites, audience.mutable_sites());
  Take(f.buildings, audience.mutable_buildings());
  Take(f.wards, audience.mutable_wards());
  Take(f.dependent_services, audience.mutable_services());
  Take(f.endpoints, audience.mutable_endpoints());
  Take(f.tags, audience.mutable_tags());
  Take(f.roles, audience.mutable_roles());
  Take(f.except_sites, exclude.mutable_sites());
  Take(f.except_buildings, exclude.mutable_buildings());
  Take(f.except_wards, exclude.mutable_wards());
  Take(f.except_endpoints, exclude.mutable_endpoints());
  Take(f.except_tags, exclude.mutable_tags());
  if (auto taken = TakeClasses("--class", f.classes, [&](auto it) { audience.add_classes(it); });
      !taken) {
    return taken;
  }
  if (auto taken = TakeClasses("--except-class", f.except_classes,
                               [&](auto it) { exclude.add_classes(it); });
      !taken) {
    return taken;
  }
  if (exclude.ByteSizeLong() > 0) *audience.mutable_exclude() = std::move(exclude);
  if (audience.ByteSizeLong() > 0) alert.mutable_audience()->MergeFrom(audience);
  return {};
}

}  // namespace

Result<v1::Alert> ToAlert(const NoticeFlags& f, v1::Alert base, TimePoint now) {
  v1::Alert alert = std::move(base);
  if (!f.json_file.empty()) {
    if (auto read = ReadJson(f.json_file, alert); !read) return std::unexpected(read.error());
  }
  Doubled doubled = DoubledOf(f.first_time, f.second_time);
  using Taken = Result<void>;
  const Taken taken[] = {
      TakeEnum<v1::Kind::Value>("--kind", f.kind, v1::Kind::Value_Parse,
                                v1::Kind::Value_descriptor(),
                                [&](auto value) { alert.set_kind(value); }),
      TakeEnum<v1::Severity::Value>("--severity", f.severity, v1::Severity::Value_Parse,
                                    v1::Severity::Value_descriptor(),
                                    [&](auto value) { alert.set_severity(value); }),
      TakeEnum<v1::Phase::Value>("--phase", f.phase, v1::Phase::Value_Parse,
                                 v1::Phase::Value_descriptor(),
                                 [&](auto value) { alert.set_phase(value); }),
      TakeEnum<v1::Presentation::Value>(
          "--presentation", f.presentation, v1::Presentation::Value_Parse,
          v1::Presentation::Value_descriptor(), [&](auto value) { alert.set_presentation(value); }),
      TakeTime("--start", f.start, doubled, now, &v1::Alert::mutable_start, alert),
      TakeTime("--until", f.until, doubled, now, &v1::Alert::mutable_expected_end, alert),
      TakeTime("--next-update", f.next_update, doubled, now, &v1::Alert::mutable_next_update,
               alert),
      TakeTime("--send-at", f.send_at, doubled, now, &v1::Alert::mutable_send_at, alert),
  };
  for (const Taken& one : taken) {
    if (!one) return std::unexpected(one.error());
  }
  // Not touched unless named: an update without a place keeps the audience.
  if (auto taken_audience = TakeAudience(f, alert); !taken_audience)
    return std::unexpected(taken_audience.error());
  if (!f.headline.empty()) alert.set_headline(f.headline);
  if (!f.impact.empty()) alert.set_impact(f.impact);
  if (!f.reason.empty()) alert.set_reason(f.reason);
  if (!f.ticket.empty()) alert.set_ticket(f.ticket);
  if (!f.phone.empty()) alert.set_phone(f.phone);
  if (!f.phone_fallback.empty()) alert.set_phone_fallback(f.phone_fallback);
  if (!f.downtime_pc.empty()) alert.set_downtime_pc(f.downtime_pc);
  if (!f.binder.empty()) alert.set_binder(f.binder);
  if (!f.zone.empty()) alert.set_zone(f.zone);
  if (!f.language.empty()) alert.set_language(f.language);
  if (!f.template_id.empty()) alert.set_template_id(f.template_id);
  Take(f.services, alert.mutable_services());
  Take(f.still_works, alert.mutable_still_works());
  Take(f.back_entry, alert.mutable_back_entry());
  TakeSteps(f.before, v1::Instruction::When::BEFORE, alert);
  TakeSteps(f.during, v1::Instruction::When::DURING, alert);
  TakeSteps(f.after, v1::Instruction::When::AFTER, alert);
  TakeSteps(f.do_not, v1::Instruction::When::DO_NOT, alert);
  return alert;
}

}  // namespace wardcast::cli
