// Every delivery as one JSON line, for benchmarks and for tests that count.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/mutex.h"
#include "base/result.h"

namespace wardcast::light {

// Threads: Write and Flush from any.
class DeliveryLedger {
 public:
  DeliveryLedger() = default;  // writes nothing
  // Appends to FILE. kUnavailable: cannot be opened.
  static Result<std::unique_ptr<DeliveryLedger>> Open(const std::filesystem::path& file);

  struct Line {
    std::int64_t steady_ns = 0;  // when it arrived
    std::int64_t wall_ms = 0;
    std::string_view endpoint;
    std::string_view alert;
    std::int64_t version = 0;
    int round = 0;
    std::string_view
        state;  // ACTIVE, CLOSED, …; REMOVED; AGAIN for a version that was held already
  };
  void Write(const Line& line);
  void Flush();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  Mutex mu_;
  std::unique_ptr<std::FILE, Close> file_ GUARDED_BY(mu_);
};

}  // namespace wardcast::light
