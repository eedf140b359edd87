#include "server/api/alerts/commit.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/log.h"
#include "server/alert/texts/filled.h"
#include "server/escalation/step_rows.h"
#include "server/feed/match.h"

namespace wardcast {
namespace {

using Decided = Result<std::optional<AlertDecision>>;

// What was decided, with its texts as wards shall read them. `stored`: what it follows, or nullptr.
Decided WithTexts(Decided decided, const v1::Alert* stored, const Directory& directory,
                  TimePoint now) {
  if (!decided || !*decided) return decided;
  v1::Alert& alert = (*decided)->alert;
  alert = Filled(std::move(alert), directory, now, stored);
  return decided;
}

// The same change, whose rules see alerts as they were written.
AlertChange OnUnfilled(const AlertChange& change, const DirectoryPtr& directory) {
  AlertChange unfilled = change;
  if (change.decide) {
    unfilled.decide = [&change, directory](const v1::Alert* stored) -> Decided {
      if (!stored) return WithTexts(change.decide(nullptr), nullptr, *directory, change.now);
      const v1::Alert current = Unfilled(*stored);
      return WithTexts(change.decide(&current), stored, *directory, change.now);
    };
  }
  if (change.take_steps) {
    unfilled.take_steps = [&change, directory](const v1::Alert& stored,
                                               const std::vector<StepRow>& fresh) -> Decided {
      return WithTexts(change.take_steps(Unfilled(stored), fresh), &stored, *directory, change.now);
    };
  }
  return unfilled;
}

}  // namespace

AlertDecision DecisionFor(v1::Alert alert, const ResolvedAudience& audience) {
  AlertDecision decision{.alert = std::move(alert), .expected = {}};
  for (const ResolvedAudience::Ward& ward : audience.wards) {
    decision.expected.push_back(
        {.ward_id = ward.ward_id, .endpoints = static_cast<int>(ward.expected.size())});
  }
  if (!audience.unplaced.empty()) {
    decision.expected.push_back(
        {.ward_id = {}, .endpoints = static_cast<int>(audience.unplaced.size())});
  }
  return decision;
}

AlertDecision DecisionFor(v1::Alert alert, const Directory& directory) {
  if (!IsOnWards(alert)) return {.alert = std::move(alert), .expected = {}};
  const AudiencePtr audience = AudienceOf(alert, directory);
  return DecisionFor(std::move(alert), *audience);
}

Result<AlertChanged> AlertCommit::Commit(const AlertChange& change, const char* action,
                                         const std::string& by) {
  auto changed = store_.Change(OnUnfilled(change, hub_.directory()),
                               [this](const v1::Alert& alert) { return key_.Seal(alert); });
  if (!changed) return changed;
  if (changed->changed) {
    const v1::Alert& alert = changed->stored.alert;
    bus_.Publish(Topic::kLog, alert.version());
    SPDLOG_INFO("alert {} {} by {} as entry {}: revision {}, round {}", alert.id(), action,
                LogSafe(by), alert.version(), alert.revision(), alert.round());
  }
  return changed;
}

Result<int> AlertCommit::ApplySteps(const std::string& alert_id, std::vector<StepRow> rows) {
  if (rows.empty()) return 0;
  const auto now = store_.Now();
  if (!now) return std::unexpected(now.error());
  const DirectoryPtr directory = hub_.directory();
  AlertChange change;
  change.caller = "clock";
  change.alert_id = alert_id;
  change.now = *now;
  change.steps = std::move(rows);
  int missed = 0;
  change.take_steps =
      [&](const v1::Alert& current,
          const std::vector<StepRow>& fresh) -> Result<std::optional<AlertDecision>> {
    missed = static_cast<int>(std::ranges::count(fresh, StepOutcome::kMissed, &StepRow::outcome));
    auto after = AfterRows(current, fresh, *directory, *now);
    if (!after) return std::nullopt;
    // Whom it is for is decided at the moment it goes out.
    if (!IsOnWards(current)) return DecisionFor(std::move(*after), *directory);
    return AlertDecision{.alert = std::move(*after), .expected = {}};
  };
  const auto changed = Commit(change, "moved on", "clock");
  if (!changed) return std::unexpected(changed.error());
  return changed->changed ? missed : 0;
}

}  // namespace wardcast
