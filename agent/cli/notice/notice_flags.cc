#include "agent/cli/notice/notice_flags.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <iostream>
#include <iterator>
#include <utility>

#include "base/file.h"
#include "base/proto_time.h"

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

Result<void> TakeTime(const char* flag, const std::string& text,
                      v1::ZonedTime* (v1::Alert::*field)(), v1::Alert& alert) {
  if (text.empty()) return {};
  auto time = ParseTime(text);
  if (!time) return Fail(Code::kInvalidArgument, std::string(flag) + " " + time.error().message);
  v1::ZonedTime& zoned = *(alert.*field)();
  zoned.Clear();
  *zoned.mutable_at() = *time;
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

Result<v1::Alert> ReadJson(const std::string& file) {
  std::string text;
  if (file == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    auto content = ReadFile(file, kLargestJson);
    if (!content) return std::unexpected(content.error());
    text = std::move(*content);
  }
  v1::Alert alert;
  const auto status = google::protobuf::util::JsonStringToMessage(text, &alert);
  if (!status.ok())
    return Fail(Code::kInvalidArgument, "--json " + file + ": " + std::string(status.message()));
  return alert;
}

}  // namespace

Result<google::protobuf::Timestamp> ParseTime(const std::string& text) {
  const TimePoint now = SystemClock().Now();
  if (text == "now") return ToTimestamp(now);
  if (text.starts_with('+') && text.size() > 2) {
    int amount = 0;
    const auto [end, error] =
        std::from_chars(text.data() + 1, text.data() + text.size() - 1, amount);
    const bool number = error == std::errc() && end == text.data() + text.size() - 1;
    if (number && text.back() == 'm') return ToTimestamp(now + std::chrono::minutes(amount));
    if (number && text.back() == 'h') return ToTimestamp(now + std::chrono::hours(amount));
  }
  auto time = FromRfc3339(text);
  if (!time)
    return Fail(Code::kInvalidArgument,
                "must be now, +30m, +2h, or a time like 2026-03-01T14:30:00-07:00");
  return ToTimestamp(*time);
}

void AddNoticeFlags(CLI::App& command, NoticeFlags& f) {
  command
      .add_option("--json", f.json_file,
                  "take the alert from proto3 JSON in FILE (- for standard input); flags override")
      ->type_name("FILE");
  auto* what = command.add_option_group("What");
  what->add_option("--kind", f.kind,
                   "outage, degraded, planned-downtime, security, emergency, information");
  what->add_option("--severity", f.severity, "minor, moderate (default), severe, extreme");
  what->add_option("--headline", f.headline, "at most 90 characters");
  what->add_option("--service", f.services, "id of an affected service; may be repeated");
  what->add_option("--impact", f.impact, "one line of impact");
  what->add_option("--still-works", f.still_works, "what still works; may be repeated");
  what->add_option("--before", f.before, "what to do before; may be repeated");
  what->add_option("--do", f.during, "what to do now; may be repeated");
  what->add_option("--after", f.after, "what to do afterwards; may be repeated");
  what->add_option("--do-not", f.do_not, "what not to do; may be repeated");
  what->add_option("--back-entry", f.back_entry,
                   "what to enter again after the end; may be repeated");
  what->add_option("--reason", f.reason, "why");
  what->add_option("--ticket", f.ticket, "ticket number");
  what->add_option("--phase", f.phase,
                   "announced, looking-into-it, confirmed, extended, restored-verifying, …");
  what->add_option("--presentation", f.presentation, "ticker, toast, dialog (default by severity)");
  what->add_option("--status", f.status, "actual (default) or exercise");
  auto* when = command.add_option_group("When", "now, +30m, +2h, or 2026-03-01T14:30:00-07:00");
  when->add_option("--start", f.start, "since or from when (default now)");
  when->add_option("--until", f.until, "expected end (default unknown)");
  when->add_option("--next-update", f.next_update, "your promise (default by severity)");
  when->add_option("--zone", f.zone,
                   "IANA zone in which times are meant (default: the first site's)");
  auto* who = command.add_option_group(
      "For whom", "union of the places; default: the wards that depend on the services");
  who->add_flag("--everyone", f.everyone, "every endpoint of every site");
  who->add_option("--site", f.sites, "site id; may be repeated");
  who->add_option("--building", f.buildings, "building id; may be repeated");
  who->add_option("--ward", f.wards, "ward id; may be repeated");
  who->add_option("--depends-on", f.dependent_services,
                  "wards that depend on this service; may be repeated");
  who->add_option("--endpoint", f.endpoints, "endpoint id; may be repeated");
  who->add_option("--class", f.classes, "only this class: standard, clinical, downtime, board");
  who->add_option("--tag", f.tags, "only endpoints with this tag");
  who->add_option("--except-site", f.except_sites, "not this site; may be repeated");
  who->add_option("--except-ward", f.except_wards, "not this ward; may be repeated");
  who->add_option("--except-endpoint", f.except_endpoints, "not this endpoint; may be repeated");
  auto* call = command.add_option_group("Whom to call and where to go");
  call->add_option("--phone", f.phone, "number to call (default: the site's command centre)");
  call->add_option("--phone-fallback", f.phone_fallback, "the other way when phones are down");
  call->add_option("--downtime-pc", f.downtime_pc,
                   "nearest downtime PC (default: each ward's own)");
  call->add_option("--binder", f.binder, "where the binder is (default: each ward's own)");
}

Result<v1::Alert> ToAlert(const NoticeFlags& f) {
  v1::Alert alert;
  if (!f.json_file.empty()) {
    auto read = ReadJson(f.json_file);
    if (!read) return read;
    alert = std::move(*read);
  }
  using Taken = Result<void>;
  const Taken taken[] = {
      TakeEnum<v1::Kind::Value>("--kind", f.kind, v1::Kind::Value_Parse,
                                v1::Kind::Value_descriptor(),
                                [&](auto value) { alert.set_kind(value); }),
      TakeEnum<v1::Severity::Value>("--severity", f.severity, v1::Severity::Value_Parse,
                                    v1::Severity::Value_descriptor(),
                                    [&](auto value) { alert.set_severity(value); }),
      TakeEnum<v1::Status::Value>("--status", f.status, v1::Status::Value_Parse,
                                  v1::Status::Value_descriptor(),
                                  [&](auto value) { alert.set_status(value); }),
      TakeEnum<v1::Phase::Value>("--phase", f.phase, v1::Phase::Value_Parse,
                                 v1::Phase::Value_descriptor(),
                                 [&](auto value) { alert.set_phase(value); }),
      TakeEnum<v1::Presentation::Value>(
          "--presentation", f.presentation, v1::Presentation::Value_Parse,
          v1::Presentation::Value_descriptor(), [&](auto value) { alert.set_presentation(value); }),
      TakeTime("--start", f.start, &v1::Alert::mutable_start, alert),
      TakeTime("--until", f.until, &v1::Alert::mutable_expected_end, alert),
      TakeTime("--next-update", f.next_update, &v1::Alert::mutable_next_update, alert),
  };
  for (const Taken& one : taken) {
    if (!one) return std::unexpected(one.error());
  }
  for (const std::string& word : f.classes) {
    auto added = TakeEnum<v1::EndpointClass::Value>(
        "--class", word, v1::EndpointClass::Value_Parse, v1::EndpointClass::Value_descriptor(),
        [&](auto value) { alert.mutable_audience()->add_classes(value); });
    if (!added) return std::unexpected(added.error());
  }
  if (!f.headline.empty()) alert.set_headline(f.headline);
  if (!f.impact.empty()) alert.set_impact(f.impact);
  if (!f.reason.empty()) alert.set_reason(f.reason);
  if (!f.ticket.empty()) alert.set_ticket(f.ticket);
  if (!f.phone.empty()) alert.set_phone(f.phone);
  if (!f.phone_fallback.empty()) alert.set_phone_fallback(f.phone_fallback);
  if (!f.downtime_pc.empty()) alert.set_downtime_pc(f.downtime_pc);
  if (!f.binder.empty()) alert.set_binder(f.binder);
  if (!f.zone.empty()) alert.set_zone(f.zone);
  Take(f.services, alert.mutable_services());
  Take(f.still_works, alert.mutable_still_works());
  Take(f.back_entry, alert.mutable_back_entry());
  TakeSteps(f.before, v1::Instruction::When::BEFORE, alert);
  TakeSteps(f.during, v1::Instruction::When::DURING, alert);
  TakeSteps(f.after, v1::Instruction::When::AFTER, alert);
  TakeSteps(f.do_not, v1::Instruction::When::DO_NOT, alert);
  const bool places = f.everyone || !f.sites.empty() || !f.buildings.empty() || !f.wards.empty() ||
                      !f.dependent_services.empty() || !f.endpoints.empty() || !f.tags.empty() ||
                      !f.except_sites.empty() || !f.except_wards.empty() ||
                      !f.except_endpoints.empty();
  if (places) {
    v1::Audience& audience = *alert.mutable_audience();
    if (f.everyone) audience.set_everyone(true);
    Take(f.sites, audience.mutable_sites());
    Take(f.buildings, audience.mutable_buildings());
    Take(f.wards, audience.mutable_wards());
    Take(f.dependent_services, audience.mutable_services());
    Take(f.endpoints, audience.mutable_endpoints());
    Take(f.tags, audience.mutable_tags());
    Take(f.except_sites, audience.mutable_exclude()->mutable_sites());
    Take(f.except_wards, audience.mutable_exclude()->mutable_wards());
    Take(f.except_endpoints, audience.mutable_exclude()->mutable_endpoints());
  }
  return alert;
}

}  // namespace wardcast::cli
