#include <nlohmann/json.hpp>

#include "tests/bench/load/cpu_time.h"
#include "tests/bench/load/rounds.h"

namespace wardcast::bench {
namespace {

constexpr std::chrono::seconds kBareLost{60};

double Milliseconds(Instant::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

std::vector<std::unique_ptr<Endpoint>> Receivers(const RoundsConfig& config, Loop& loop,
                                                 ByteTally& tally) {
  std::vector<std::unique_ptr<Endpoint>> receivers;
  receivers.reserve(static_cast<std::size_t>(config.count));
  for (int i = 0; i < config.count; ++i)
    receivers.push_back(MakeBareReceiver(config.at, i, loop, tally));
  return receivers;
}

class BareRounds final : public Rounds {
 public:
  BareRounds(Loop& loop, const RoundsConfig& config)
      : loop_(loop),
        config_(config),
        fleet_(loop, Receivers(config_, loop, tally_)),
        publisher_(loop, config_.at) {}

  Result<nlohmann::json> Connect() override {
    const Instant began = Now();
    if (auto connected = fleet_.Connect(); !connected) return std::unexpected(connected.error());
    const double took = Milliseconds(Now() - began);
    if (auto connected = publisher_.Connect(); !connected)
      return std::unexpected(connected.error());
    return nlohmann::json{{"connect_ms", took}};
  }

  Result<nlohmann::json> Run(const std::string& name, int number, int) override {
    if (name != "publish" || number < 1)
      return Fail(Code::kInvalidArgument, "no command here: " + name);
    tally_.Begin(static_cast<std::uint64_t>(number));
    const double cpu = CpuTime();
    const Instant began = Now();
    publisher_.Publish(static_cast<std::uint32_t>(number));
    const auto done = loop_.Until([&] { return tally_.complete() == fleet_.size(); }, kBareLost,
                                  "sending bare bytes");
    if (!done) return Fail(Code::kUnavailable, done.error().message + "; " + fleet_.Problem());
    return nlohmann::json{{"ms", Milliseconds(tally_.last() - began)},
                          {"first_ms", Milliseconds(tally_.first() - began)},
                          {"messages", fleet_.size()},
                          {"cpu_us", CpuTime() - cpu},
                          {"bytes", number}};
  }

 private:
  Loop& loop_;
  const RoundsConfig config_;
  ByteTally tally_;
  Fleet fleet_;
  BarePublisher publisher_;
};

}  // namespace

std::unique_ptr<Rounds> MakeBareRounds(Loop& loop, const RoundsConfig& config) {
  return std::make_unique<BareRounds>(loop, config);
}

}  // namespace wardcast::bench
