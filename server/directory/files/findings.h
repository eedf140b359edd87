// What is wrong with an import or with single entries, place by place.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace wardcast {

struct Finding {
  std::string place;   // "wards.csv:12", "templates.json[2]", "wards[2]" or a file name
  std::string column;  // as the file calls it, or "alert.services" of a template; empty: all of it
  std::string description;
};

// Keeps the first 50 and counts the rest: somebody has to read them.
class Findings {
 public:
  static constexpr std::size_t kMost = 50;

  void Add(std::string place, std::string description) {
    Add(std::move(place), {}, std::move(description));
  }
  void Add(std::string place, std::string column, std::string description) {
    if (++count_ <= kMost)
      listed_.push_back({std::move(place), std::move(column), std::move(description)});
  }
  // Takes over the violations of `error`.
  void Add(const Error& error) {
    for (const FieldViolation& violation : error.violations)
      Add(violation.field, violation.description);
  }
  bool empty() const { return count_ == 0; }
  std::size_t count() const { return count_; }
  // True: a further one is only counted, so that its text need not be made.
  bool full() const { return count_ >= kMost; }
  const std::vector<Finding>& listed() const { return listed_; }

  // INVALID_ARGUMENT with all that was kept, as "wards.csv:12: building: …"; the last one says how
  // many more there are.
  std::unexpected<Error> Refusal() const {
    std::vector<FieldViolation> violations;
    violations.reserve(listed_.size());
    for (const auto& [place, column, description] : listed_)
      violations.push_back({place, column.empty() ? description : column + ": " + description});
    return RefusalOf(std::move(violations), "import", "nothing was imported: ");
  }
  // The same with violations that the caller has made of listed().
  std::unexpected<Error> RefusalOf(std::vector<FieldViolation> violations, std::string_view whole,
                                   std::string_view nothing_done) const {
    if (count_ > kMost) {
      violations.push_back({std::string(whole), "has " + std::to_string(count_ - kMost) +
                                                    " more problems that are not listed here"});
    }
    auto refusal = Invalid(std::move(violations));
    refusal.error().message = std::string(nothing_done) + refusal.error().message;
    return refusal;
  }

 private:
  std::vector<Finding> listed_;
  std::size_t count_ = 0;
};

}  // namespace wardcast
