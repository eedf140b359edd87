#include "tests/house/house.h"

#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>

#include "base/proto_time.h"
#include "server/store/open_store.h"

namespace wardcast::testing {

bool Becomes(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  return true;
}

House::House() {
  Reopen();
  if (auto replaced = store->ReplaceDirectory(content, std::nullopt, clock.Now()); !replaced) {
    throw std::runtime_error(replaced.error().message);
  }
}

void House::Reopen() {
  store.reset();
  auto opened = OpenStore({.data_dir = folder.path(), .postgresql = {}}, clock.Now());
  if (!opened) throw std::runtime_error(opened.error().message);
  store = std::move(*opened);
}

v1::Alert House::Commit(Bus* bus, AlertChange change) {
  change.now = clock.Now();
  auto changed = store->Change(change, [this](const v1::Alert& alert) { return Seal(alert); });
  if (!changed) throw std::runtime_error(changed.error().message);
  if (bus) bus->Publish(Topic::kLog, changed->stored.alert.version());
  return changed->stored.alert;
}

v1::Alert House::Publish(Bus* bus, const std::string& headline, std::vector<std::string> wards) {
  v1::Alert alert = MakeAlert("", 0, std::move(wards));
  alert.set_headline(headline);
  *alert.mutable_changed_at()->mutable_at() = ToTimestamp(clock.Now());
  AlertChange change;
  change.decide = [&](const v1::Alert*) -> Result<std::optional<AlertDecision>> {
    return AlertDecision{.alert = alert, .expected = {}};
  };
  return Commit(bus, std::move(change));
}

v1::Alert House::Change(Bus* bus, const v1::Alert& alert,
                        const std::function<void(v1::Alert&)>& edit) {
  AlertChange change;
  change.alert_id = alert.id();
  change.decide = [&](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    AlertDecision decision{.alert = *current, .expected = {}};
    decision.alert.set_revision(current->revision() + 1);
    *decision.alert.mutable_changed_at()->mutable_at() = ToTimestamp(clock.Now());
    edit(decision.alert);
    return decision;
  };
  return Commit(bus, std::move(change));
}

v1::Alert House::End(Bus* bus, const v1::Alert& alert) {
  return Change(bus, alert, [](v1::Alert& ended) {
    ended.set_state(v1::State::CLOSED);
    ended.set_closing(v1::Closing::ENDED);
  });
}

void House::Move(Bus* bus, const std::string& endpoint_id, const std::string& ward_id) {
  content = Moved(content, endpoint_id, ward_id);
  auto sequence = store->ReplaceDirectory(content, std::nullopt, clock.Now());
  if (!sequence) throw std::runtime_error(sequence.error().message);
  if (bus) bus->Publish(Topic::kLog, *sequence);
}

bool Gets(WardPc& pc, const Held& open) {
  return Becomes([&] {
    pc.TakeAll();
    return pc.open() == open;
  });
}

Held VersionsOf(const std::vector<v1::Alert>& alerts) {
  Held versions;
  for (const v1::Alert& alert : alerts) versions[alert.id()] = alert.version();
  return versions;
}

}  // namespace wardcast::testing
