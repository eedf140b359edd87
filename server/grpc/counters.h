// What the gRPC door counts while it serves.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace wardcast {

// Threads: any.
struct GrpcCounters {
  std::atomic<std::size_t> streams{0};     // open subscriptions
  std::atomic<std::uint64_t> accepted{0};  // subscriptions that were opened
  std::atomic<std::uint64_t> refused{0};   // subscriptions that were refused
  std::atomic<std::uint64_t> too_slow{0};  // cut off because they took nothing
};

}  // namespace wardcast
