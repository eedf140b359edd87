#include "agent/link/broker_list.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace wardcast::agent {
namespace {

constexpr std::chrono::milliseconds kSwitchJitter{500};

}  // namespace

BrokerList::BrokerList(std::vector<std::string> hosts, std::uint64_t seed)
    : random_(seed), first_(hosts.empty() ? 0 : seed % hosts.size()) {
  for (std::string& host : hosts) brokers_.push_back({std::move(host), Backoff(random_())});
}

Elapsed BrokerList::Jitter(std::chrono::milliseconds most) {
  std::uniform_int_distribution<std::int64_t> uniform(0, most.count());
  return Elapsed(uniform(random_));
}

BrokerList::Try BrokerList::Next(Elapsed now) {
  std::size_t best = first_;
  for (std::size_t i = 1; i < brokers_.size(); ++i) {
    const std::size_t index = (first_ + i) % brokers_.size();
    if (brokers_[index].not_before < brokers_[best].not_before) best = index;
  }
  return {best, std::max(now, brokers_[best].not_before)};
}

void BrokerList::Failed(std::size_t index, Elapsed now,
                        std::optional<std::chrono::milliseconds> retry_after) {
  Broker& broker = brokers_[index];
  broker.not_before = now + (retry_after ? *retry_after + Jitter(*retry_after / 4 + kSwitchJitter)
                                         : broker.backoff.Next());
  first_ = (index + 1) % brokers_.size();
  for (Broker& other : brokers_) {
    if (&other != &broker && other.not_before < now) other.not_before = now + Jitter(kSwitchJitter);
  }
}

void BrokerList::Succeeded(std::size_t index) {
  brokers_[index].backoff.Reset();
  first_ = index;
}

Result<std::vector<std::string>> ParseBrokers(std::string_view text) {
  std::vector<std::string> hosts;
  while (true) {
    const std::size_t comma = text.find(',');
    const std::string_view entry = text.substr(0, comma);
    const std::size_t colon = entry.rfind(':');
    int port = 0;
    bool valid = colon != std::string_view::npos && colon > 0;
    if (valid) {
      const std::string_view digits = entry.substr(colon + 1);
      const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
      valid = error == std::errc() && end == digits.data() + digits.size() && port >= 1 &&
              port <= 65535;
    }
    if (!valid || entry.find_first_of(" \t\r\n/") != std::string_view::npos) {
      return Fail(
          Code::kInvalidArgument,
          "\"" + std::string(entry) + "\" is not HOST:PORT, for example broker.example.org:7443");
    }
    hosts.emplace_back(entry);
    if (comma == std::string_view::npos) return hosts;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace wardcast::agent
