// The product's own words in one language, as the broker writes them into alerts. Ward screens have
// theirs.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "server/alert/words/language.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// {}, {0}, {1} … stand for what is filled in. Each entry is there in every language.
struct Phrases {
  std::array<const char*, 7> days;     // Sunday first
  std::array<const char*, 12> months;  // short
  const char* date;                    // {0} day, {1} month, {2} its name

  // Closings. {0} a clock time.
  const char* all_clear;
  const char* ended;
  const char* recalled;
  const char* no_longer_holds;  // {0} when it was published
  const char* by_mistake;       // {0} when it was published
  const char* never_shown;
  const char* working_again;          // {0} names of services
  const char* working_again_at;       // {0} names of services, {1} names of sites
  const char* working_again_at_site;  // {0} names of sites
  const char* still_down;             // {0} names of services
  const char* rest_still_down;
  const char* and_more;  // {0} how many
  const char* restored;
  const char* drill_ended;
  const char* drill_was;  // {0} when it was published
  const char* drill_stopped;
  const char* drill_next_is_real;

  // What an edit changed.
  const char* severity;  // {0} now, {1} before
  const char* what_to_do;
  const char* services;
  const char* wards;
  const char* expected_back;  // {0} when
  const char* expected_back_unknown;
  const char* next_update;  // {0} when
  const char* next_update_none;
  const char* start;  // {0} when
  const char* start_unknown;
  const char* begun;           // {0} when
  const char* postponed_to;    // {0} when, {1} before
  const char* postponed_open;  // {0} before
  const char* headline;
  const char* impact;
  const char* still_works;
  const char* phone;  // {0} number
  const char* downtime_pc;
  const char* back_entry;
  const char* details;

  // What stands in the blanks of texts.
  const char* and_last;        // {0} names, {1} the last one
  const char* time_not_known;  // where a time was said once
};

const Phrases& PhrasesIn(Language language);

// `phrase` with its places filled in: {} and {0} are the first of `values`, {1} the second. A place
// beyond them stays empty; nothing in a value is a place.
std::string Filled(const char* phrase, const std::vector<std::string>& values);

// "WARNING" and so on, after ANSI Z535; UNSPECIFIED as MODERATE.
const char* SeverityWord(v1::Severity::Value severity, Language language);

// "IT is looking into it"; UNSPECIFIED as CONFIRMED.
const char* PhaseWords(v1::Phase::Value phase, Language language);

// "planned downtime"; UNSPECIFIED: "notice".
const char* KindWords(v1::Kind::Value kind, Language language);

}  // namespace wardcast
