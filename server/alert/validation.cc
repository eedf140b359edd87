#include "server/alert/validation.h"

#include <string_view>
#include <unordered_set>

#include "base/proto_time.h"
#include "server/alert/checks/blanks.h"
#include "server/alert/checks/text_check.h"
#include "server/alert/drills/drill.h"
#include "server/alert/words/language.h"
#include "server/alert/zoned_time.h"
#include "server/directory/near_match.h"
#include "server/directory/utf8.h"

namespace wardcast {
namespace {

using Violations = std::vector<FieldViolation>;

constexpr std::size_t kMostBytes = 16 << 10;
constexpr std::size_t kMostServices = 50;
constexpr std::size_t kMostAudienceEntries = 2'000;
// A reader learns from ten unknown ids what two thousand would tell.
constexpr std::size_t kMostPerList = 10;

// What a person wrote, fit for a message.
std::string Quoted(std::string_view text) {
  constexpr std::size_t kShown = 60;
  if (FirstInvalidUtf8(text) || HasControlCharacter(text)) return "what is written there";
  std::string shown(text.substr(0, kShown));
  while (FirstInvalidUtf8(shown)) shown.pop_back();
  return "\"" + shown + (text.size() > kShown ? "…\"" : "\"");
}

// Every entry must be an id of `items`, and be there once. `near` false: no suggestion, since there
// may be tens of thousands.
template <class List, class T, class Finds>
void CheckIds(const std::string& path, const List& ids, std::size_t most, const char* noun,
              const std::vector<T>& items, bool near, Finds exists, Violations& violations) {
  if (static_cast<std::size_t>(ids.size()) > most) {
    violations.push_back({path, "has " + std::to_string(ids.size()) + " entries, at most " +
                                    std::to_string(most) + " fit"});
    return;
  }
  std::vector<std::string_view> known;
  std::unordered_set<std::string_view> seen;
  std::size_t noted = 0;
  for (int i = 0; i < ids.size() && noted < kMostPerList; ++i) {
    const std::string& id = ids[i];
    const std::string place = path + "[" + std::to_string(i) + "]";
    if (!seen.insert(id).second) {
      violations.push_back({place, Quoted(id) + " is there twice"});
      ++noted;
    } else if (!exists(id)) {
      if (near && known.empty()) {
        for (const T& item : items) known.push_back(item.id());
      }
      violations.push_back(
          {place, "there is no " + std::string(noun) + " " + Quoted(id) +
                      Suggestion(near ? NearMatch(id, known) : std::string_view())});
      ++noted;
    }
  }
}

template <class List>
void CheckServices(const std::string& path, const List& ids, std::size_t most,
                   const Directory& directory, Violations& violations) {
  CheckIds(
      path, ids, most, "service", directory.content().services, true,
      [&](const std::string& id) { return directory.FindService(id) != nullptr; }, violations);
}

// The places that an audience and its exclusions have in common.
template <class Message>
void CheckPlaces(const std::string& path, const Message& message, const Directory& directory,
                 Violations& violations) {
  const DirectoryContent& content = directory.content();
  CheckIds(
      path + ".sites", message.sites(), kMostAudienceEntries, "site", content.sites, true,
      [&](const std::string& id) { return directory.FindSite(id) != nullptr; }, violations);
  CheckIds(
      path + ".buildings", message.buildings(), kMostAudienceEntries, "building", content.buildings,
      true, [&](const std::string& id) { return directory.FindBuilding(id) != nullptr; },
      violations);
  CheckIds(
      path + ".wards", message.wards(), kMostAudienceEntries, "ward", content.wards, true,
      [&](const std::string& id) { return directory.FindWard(id) != nullptr; }, violations);
  CheckIds(
      path + ".endpoints", message.endpoints(), kMostAudienceEntries, "endpoint", content.endpoints,
      content.endpoints.size() <= 2'000,
      [&](const std::string& id) { return directory.FindEndpoint(id) != nullptr; }, violations);
  CheckLines(path + ".tags", message.tags(), kMostAudienceEntries, 40, violations);
  for (const int value : message.classes()) {
    if (value == v1::EndpointClass::UNSPECIFIED || !v1::EndpointClass::Value_IsValid(value)) {
      violations.push_back({path + ".classes", "must be STANDARD, CLINICAL, DOWNTIME or BOARD"});
      break;
    }
  }
  if (message.classes_size() > 10) violations.push_back({path + ".classes", "repeats itself"});
}

// A time that the zone database and every client can handle.
bool IsPlausible(const v1::ZonedTime& time) {
  constexpr TimePoint kYear2000{std::chrono::seconds(946'684'800)};
  const TimePoint at = FromTimestamp(time.at());
  return time.has_at() && at >= kYear2000 && at < kYear2200 && time.at().nanos() >= 0 &&
         time.at().nanos() < 1'000'000'000;
}

// A draft may still have its times in disorder.
enum class Written { kWhole, kDraft };

void CheckTimes(const v1::Alert& alert, Written written, Violations& violations) {
  const auto check = [&](const char* path, bool has, const v1::ZonedTime& time) {
    if (!has || IsPlausible(time)) return has;
    violations.push_back({path, time.has_at()
                                    ? "must be between the years 2000 and 2200"
                                    : "at is missing: write it like 2026-03-01T14:07:00Z"});
    return false;
  };
  const bool start = check("alert.start", alert.has_start(), alert.start());
  const bool end = check("alert.expected_end", alert.has_expected_end(), alert.expected_end());
  check("alert.next_update", alert.has_next_update(), alert.next_update());
  check("alert.send_at", alert.has_send_at(), alert.send_at());
  if (written == Written::kWhole && start && end &&
      FromTimestamp(alert.expected_end().at()) < FromTimestamp(alert.start().at())) {
    violations.push_back(
        {"alert.expected_end", "is " + ToRfc3339(FromTimestamp(alert.expected_end().at())) +
                                   ", before the start at " +
                                   ToRfc3339(FromTimestamp(alert.start().at())) +
                                   ": correct one of them, or leave it out for \"unknown\""});
  }
  if (!alert.zone().empty() && !ZoneExists(alert.zone())) {
    violations.push_back({"alert.zone", Quoted(alert.zone()) +
                                            " is no IANA zone name: write it like America/Denver"});
  }
}

void CheckWords(const v1::Alert& alert, Written written, Violations& violations) {
  const auto unknown = [&](const char* path, bool valid, const char* allowed) {
    if (!valid) violations.push_back({path, std::string("must be one of ") + allowed});
  };
  unknown("alert.kind",
          v1::Kind::Value_IsValid(alert.kind()) &&
              (alert.kind() != v1::Kind::UNSPECIFIED || written == Written::kDraft),
          "PLANNED_DOWNTIME, OUTAGE, DEGRADED, SECURITY, EMERGENCY, INFORMATION");
  unknown("alert.severity", v1::Severity::Value_IsValid(alert.severity()),
          "MINOR, MODERATE, SEVERE, EXTREME");
  unknown("alert.phase", v1::Phase::Value_IsValid(alert.phase()),
          "ANNOUNCED, LOOKING_INTO_IT, CONFIRMED, EXTENDED, POSTPONED");
  unknown("alert.status", v1::Status::Value_IsValid(alert.status()), "ACTUAL, EXERCISE");
  unknown("alert.presentation", v1::Presentation::Value_IsValid(alert.presentation()),
          "TICKER, TOAST, DIALOG, TAKEOVER");
  if (IsDrill(alert) && alert.presentation() == v1::Presentation::TAKEOVER) {
    violations.push_back(
        {"alert.presentation", "TAKEOVER is for real notices only: a drill is at most a DIALOG"});
  }
  unknown("alert.language", alert.language().empty() || LanguageFrom(alert.language()),
          "en, de, es, fr, or empty for the site's");
  if (alert.severity() == v1::Severity::EXTREME && alert.kind() != v1::Kind::EMERGENCY &&
      alert.kind() != v1::Kind::SECURITY &&
      (alert.kind() != v1::Kind::UNSPECIFIED || written == Written::kWhole)) {
    violations.push_back(
        {"alert.severity", "EXTREME is only for the kinds EMERGENCY and SECURITY: take SEVERE"});
  }
}

// A text that may hold blanks: how long it reads in the end is looked at once they are filled
// (texts/filled_check.h); what can never fit is refused here.
void CheckFillable(const std::string& path, const std::string& text, std::size_t most,
                   Violations& violations) {
  CheckText(path, HasBlank(text) ? ShortestFilled(text) : text, most, violations);
}

template <class List>
void CheckFillableLines(const std::string& path, const List& lines, std::size_t most_items,
                        std::size_t most, Violations& violations) {
  std::vector<std::string> shortest;
  shortest.reserve(static_cast<std::size_t>(lines.size()));
  for (const std::string& line : lines)
    shortest.push_back(HasBlank(line) ? ShortestFilled(line) : line);
  CheckLines(path, shortest, most_items, most, violations);
}

void CheckTexts(const v1::Alert& alert, Written written, Violations& violations) {
  if (written == Written::kWhole && Trimmed(alert.headline()).empty()) {
    violations.push_back({"alert.headline", "is empty: say in at most 90 characters what is down"});
  }
  CheckFillable("alert.headline", alert.headline(), 90, violations);
  CheckFillable("alert.impact", alert.impact(), 300, violations);
  CheckFillableLines("alert.still_works", alert.still_works(), 20, 120, violations);
  if (alert.instructions_size() > 30) {
    violations.push_back({"alert.instructions", "has " + std::to_string(alert.instructions_size()) +
                                                    " items, at most 30 fit"});
  } else {
    for (int i = 0; i < alert.instructions_size(); ++i) {
      const v1::Instruction& step = alert.instructions(i);
      const std::string path = "alert.instructions[" + std::to_string(i) + "]";
      if (written == Written::kWhole && Trimmed(step.text()).empty())
        violations.push_back({path + ".text", "is empty: take it out"});
      CheckFillable(path + ".text", step.text(), 200, violations);
      CheckText(path + ".role", step.role(), 60, violations);
      if (!v1::Instruction::When::Value_IsValid(step.when()))
        violations.push_back({path + ".when", "must be one of BEFORE, DURING, AFTER, DO_NOT"});
    }
  }
  CheckText("alert.phone", alert.phone(), 40, violations);
  CheckText("alert.phone_fallback", alert.phone_fallback(), 120, violations);
  CheckText("alert.downtime_pc", alert.downtime_pc(), 120, violations);
  CheckText("alert.binder", alert.binder(), 120, violations);
  CheckFillable("alert.reason", alert.reason(), 300, violations);
  CheckText("alert.ticket", alert.ticket(), 40, violations);
  CheckText("alert.template_id", alert.template_id(), 40, violations);
  CheckFillableLines("alert.back_entry", alert.back_entry(), 20, 200, violations);
}

}  // namespace

Violations CheckAudience(const v1::Audience& audience, const std::vector<std::string>& services,
                         const Directory& directory, const std::string& path) {
  Violations violations;
  const bool has_place = audience.everyone() || audience.sites_size() > 0 ||
                         audience.buildings_size() > 0 || audience.wards_size() > 0 ||
                         audience.services_size() > 0 || audience.endpoints_size() > 0;
  if (!has_place && services.empty()) {
    violations.push_back({path,
                          "names no place: name sites, buildings, wards, services or "
                          "endpoints, write \"everyone\", or name the services that are "
                          "affected"});
  }
  CheckPlaces(path, audience, directory, violations);
  CheckServices(path + ".services", audience.services(), kMostAudienceEntries, directory,
                violations);
  CheckPlaces(path + ".exclude", audience.exclude(), directory, violations);
  if (audience.roles_size() > 0) {
    violations.push_back({path + ".roles",
                          "people cannot be reached by role yet, and workstations "
                          "have none: take the roles out"});
  }
  return violations;
}

std::optional<FieldViolation> CheckSize(const v1::Alert& alert) {
  const std::size_t bytes = alert.ByteSizeLong();
  if (bytes <= kMostBytes) return std::nullopt;
  return FieldViolation{"alert", "has " + std::to_string(bytes) + " bytes, at most " +
                                     std::to_string(kMostBytes) +
                                     " fit: shorten texts, or name sites instead of wards"};
}

std::optional<FieldViolation> CheckSendAt(const v1::Alert& alert, TimePoint now) {
  if (!alert.has_send_at()) return std::nullopt;
  const TimePoint at = FromTimestamp(alert.send_at().at());
  if (at <= now)
    return FieldViolation{"alert.send_at", "is over: leave it out to send the notice at once"};
  if (at > now + kLongestSchedule)
    return FieldViolation{"alert.send_at", "is more than 400 days ahead: write a draft instead"};
  return std::nullopt;
}

Violations CheckAlert(const v1::Alert& alert, const Directory& directory) {
  Violations violations;
  CheckWords(alert, Written::kWhole, violations);
  CheckTexts(alert, Written::kWhole, violations);
  CheckTimes(alert, Written::kWhole, violations);
  CheckServices("alert.services", alert.services(), kMostServices, directory, violations);
  for (FieldViolation& violation :
       CheckAudience(alert.audience(), {alert.services().begin(), alert.services().end()},
                     directory, "alert.audience")) {
    violations.push_back(std::move(violation));
  }
  if (auto size = CheckSize(alert)) violations.push_back(std::move(*size));
  return violations;
}

Violations CheckDraft(const v1::Alert& alert, const Directory& directory) {
  Violations violations;
  CheckWords(alert, Written::kDraft, violations);
  CheckTexts(alert, Written::kDraft, violations);
  CheckTimes(alert, Written::kDraft, violations);
  CheckServices("alert.services", alert.services(), kMostServices, directory, violations);
  // As if a place were named: it may still be missing.
  v1::Audience audience = alert.audience();
  audience.set_everyone(true);
  for (FieldViolation& violation : CheckAudience(audience, {}, directory, "alert.audience"))
    violations.push_back(std::move(violation));
  if (auto size = CheckSize(alert)) violations.push_back(std::move(*size));
  return violations;
}

}  // namespace wardcast
