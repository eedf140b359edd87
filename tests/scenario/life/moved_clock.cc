#include "tests/scenario/life/moved_clock.h"

#include <fmt/format.h>

#include <fstream>
#include <utility>

namespace wardcast::testing {
namespace {

namespace fs = std::filesystem;

// Empty: it is not installed.
std::string FindLibrary() {
  for (const fs::path folder : {"/usr/lib/x86_64-linux-gnu/faketime",
                                "/usr/lib/aarch64-linux-gnu/faketime", "/usr/lib/faketime"}) {
    if (fs::exists(folder / "libfaketimeMT.so.1")) return folder / "libfaketimeMT.so.1";
  }
  return "";
}

}  // namespace

std::string MovedClock::WhyNot() {
#ifdef WARDCAST_SANITIZED
  return "a sanitizer's runtime must be loaded first";
#else
  return FindLibrary().empty() ? "libfaketime is not installed" : "";
#endif
}

MovedClock::MovedClock(fs::path file, TimePoint begins) : file_(std::move(file)) { MoveTo(begins); }

std::vector<std::string> MovedClock::Environment() const {
  return {"LD_PRELOAD=" + FindLibrary(), "FAKETIME_TIMESTAMP_FILE=" + file_.string(),
          "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1"};
}

void MovedClock::MoveTo(TimePoint time) {
  ahead_ = time - SystemClock().Now();
  // Nobody reads a half of it.
  const fs::path half = file_.string() + ".new";
  std::ofstream(half) << fmt::format("{:+.3f}\n", static_cast<double>(ahead_.count()) / 1000);
  fs::rename(half, file_);
}

TimePoint MovedClock::Now() const { return SystemClock().Now() + ahead_; }

}  // namespace wardcast::testing
