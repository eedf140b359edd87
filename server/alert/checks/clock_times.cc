#include "server/alert/checks/clock_times.h"

#include <fmt/format.h>

#include <cstddef>

namespace wardcast {
namespace {

bool IsDecimal(char c) { return c >= '0' && c <= '9'; }

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// A letter or digit of any script goes on.
bool GoesOn(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const char c = Lower(text[at]);
  return IsDecimal(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

// `word` stands at `at`, perhaps after one blank, and ends there. Returns its end or 0.
std::size_t WordAt(std::string_view text, std::size_t at, std::string_view word) {
  if (at < text.size() && text[at] == ' ') ++at;
  for (const char c : word) {
    if (at >= text.size() || Lower(text[at]) != c) return 0;
    ++at;
  }
  return GoesOn(text, at) ? 0 : at;
}

enum class Half { kNone, kMorning, kAfternoon };

struct HalfOfDay {
  Half half = Half::kNone;
  std::size_t end = 0;
};

HalfOfDay HalfAt(std::string_view text, std::size_t at) {
  for (const char* word : {"am", "a.m", "a.m."}) {
    if (const std::size_t end = WordAt(text, at, word)) return {.half = Half::kMorning, .end = end};
  }
  for (const char* word : {"pm", "p.m", "p.m."}) {
    if (const std::size_t end = WordAt(text, at, word))
      return {.half = Half::kAfternoon, .end = end};
  }
  return {.half = Half::kNone, .end = at};
}

int OfDay(int hour, Half half) {
  switch (half) {
    case Half::kNone:
      return hour;
    case Half::kMorning:
      return hour % 12;
    case Half::kAfternoon:
      return hour % 12 + 12;
  }
  return hour;
}

}  // namespace

std::vector<std::string> ClockTimesIn(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < text.size();) {
    if (!IsDecimal(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    int hour = 0;
    for (; at < text.size() && IsDecimal(text[at]); ++at) {
      if (at - begin < 3) hour = hour * 10 + (text[at] - '0');
    }
    const std::size_t hour_digits = at - begin;
    // Part of a longer number, a date, a version, a word.
    const bool joined =
        begin > 0 && (text[begin - 1] == '.' || text[begin - 1] == ':' || text[begin - 1] == '-' ||
                      text[begin - 1] == '/' || GoesOn(text, begin - 1));
    const bool dash_of_span = begin > 1 && text[begin - 1] == '-' && IsDecimal(text[begin - 2]);
    if (hour_digits > 2 || hour > 23 || (joined && !dash_of_span)) {
      while (at < text.size() && (GoesOn(text, at) || (at + 1 < text.size() && text[at] != ' ' &&
                                                       IsDecimal(text[at + 1]) && text[at] != '-')))
        ++at;
      continue;
    }
    const char mark = at < text.size() ? Lower(text[at]) : ' ';
    const bool minutes_follow = at + 2 < text.size() && IsDecimal(text[at + 1]) &&
                                IsDecimal(text[at + 2]) &&
                                !(at + 3 < text.size() && IsDecimal(text[at + 3]));
    if ((mark == ':' || mark == '.' || mark == 'h') && minutes_follow) {
      const int minute = (text[at + 1] - '0') * 10 + (text[at + 2] - '0');
      const std::size_t end = at + 3;
      const HalfOfDay half = HalfAt(text, end);
      // With a dot only where something says that it is a time: "2.14" is a version.
      const bool is_time = minute < 60 && (mark != '.' || half.half != Half::kNone ||
                                           WordAt(text, end, "uhr") || WordAt(text, end, "h"));
      const bool version = end + 1 < text.size() && (text[end] == '.' || text[end] == '/') &&
                           IsDecimal(text[end + 1]);
      if (is_time && !version)
        found.push_back(fmt::format("{:02}:{:02}", OfDay(hour, half.half), minute));
      at = end;
      continue;
    }
    if (const HalfOfDay half = HalfAt(text, at); half.half != Half::kNone && hour <= 12) {
      found.push_back(fmt::format("{:02}:00", OfDay(hour, half.half)));
      at = half.end;
    } else if (const std::size_t end = WordAt(text, at, "uhr")) {
      found.push_back(fmt::format("{:02}:00", hour));
      at = end;
    }
  }
  return found;
}

}  // namespace wardcast
