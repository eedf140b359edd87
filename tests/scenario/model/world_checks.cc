// Is the world as the model says?
#include <fmt/format.h>

#include <algorithm>

#include "tests/scenario/model/world.h"

namespace wardcast::testing {
namespace {

std::string Text(const Held& held) {
  std::string text;
  for (const auto& [id, version] : held) text += fmt::format(" {}={}", id.substr(20), version);
  return text.empty() ? " nothing" : text;
}

}  // namespace

// What ended for somebody stays ended; nobody holds what is newer than the truth.
void World::CheckHoldings() {
  for (const auto& pc : pcs_) {
    for (const auto& [id, alert] : pc->pc.held()) {
      if (Closed(alert)) {
        ended_.insert({pc.get(), id});
      } else if (ended_.contains({pc.get(), id})) {
        Wrong(Brief(alert) + " popped up again on " + pc->pc.id());
      }
    }
  }
}

bool World::Settle() {
  bus_->deaf = false;
  bus_->Publish(Topic::kLog, kAskNow);
  const Sequence head = house_.store->Head()->sequence;
  if (!Becomes([&] { return broker_->hub.applied() >= head; })) Wrong("the log is never applied");
  for (const auto& pc : pcs_) {
    if (!pc->pc.connected() && !Becomes([&] { return pc->pc.Connect(broker_->hub).has_value(); }))
      Wrong(pc->pc.id() + " is never let in");
    CheckFinalHoldings(*pc);
    for (int i = 0; i < 3 && pc->waits(); ++i) pc->Send(*broker_);
    if (pc->waits()) Wrong(pc->pc.id() + " cannot get rid of its reports");
    if (!pc->refused.empty())
      Wrong("a report of " + pc->pc.id() + " was refused for good: " + pc->refused.begin()->second);
  }
  for (const auto& [id, alert] : alerts_) {
    const auto stored = house_.store->LoadAlert(id);
    if (!stored || stored->alert.version() != alert.version())
      Wrong(Brief(alert) + " is not in the store as it was answered");
    CheckAnswers(alert);
    CheckCounts(alert);
  }
  return trouble_.empty();
}

void World::CheckFinalHoldings(ReportingPc& pc) {
  const Held expected = OpenFor(pc);
  if (!Gets(pc.pc, expected)) {
    return Wrong(pc.pc.id() + " holds" + Text(pc.pc.open()) + " instead of" + Text(expected));
  }
  CheckHoldings();
  // Connecting again with all of it changes nothing.
  if (!Becomes([&] { return pc.pc.Connect(broker_->hub).has_value(); }))
    return Wrong(pc.pc.id() + " is not let in again");
  const auto again = pc.pc.Take();
  if (!again || !again->synced) return Wrong(pc.pc.id() + " gets no first message");
  if (!again->alerts.empty())
    Wrong(fmt::format("{} is sent {} again", pc.pc.id(), Brief(again->alerts[0]->alert)));
}

// Every confirmed answer is there once, and nothing else.
void World::CheckAnswers(const v1::Alert& alert) {
  std::map<std::string, int> notes;
  const auto answers = house_.store->LoadAnswers(alert.id()).value();
  for (const v1::WardAnswer& answer : answers) ++notes[answer.note()];
  for (const auto& [note, times] : notes) {
    if (times != 1) Wrong("an answer counts twice on " + Brief(alert));
    const bool known =
        std::ranges::any_of(pcs_, [&](const auto& pc) { return pc->answered.contains(note); });
    if (!known) Wrong("an answer that nobody gave on " + Brief(alert));
  }
  for (const auto& pc : pcs_) {
    for (const auto& [ack, of] : pc->answered) {
      if (of != alert.id() || !pc->confirmed.contains(ack)) continue;
      if (!notes.contains(ack)) Wrong("a confirmed answer is missing on " + Brief(alert));
    }
  }
}

// Each endpoint counts once for each round that it displayed.
void World::CheckCounts(const v1::Alert& alert) {
  for (int round = 1; round <= alert.round(); ++round) {
    std::set<std::string> displayed;
    for (const auto& pc : pcs_) {
      if (pc->displayed.contains({alert.id(), round})) displayed.insert(pc->pc.id());
    }
    std::size_t counted = 0;
    const auto counts = house_.store->LoadCounts(alert.id(), round).value();
    for (const WardCount& ward : counts) counted += static_cast<std::size_t>(ward.displayed);
    if (counted != displayed.size()) {
      Wrong(fmt::format("{} counts {} displays in round {} instead of {}", Brief(alert), counted,
                        round, displayed.size()));
    }
  }
}

}  // namespace wardcast::testing
