// bench_group_commit ROWS SPREAD_MS ROUNDS: acknowledgements arrive evenly at the journal, on the
// embedded store, with groups that wait 5, 10, 20 and 50 ms for company; in turn, each round anew.
// Prints a JSON line for each. Called by tests/bench/run.sh.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "base/ulid.h"
#include "server/bus/bus.h"
#include "server/journal/journal.h"
#include "server/store/open_store.h"
#include "tests/servers/temp_folder.h"

namespace wardcast {
namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kGathers[] = {milliseconds(5), milliseconds(10), milliseconds(20),
                                     milliseconds(50)};

// One commit publishes once.
class CountingBus final : public Bus {
 public:
  void Publish(Topic, std::int64_t) noexcept override { ++commits_; }
  Subscription Subscribe(std::function<void(Topic, std::int64_t)>) override { return {}; }
  BusHealth Health() const override { return {}; }
  int commits() const { return commits_; }

 private:
  std::atomic<int> commits_ = 0;
};

struct Wait {
  SteadyClock::time_point sent;
  SteadyClock::time_point confirmed;
  bool recorded = false;
};

AnswerRow Row(int number, TimePoint now) {
  AnswerRow row{.id = NewUlid(now), .endpoint_id = "pc-" + std::to_string(number), .answer = {}};
  row.answer.set_alert_id("A");
  row.answer.set_round(1);
  row.answer.set_ward_id("ward-" + std::to_string(number / 10));
  row.answer.set_response(v1::Response::PROCEDURE_STARTED);
  return row;
}

double Milliseconds(SteadyClock::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

nlohmann::json Measure(milliseconds gather, int rows, milliseconds spread) {
  const SystemClock clock;
  const testing::TempFolder folder;
  auto store = OpenStore({.data_dir = folder.path()}, clock.Now());
  if (!store) throw std::runtime_error(store.error().message);
  CountingBus bus;
  std::vector<Wait> waits(static_cast<std::size_t>(rows));
  std::vector<AnswerRow> answers;
  answers.reserve(waits.size());
  for (int i = 0; i < rows; ++i) answers.push_back(Row(i, clock.Now()));
  const auto began = SteadyClock::now();
  {
    Journal journal({.gather = gather, .broker_id = "bench"}, **store, bus, clock);
    for (int i = 0; i < rows; ++i) {
      std::this_thread::sleep_until(began + spread * i / rows);
      Wait& wait = waits[static_cast<std::size_t>(i)];
      wait.sent = SteadyClock::now();
      const auto added = journal.Add({}, {std::move(answers[static_cast<std::size_t>(i)])},
                                     [&wait](Result<void> outcome) {
                                       wait.confirmed = SteadyClock::now();
                                       wait.recorded = outcome.has_value();
                                     });
      if (!added) throw std::runtime_error(added.error().message);
    }
  }  // the journal commits what is left
  std::vector<double> times;
  times.reserve(waits.size());
  auto last = began;
  for (const Wait& wait : waits) {
    if (!wait.recorded) throw std::runtime_error("an acknowledgement was not recorded");
    times.push_back(Milliseconds(wait.confirmed - wait.sent));
    last = std::max(last, wait.confirmed);
  }
  std::ranges::sort(times);
  return {{"gather_ms", gather.count()},
          {"rows", rows},
          {"spread_ms", spread.count()},
          {"commits", bus.commits()},
          {"ms", Milliseconds(last - began)},
          {"median_ms", times[times.size() / 2]},
          {"p99_ms", times[times.size() * 99 / 100]},
          {"max_ms", times.back()}};
}

int Run(int rows, milliseconds spread, int rounds) {
  for (int round = 0; round < rounds; ++round) {
    for (const milliseconds gather : kGathers) {
      std::printf("%s\n", Measure(gather, rows, spread).dump().c_str());
      std::fflush(stdout);
    }
  }
  return 0;
}

}  // namespace
}  // namespace wardcast

int main(int argc, char** argv) {
  const auto number = [&](int at) { return at < argc ? std::atoi(argv[at]) : 0; };
  if (argc != 4 || number(1) < 1 || number(2) < 1 || number(3) < 1) {
    std::fprintf(stderr, "Usage: bench_group_commit ROWS SPREAD_MS ROUNDS\n");
    return 2;
  }
  try {
    return wardcast::Run(number(1), std::chrono::milliseconds(number(2)), number(3));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_group_commit: %s\n", error.what());
    return 1;
  }
}
