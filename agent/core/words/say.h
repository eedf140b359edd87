// The product's own words in a language. UTF-8 plain text. Threads: any.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

#include "agent/core/words/language.h"
#include "agent/core/words/phrase.h"

namespace wardcast::agent {

// What stands in one blank: `{time}` has the name "time". The text comes in as it is; braces in it
// are no blanks.
struct Blank {
  std::string_view name;
  std::string_view text;
};

std::string Say(Language language, Phrase phrase);
// A blank that is not given stays empty.
std::string Say(Language language, Phrase phrase, std::initializer_list<Blank> blanks);

// The form that the language uses for this number, with `{count}` filled: "1 open notice", "3 open
// notices"; French has its singular for 0 as well.
std::string SayCount(Language language, Phrase one, Phrase many, std::size_t count);

// Word number `index` (from 0) of a phrase that is a list: weekdays, months.
std::string SayItem(Language language, Phrase list, std::size_t index);

}  // namespace wardcast::agent
