#include "agent/core/reconcile.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <tuple>

#include "base/proto_time.h"

namespace wardcast::agent {
namespace {

constexpr std::size_t kMostKnown = 1000;
constexpr std::chrono::days kKeepClosed{8};

bool Newer(const v1::Alert& incoming, const v1::Alert& held) {
  return std::tuple(incoming.generation(), incoming.version()) >
         std::tuple(held.generation(), held.version());
}

bool Holds(const Holding& holding, const v1::WardAnswer& answer) {
  return std::ranges::any_of(holding.answers, [&](const v1::WardAnswer& held) {
    return held.answer_version() == answer.answer_version() && held.ward_id() == answer.ward_id();
  });
}

}  // namespace

Difference Reconcile(const Holdings& holdings, const Incoming& incoming) {
  Difference difference;
  std::map<std::string, const v1::Alert*>
      newest;  // a message may carry an alert twice: the newest wins
  for (const VerifiedAlert& verified : incoming.alerts) {
    const auto held = holdings.find(verified.alert.id());
    if (held != holdings.end() && !Newer(verified.alert, held->second.alert)) continue;
    const auto earlier = newest.find(verified.alert.id());
    if (earlier != newest.end() && !Newer(verified.alert, *earlier->second)) continue;
    std::erase_if(difference.put,
                  [&](const VerifiedAlert& put) { return put.alert.id() == verified.alert.id(); });
    difference.put.push_back(verified);
    newest[verified.alert.id()] = &verified.alert;
  }

  for (const v1::RemovedAlert& removed : incoming.removed) {
    const auto held = holdings.find(removed.alert_id());
    if (held == holdings.end() || newest.contains(removed.alert_id())) continue;
    const v1::Alert& alert = held->second.alert;
    if (!incoming.log_id.empty() && alert.log_id() != incoming.log_id) continue;
    if (incoming.synced || removed.version() >= alert.version())
      difference.remove.push_back(alert.id());
  }

  std::set<std::tuple<std::string, std::string, std::int64_t>> taken;
  for (const v1::WardAnswer& answer : incoming.answers) {
    const auto held = holdings.find(answer.alert_id());
    const bool known = held != holdings.end() || newest.contains(answer.alert_id());
    if (!known ||
        std::ranges::find(difference.remove, answer.alert_id()) != difference.remove.end())
      continue;
    if (held != holdings.end() && Holds(held->second, answer)) continue;
    if (taken.emplace(answer.alert_id(), answer.ward_id(), answer.answer_version()).second) {
      difference.answers.push_back(answer);
    }
  }
  return difference;
}

void Apply(const Difference& difference, Holdings& holdings) {
  for (const std::string& id : difference.remove) holdings.erase(id);
  for (const VerifiedAlert& put : difference.put) {
    Holding& holding = holdings[put.alert.id()];
    holding.alert = put.alert;
    holding.bytes = put.bytes;
  }
  for (const v1::WardAnswer& answer : difference.answers) {
    std::vector<v1::WardAnswer>& answers = holdings[answer.alert_id()].answers;
    const auto place = std::ranges::upper_bound(answers, answer.answer_version(), {},
                                                &v1::WardAnswer::answer_version);
    answers.insert(place, answer);
  }
}

std::vector<v1::Known> KnownOf(const Holdings& holdings) {
  std::vector<v1::Known> known;
  known.reserve(holdings.size());
  for (const auto& [id, holding] : holdings) {
    v1::Known& entry = known.emplace_back();
    entry.set_alert_id(id);
    entry.set_log_id(holding.alert.log_id());
    entry.set_generation(holding.alert.generation());
    entry.set_version(holding.alert.version());
    if (!holding.answers.empty()) entry.set_answer_version(holding.answers.back().answer_version());
  }
  if (known.size() > kMostKnown) {
    std::ranges::sort(known, std::greater(), &v1::Known::version);
    known.resize(kMostKnown);
  }
  return known;
}

std::vector<std::string> Outdated(const Holdings& holdings, TimePoint now) {
  std::vector<std::string> ids;
  for (const auto& [id, holding] : holdings) {
    const bool closed = holding.alert.state() == v1::State::CLOSED;
    if (closed && FromTimestamp(holding.alert.changed_at().at()) + kKeepClosed < now)
      ids.push_back(id);
  }
  return ids;
}

}  // namespace wardcast::agent
