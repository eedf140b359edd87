#include "agent/cli/notice/times.h"

#include <charconv>
#include <optional>
#include <utility>

#include "base/proto_time.h"

namespace wardcast::cli {
namespace {

constexpr const char* kAllowed =
    "must be now, +30m, +2h, a time with its offset (2026-03-01T14:30:00-07:00), or what a clock "
    "on "
    "the wall shows there (\"2026-11-01 01:30\"; in the night in which clocks go back \"2026-11-01 "
    "01:30 second\")";

// All of `text` as a number; nullopt: it is none.
std::optional<int> Number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty() || text[0] == '-')
    return std::nullopt;
  return number;
}

// "2026-11-01T01:30", or with a blank in place of the T.
bool IsWallTime(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00T00:00";
  if (text.size() != kForm.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool fits = kForm[i] == '0'   ? text[i] >= '0' && text[i] <= '9'
                      : kForm[i] == 'T' ? text[i] == 'T' || text[i] == ' '
                                        : text[i] == kForm[i];
    if (!fits) return false;
  }
  return true;
}

// Takes `word` off the end.
bool TakeWord(std::string_view& text, std::string_view word) {
  if (!text.ends_with(word)) return false;
  text.remove_suffix(word.size());
  return true;
}

// Minutes, or hours, by the last letter.
std::optional<std::chrono::minutes> Amount(std::string_view text) {
  const bool hours = text.ends_with('h');
  if (hours || text.ends_with('m')) text.remove_suffix(1);
  const auto number = Number(text);
  if (!number || *number > 1'000'000) return std::nullopt;
  return std::chrono::minutes(hours ? *number * 60 : *number);
}

}  // namespace

Result<v1::ZonedTime> ParseTime(const std::string& text, Doubled& doubled, TimePoint now) {
  v1::ZonedTime time;
  if (text == "now") {
    *time.mutable_at() = ToTimestamp(now);
    return time;
  }
  if (text.starts_with('+') && (text.ends_with('m') || text.ends_with('h'))) {
    const auto amount = Amount(std::string_view(text).substr(1));
    if (!amount) return Fail(Code::kInvalidArgument, kAllowed);
    *time.mutable_at() = ToTimestamp(now + *amount);
    return time;
  }
  std::string_view wall = text;
  TakeWord(wall, " time");
  const Doubled own = TakeWord(wall, " first")    ? Doubled::kFirst
                      : TakeWord(wall, " second") ? Doubled::kSecond
                                                  : Doubled::kAsk;
  if (IsWallTime(wall)) {
    std::string local(wall);
    local[10] = 'T';
    time.set_local(local);
    const Doubled meant = own == Doubled::kAsk ? std::exchange(doubled, Doubled::kAsk) : own;
    if (meant != Doubled::kAsk) time.set_second_time(meant == Doubled::kSecond);
    return time;
  }
  const auto instant = FromRfc3339(text);
  if (!instant) return Fail(Code::kInvalidArgument, kAllowed);
  *time.mutable_at() = ToTimestamp(*instant);
  return time;
}

Result<std::chrono::minutes> ParseMinutes(std::string_view text) {
  const auto amount = Amount(text);
  if (!amount || *amount < std::chrono::minutes(1) || *amount > std::chrono::days(7))
    return Fail(Code::kInvalidArgument, "must be like 30m or 2h, 1 minute to 7 days");
  return *amount;
}

}  // namespace wardcast::cli
