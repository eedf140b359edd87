// What the endpoint did, one JSON object a line, for tests that kill things and compare. Never
// texts of alerts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace wardcast::agent {

// Threads: one at a time. Each line is written with one call, so a killed process leaves whole
// lines.
class Ledger {
 public:
  Ledger() = default;  // writes nothing
  ~Ledger();
  Ledger(Ledger&& other) noexcept;
  Ledger& operator=(Ledger&& other) noexcept;

  // Appends to FILE. kUnavailable: cannot be opened.
  static Result<Ledger> Open(const std::filesystem::path& file);

  struct Line {
    std::string_view event;  // applied, removed, call, display, press, recorded, refused, rejected
    std::string_view alert;
    std::int64_t version = 0;  // the version that is applied
    int round = 0;
    std::string_view detail = {};  // state, stage or press
  };
  // Adds `t` (nanoseconds, monotonic) and `ms` (wall clock).
  void Write(const Line& line);

 private:
  explicit Ledger(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace wardcast::agent
