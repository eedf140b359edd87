#include "server/alert/local_time.h"

#include <chrono>
#include <optional>

#include "server/alert/defaults.h"
#include "server/alert/zoned_time.h"

namespace wardcast {
namespace {

std::optional<int> Number(std::string_view digits) {
  int number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

// "2026-11-01T01:30", written as if it were UTC.
std::optional<TimePoint> ParseLocal(std::string_view text) {
  if (text.size() != 16 || text[4] != '-' || text[7] != '-' || text[13] != ':' ||
      (text[10] != 'T' && text[10] != ' '))
    return std::nullopt;
  const auto year = Number(text.substr(0, 4));
  const auto month = Number(text.substr(5, 2));
  const auto day = Number(text.substr(8, 2));
  const auto hour = Number(text.substr(11, 2));
  const auto minute = Number(text.substr(14, 2));
  if (!year || !month || !day || !hour || !minute) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(*month),
                                         std::chrono::day(*day)};
  if (!date.ok() || *year < 2000 || *year >= 2200 || *hour > 23 || *minute > 59)
    return std::nullopt;
  return TimePoint(std::chrono::sys_days(date)) + std::chrono::hours(*hour) +
         std::chrono::minutes(*minute);
}

std::string ClockWithZone(TimePoint at, const std::string& zone) {
  return MomentText(ToZoned(at, zone), ToZoned(at, zone), {.with_zone = true});
}

}  // namespace

void ResolveLocal(const std::string& path, std::string_view zone, v1::ZonedTime& time,
                  std::vector<FieldViolation>& violations) {
  if (time.local().empty()) {
    time.clear_second_time();
    return;
  }
  if (time.has_at()) {
    violations.push_back({path, "has both at and local: give one of them"});
    return;
  }
  const auto local = ParseLocal(time.local());
  if (!local) {
    violations.push_back(
        {path + ".local", "is no local time: write it like 2026-11-01T01:30, without a zone"});
    return;
  }
  const std::string its_zone = time.zone().empty() ? std::string(zone) : time.zone();
  if (!ZoneExists(its_zone)) {
    violations.push_back(
        {path + ".zone", "is no IANA zone name: write it like America/Denver, or leave it out"});
    return;
  }
  const LocalMoment moment = FindLocal(its_zone, *local);
  TimePoint at = moment.first;
  switch (moment.times) {
    case LocalMoment::Times::kOnce:
      if (time.second_time()) {
        violations.push_back({path + ".second_time", "is for a time that clocks show twice, and " +
                                                         ClockText(ToZoned(at, its_zone)) +
                                                         " comes once that day: leave it out"});
        return;
      }
      break;
    case LocalMoment::Times::kNever:
      violations.push_back(
          {path + ".local", "does not exist: clocks in " + its_zone + " go forward to " +
                                ClockWithZone(moment.first, its_zone) +
                                " and skip it; write that time, or a later or earlier one"});
      return;
    case LocalMoment::Times::kTwice:
      if (!time.has_second_time()) {
        violations.push_back(
            {path + ".local", "comes twice that night, because clocks in " + its_zone +
                                  " go back: add second_time, false for " +
                                  ClockWithZone(moment.first, its_zone) + " or true for " +
                                  ClockWithZone(moment.second, its_zone)});
        return;
      }
      if (time.second_time()) at = moment.second;
      break;
  }
  time = ToZoned(at, its_zone);
}

void ResolveLocalTimes(v1::Alert& alert, const Directory& directory,
                       std::vector<FieldViolation>& violations) {
  std::string zone = alert.zone();
  const auto resolve = [&](const char* path, bool has, auto time) {
    if (!has) return;
    v1::ZonedTime& written = *time();
    if (!written.local().empty() && zone.empty()) {
      const v1::Site* home = HomeSite(alert, directory);
      zone = home ? home->zone() : "UTC";
    }
    ResolveLocal(path, zone, written, violations);
  };
  resolve("alert.start", alert.has_start(), [&] { return alert.mutable_start(); });
  resolve("alert.expected_end", alert.has_expected_end(),
          [&] { return alert.mutable_expected_end(); });
  resolve("alert.next_update", alert.has_next_update(),
          [&] { return alert.mutable_next_update(); });
  resolve("alert.send_at", alert.has_send_at(), [&] { return alert.mutable_send_at(); });
  resolve("alert.started_at", alert.has_started_at(), [&] { return alert.mutable_started_at(); });
}

}  // namespace wardcast
