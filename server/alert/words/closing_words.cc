#include "server/alert/closing_words.h"

#include <array>

#include "base/proto_time.h"
#include "server/alert/zoned_time.h"

namespace wardcast {
namespace {

constexpr int kMostNames = 3;

std::chrono::sys_days LocalDay(const v1::ZonedTime& time) {
  return std::chrono::floor<std::chrono::days>(FromTimestamp(time.at()) +
                                               std::chrono::minutes(time.utc_offset_minutes()));
}

// "14:07", or "Mon 14:07" if that is not the day of `today`.
std::string DayAndClock(const v1::ZonedTime& time, const v1::ZonedTime& today) {
  static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed",
                                                    "Thu", "Fri", "Sat"};
  const std::chrono::sys_days day = LocalDay(time);
  if (day == LocalDay(today)) return ClockText(time);
  return std::string(kDays[std::chrono::weekday(day).c_encoding()]) + " " + ClockText(time);
}

std::string NoLongerHolds(const char* word, const v1::Alert& alert, const v1::ZonedTime& now) {
  return std::string(word) + " " + ClockText(now) + ". The notice of " +
         DayAndClock(alert.published_at(), now) + " no longer holds.";
}

std::string Names(const v1::Alert& alert) {
  std::string names;
  for (int i = 0; i < alert.service_names_size() && i < kMostNames; ++i)
    names += (names.empty() ? "" : ", ") + alert.service_names(i);
  if (const int more = alert.service_names_size() - kMostNames; more > 0)
    names += " and " + std::to_string(more) + " more";
  return names;
}

}  // namespace

std::string AllClearWords(const v1::Alert& alert, TimePoint now) {
  const v1::ZonedTime at = ToZoned(now, alert.zone());
  if (alert.kind() == v1::Kind::INFORMATION) return NoLongerHolds("ENDED", alert, at);
  if (alert.service_names().empty()) return NoLongerHolds("ALL CLEAR", alert, at);
  return "ALL CLEAR " + ClockText(at) + ". " + Names(alert) + ": working again.";
}

std::string RecallWords(const v1::Alert& alert, std::string_view reason, TimePoint now) {
  const v1::ZonedTime at = ToZoned(now, alert.zone());
  if (!reason.empty()) return NoLongerHolds("RECALLED", alert, at) + " " + std::string(reason);
  return "RECALLED " + ClockText(at) + ". The notice of " + DayAndClock(alert.published_at(), at) +
         " was sent by mistake. No action needed.";
}

std::string ExpiryWords(const v1::Alert& alert, TimePoint now) {
  return NoLongerHolds("ENDED", alert, ToZoned(now, alert.zone()));
}

}  // namespace wardcast
