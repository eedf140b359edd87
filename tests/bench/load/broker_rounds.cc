#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/bench/load/acknowledging.h"
#include "tests/bench/load/cpu_time.h"
#include "tests/bench/load/rounds.h"

namespace wardcast::bench {
namespace {

using std::chrono::milliseconds;

// An alert that has not reached everybody after this is lost.
constexpr std::chrono::seconds kLost{60};

double Millis(Instant::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

std::vector<std::unique_ptr<Endpoint>> Subscribers(const RoundsConfig& config, Loop& loop,
                                                   Tally& tally) {
  const auto make = config.kind == RoundsConfig::Kind::kBrowsers ? MakeBrowser : MakeAgent;
  std::vector<std::unique_ptr<Endpoint>> endpoints;
  endpoints.reserve(static_cast<std::size_t>(config.count));
  for (int i = 0; i < config.count; ++i) endpoints.push_back(make(config.at, i, loop, tally));
  return endpoints;
}

class BrokerRounds final : public Rounds {
 public:
  BrokerRounds(Loop& loop, const RoundsConfig& config)
      : loop_(loop),
        config_(config),
        tally_(config.count),
        fleet_(loop, Subscribers(config_, loop, tally_)),
        publishers_(loop, config_.publish, config_.token, config_.burst) {}

  Result<nlohmann::json> Connect() override {
    const Instant began = Now();
    if (auto connected = fleet_.Connect(); !connected) return std::unexpected(connected.error());
    const double took = Millis(Now() - began);
    if (auto connected = publishers_.Connect(); !connected)
      return std::unexpected(connected.error());
    return nlohmann::json{{"connect_ms", took}};
  }

  Result<nlohmann::json> Run(const std::string& name, int number, int second) override {
    if (name == "publish" && number >= 1 && number <= config_.burst) return Publish(number);
    if (name == "end") return End();
    if (name == "acknowledge" && number >= 1 && second >= 1) return Acknowledge(number, second);
    return Fail(Code::kInvalidArgument, "no command here: " + name);
  }

 private:
  // Serves until `done`, or something is lost.
  Result<void> Await(const std::function<bool()>& done, const std::string& what) {
    const auto served =
        loop_.Until([&] { return done() || !publishers_.problem().empty(); }, kLost, what);
    std::string problem = publishers_.problem();
    if (served && problem.empty() && tally_.repeated() == 0) return {};
    if (tally_.repeated() > 0)
      problem += " " + std::to_string(tally_.repeated()) + " versions came twice;";
    if (!served) problem += " " + served.error().message + "; " + fleet_.Problem();
    return Fail(Code::kUnavailable, what + ": " + problem);
  }

  Result<nlohmann::json> Publish(int count) {
    tally_.Begin();
    const std::uint64_t received = fleet_.at(0).received();
    const double cpu = CpuTime();
    const Instant began = Now();
    publishers_.Publish(count);
    const auto all = [&] { return publishers_.Idle() && tally_.open() == count; };
    if (auto done = Await(all, "publishing"); !done) return std::unexpected(done.error());
    const double spent = CpuTime() - cpu;
    return nlohmann::json{{"ms", Millis(tally_.last() - began)},
                          {"first_ms", Millis(tally_.first() - began)},
                          {"answered_ms", Millis(publishers_.answered() - began)},
                          {"messages", tally_.messages()},
                          {"cpu_us", spent},
                          {"bytes", fleet_.at(0).received() - received}};
  }

  Result<nlohmann::json> End() {
    tally_.Begin();
    const auto count = static_cast<int>(publishers_.open().size());
    const Instant began = Now();
    publishers_.EndAll();
    const auto all = [&] { return publishers_.Idle() && tally_.closed() == count; };
    if (auto done = Await(all, "ending"); !done) return std::unexpected(done.error());
    return nlohmann::json{{"ms", Millis(Now() - began)}};
  }

  Result<nlohmann::json> Acknowledge(int spread_ms, int per_ward) {
    if (publishers_.open().empty())
      return Fail(Code::kFailedPrecondition, "publish an alert first");
    Acknowledging acknowledging(loop_, fleet_,
                                {.alert_id = publishers_.open().front(),
                                 .spread = milliseconds(spread_ms),
                                 .per_ward = per_ward});
    tally_.Begin();
    if (auto done = acknowledging.Run(); !done) return std::unexpected(done.error());
    const std::vector<double>& waits = acknowledging.waits();
    return nlohmann::json{{"ms", acknowledging.last_confirmed().count()},
                          {"refused", acknowledging.refused()},
                          {"median_ms", waits[waits.size() / 2]},
                          {"p99_ms", waits[waits.size() * 99 / 100]},
                          {"max_ms", waits.back()},
                          {"messages", tally_.messages()}};
  }

  Loop& loop_;
  const RoundsConfig config_;
  Tally tally_;
  Fleet fleet_;
  Publishers publishers_;
};

}  // namespace

std::unique_ptr<Rounds> MakeBrokerRounds(Loop& loop, const RoundsConfig& config) {
  return std::make_unique<BrokerRounds>(loop, config);
}

}  // namespace wardcast::bench
