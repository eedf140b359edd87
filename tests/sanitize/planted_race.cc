// A data race on purpose: two threads count without a lock. The thread sanitizer must find it.
#include <fmt/core.h>

#include <stop_token>
#include <thread>

#include "base/named_thread.h"

int main() {
  int count = 0;
  {
    const auto add = [&count](std::stop_token) {
      for (int i = 0; i < 100'000; ++i) ++count;
    };
    std::jthread first = wardcast::StartThread("racer-1", add);
    std::jthread second = wardcast::StartThread("racer-2", add);
  }
  fmt::print("{}\n", count);
}
