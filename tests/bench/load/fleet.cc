#include "tests/bench/load/fleet.h"

#include <cstdio>
#include <string>

namespace wardcast::bench {
namespace {

// As many wait for their first message at once: the queue of a listening socket is short.
constexpr int kAtOnce = 128;
constexpr std::chrono::seconds kLongest{60};
constexpr int kSayEvery = 1'000;

}  // namespace

Result<void> Fleet::Connect() {
  int synced = 0;
  for (int begun = 0; synced < size();) {
    for (; begun < size() && begun - synced < kAtOnce; ++begun) {
      if (auto opened = at(begun).Open(); !opened) return opened;
    }
    // In order, which is almost the order in which they are served.
    const auto next = [&] { return at(synced).synced() || !at(synced).problem().empty(); };
    if (auto served = loop_.Until(next, kLongest, "connecting"); !served) return served;
    while (synced < begun && at(synced).synced()) {
      if (++synced % kSayEvery == 0) std::fprintf(stderr, "%d of %d connected\n", synced, size());
    }
    if (synced < size() && !at(synced).problem().empty()) {
      return Fail(Code::kUnavailable,
                  EndpointId(synced) + " could not connect: " + at(synced).problem());
    }
  }
  return {};
}

std::string Fleet::Problem() const {
  std::string first;
  int lost = 0;
  for (const auto& endpoint : endpoints_) {
    if (endpoint->problem().empty()) continue;
    if (lost++ == 0) first = endpoint->problem();
  }
  return lost == 0 ? "" : std::to_string(lost) + " endpoints are lost; the first: " + first;
}

}  // namespace wardcast::bench
