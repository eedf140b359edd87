#include "server/api/figures/progress_reader.h"

#include <map>
#include <set>
#include <span>

#include "server/alert/ward_round.h"
#include "server/journal/progress.h"

namespace wardcast {

Result<v1::AlertProgress> ProgressReader::Read(const std::string& alert_id) {
  auto stored = store_.LoadAlert(alert_id);
  if (!stored) return std::unexpected(stored.error());
  return Read(stored->alert);
}

Result<std::vector<WardCount>> ProgressReader::ReadCounts(const v1::Alert& alert) {
  auto counts = store_.LoadCounts(alert.id(), alert.round());
  if (!counts) return counts;
  // Wards that were raised alone count in their own round.
  std::map<int, std::set<std::string>> raised;
  for (const v1::WardOverride& ward : alert.ward_overrides()) {
    const int round = RoundOf(alert, ward.ward_id());
    if (round > alert.round()) raised[round].insert(ward.ward_id());
  }
  for (const auto& [round, wards] : raised) {
    const auto of_round = store_.LoadCounts(alert.id(), round);
    if (!of_round) return of_round;
    std::erase_if(*counts, [&](const WardCount& count) { return wards.contains(count.ward_id); });
    for (const WardCount& count : *of_round) {
      if (wards.contains(count.ward_id)) counts->push_back(count);
    }
  }
  return counts;
}

Result<v1::AlertProgress> ProgressReader::Read(const v1::Alert& alert) {
  auto expected = store_.LoadExpected(alert.id());
  if (!expected) return std::unexpected(expected.error());
  const auto counts = ReadCounts(alert);
  if (!counts) return std::unexpected(counts.error());
  const auto answers = store_.LoadAnswers(alert.id());
  if (!answers) return std::unexpected(answers.error());
  connections_.Refresh();
  const DirectoryPtr directory = hub_.directory();
  const auto ever = expected_.Read(alert, *directory);
  if (!ever) return std::unexpected(ever.error());
  if (*ever) {
    std::map<std::string, int> endpoints = (*ever)->by_ward;
    for (ExpectedWard& ward : *expected) {
      const auto found = endpoints.extract(ward.ward_id);
      ward.endpoints = found ? found.mapped() : 0;
    }
    // Wards that came to the audience's places after it was published.
    for (const auto& [ward_id, count] : endpoints)
      expected->push_back({.ward_id = ward_id, .endpoints = count});
  }
  v1::AlertProgress progress = ComputeProgress(
      alert, *expected, *counts, *answers, *directory,
      [&](std::span<const v1::Endpoint* const> of) { return connections_.Count(*directory, of); },
      clock_.Now());
  // One that moved is one endpoint, although it counts in both wards.
  if (*ever) progress.set_endpoints(static_cast<int>((*ever)->endpoints.size()));
  return progress;
}

}  // namespace wardcast
