// What the generator measures, each as one JSON object.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "tests/bench/load/bare_publisher.h"
#include "tests/bench/load/fleet.h"
#include "tests/bench/load/publishers.h"

namespace wardcast::bench {

// Threads: the loop's.
class Rounds {
 public:
  virtual ~Rounds() = default;
  // Connects everything. {"connect_ms"}
  virtual Result<nlohmann::json> Connect() = 0;
  // One command of standard input. kInvalidArgument: there is no such command here.
  // `publish N`   N alerts at once, until each endpoint has all: {"ms", "first_ms", "messages",
  //               "cpu_us", "bytes"} and, from a broker, "answered_ms"
  // `end`         ends what was published, until each endpoint knows: {"ms"}
  // `acknowledge MS PER_WARD`  all agents acknowledge the published alert within so many
  //               milliseconds: {"ms", "refused", "median_ms", "p99_ms"}
  // Bare: `publish N` sends N bytes.
  virtual Result<nlohmann::json> Run(const std::string& name, int number, int second) = 0;
};

// `burst`: the most alerts at once.
struct RoundsConfig {
  enum class Kind { kAgents, kBrowsers, kBare };
  Kind kind = Kind::kAgents;
  int count = 0;
  int burst = 20;
  Place at;       // where the endpoints connect
  Place publish;  // the broker's gRPC door
  std::string token;
};

std::unique_ptr<Rounds> MakeBrokerRounds(Loop& loop, const RoundsConfig& config);
std::unique_ptr<Rounds> MakeBareRounds(Loop& loop, const RoundsConfig& config);

}  // namespace wardcast::bench
