// What is wrong with an import, place by place.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"

namespace wardcast {

// Keeps the first 50 and counts the rest: somebody has to read them.
class Findings {
 public:
  static constexpr std::size_t kMost = 50;

  // `place`: "wards.csv:12", "templates.json[2]" or a file name.
  void Add(std::string place, std::string description) {
    if (++count_ <= kMost) listed_.push_back({std::move(place), std::move(description)});
  }
  // Takes over the violations of `error`.
  void Add(const Error& error) {
    for (const FieldViolation& violation : error.violations)
      Add(violation.field, violation.description);
  }
  bool empty() const { return count_ == 0; }
  // True: a further one is only counted, so that its text need not be made.
  bool full() const { return count_ >= kMost; }

  // INVALID_ARGUMENT with all that was kept; the last one says how many more there are.
  std::unexpected<Error> Refusal() const {
    std::vector<FieldViolation> violations = listed_;
    if (count_ > kMost) {
      violations.push_back({"import", "has " + std::to_string(count_ - kMost) +
                                          " more problems that are not listed here"});
    }
    auto refusal = Invalid(std::move(violations));
    refusal.error().message = "nothing was imported: " + refusal.error().message;
    return refusal;
  }

 private:
  std::vector<FieldViolation> listed_;
  std::size_t count_ = 0;
};

}  // namespace wardcast
