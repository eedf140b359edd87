#include "server/alert/checks/patient_data.h"

#include <algorithm>
#include <array>
#include <string>

namespace wardcast {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// ASCII letters, and every byte of others: words end at neither.
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

std::string Lowered(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lowered;
}

// Digits and what may stand between them in a date, a number of insurance or a phone number:
// "1957-03-14", "123-45-6789", "970 555 0100".
struct Run {
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool Joins(char c) { return c == '-' || c == '/' || c == '.'; }

Run NextRun(std::string_view text, std::size_t from) {
  while (from < text.size() && !IsDigit(text[from])) ++from;
  std::size_t end = from;
  while (end < text.size() && (IsDigit(text[end]) || (Joins(text[end]) && end + 1 < text.size() &&
                                                      IsDigit(text[end + 1]))))
    ++end;
  return {.begin = from, .end = end};
}

// The lengths of the digits between the joints, 0 where there are none; more than four parts: the
// rest does not count.
struct Shape {
  std::array<int, 4> lengths{};
  std::array<int, 4> values{};
  int parts = 0;
};

Shape ShapeOf(std::string_view run) {
  Shape shape;
  bool inside = false;
  for (const char c : run) {
    if (!IsDigit(c)) {
      inside = false;
      continue;
    }
    if (!inside) ++shape.parts;
    inside = true;
    const std::size_t i = static_cast<std::size_t>(shape.parts - 1);
    if (i >= shape.lengths.size()) continue;
    ++shape.lengths[i];
    if (shape.lengths[i] <= 6) shape.values[i] = shape.values[i] * 10 + (c - '0');
  }
  return shape;
}

bool IsSocialSecurity(const Shape& shape, std::string_view run) {
  return shape.parts == 3 && shape.lengths[0] == 3 && shape.lengths[1] == 2 &&
         shape.lengths[2] == 4 && run[3] == '-';
}

// The year, if it is a date with one: 1957-03-14, 03/14/1957, 14.3.57. Else 0.
int YearOfDate(const Shape& shape) {
  if (shape.parts != 3) return 0;
  const auto is_small = [&](std::size_t i) {
    return shape.lengths[i] <= 2 && shape.values[i] >= 1 && shape.values[i] <= 31;
  };
  if (shape.lengths[0] == 4 && is_small(1) && is_small(2)) return shape.values[0];
  if (!is_small(0) || !is_small(1)) return 0;
  if (shape.lengths[2] == 4) return shape.values[2];
  return shape.lengths[2] == 2 ? 2000 + shape.values[2] : 0;
}

// One of the words ends at most a few characters before `at`; nothing but blanks, signs and short
// words lie between.
template <class List>
bool Precedes(const List& words, std::string_view text, std::size_t at) {
  constexpr std::size_t kReach = 24;
  const std::size_t begin = at > kReach ? at - kReach : 0;
  const std::string_view before = text.substr(begin, at - begin);
  for (const std::string_view word : words) {
    std::size_t found = before.rfind(word);
    for (; found != std::string_view::npos;
         found = found ? before.rfind(word, found - 1) : std::string_view::npos) {
      const std::size_t end = found + word.size();
      const bool starts = (found == 0 && begin == 0) || (found > 0 && !IsLetter(before[found - 1]));
      const bool ends = end == before.size() || !IsLetter(before[end]);
      if (starts && ends && before.find_first_of("0123456789;,", end) == std::string_view::npos)
        return true;
      if (found == 0) break;
    }
  }
  return false;
}

constexpr std::array<std::string_view, 15> kBirth{
    "dob",    "d.o.b",  "born",  "birth",  "birthdate",  "birthday",     "geb",      "geboren",
    "nacido", "nacida", "né le", "née le", "nacimiento", "geburtsdatum", "naissance"};
constexpr std::array<std::string_view, 14> kRecord{"mrn",        "mr#",
                                                   "mr #",       "record number",
                                                   "record no",  "patient id",
                                                   "pat.nr",     "patient number",
                                                   "patient no", "patientennummer",
                                                   "fallnummer", "nhc",
                                                   "ipp",        "encounter"};
constexpr std::array<std::string_view, 14> kPhone{
    "call", "phone",   "dial",    "ext",     "pager",  "page",   "tel",
    "fax",  "telefon", "anrufen", "appeler", "llamar", "ticket", "teléfono"};

bool IsNamedTicket(std::string_view text, std::size_t begin) {
  // "INC0012345", "CHG-12345678": letters belong to it.
  return begin > 0 && (IsLetter(text[begin - 1]) ||
                       (begin > 1 && text[begin - 1] == '-' && IsLetter(text[begin - 2])));
}

}  // namespace

bool LooksLikePatientData(std::string_view written) {
  constexpr int kBornBefore = 2020;
  constexpr int kLeastRecord = 4;
  constexpr int kLeastUnnamedRecord = 7;
  const std::string text = Lowered(written);
  for (Run run = NextRun(text, 0); run.begin < text.size(); run = NextRun(text, run.end)) {
    const std::string_view digits = std::string_view(text).substr(run.begin, run.end - run.begin);
    const Shape shape = ShapeOf(digits);
    if (IsSocialSecurity(shape, digits)) return true;
    if (const int year = YearOfDate(shape); year != 0) {
      if (shape.lengths[0] == 4 || shape.lengths[2] == 4) {
        if (year >= 1900 && year < kBornBefore) return true;
      }
      if (Precedes(kBirth, text, run.begin)) return true;
      continue;
    }
    if (shape.parts != 1) continue;
    if (shape.lengths[0] >= kLeastRecord && Precedes(kRecord, text, run.begin) &&
        !Precedes(kPhone, text, run.begin))
      return true;
    if (shape.lengths[0] >= kLeastUnnamedRecord && !IsNamedTicket(text, run.begin) &&
        !Precedes(kPhone, text, run.begin))
      return true;
  }
  return false;
}

}  // namespace wardcast
