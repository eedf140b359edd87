// What an exception of SOCI means. Exceptions end here: whatever leaves the store is an Error.
#pragma once

#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/result.h"

namespace wardcast {

struct Failure {
  Error error;
  // The same transaction may succeed at once: a deadlock, or somebody else inserted the same key
  // first.
  bool try_again = false;
  // The connection is of no use any more: throw it away.
  bool lost = false;
};

// A parameter that a database cannot hold as text: a zero byte, or not UTF-8.
class UnfitText : public std::invalid_argument {
 public:
  UnfitText() : std::invalid_argument("text with a zero byte, or not UTF-8") {}
};

// `place` names the database for a person, for example its file. Values of parameters never get
// into the message: they may be the text of an alert.
Failure Explain(const std::exception& exception, std::string_view place);

// True if every database can hold `text` and give it back: UTF-8 without a zero byte.
bool IsPlainText(std::string_view text);

}  // namespace wardcast
