#include "server/api/figures/progress_reader.h"

#include "server/journal/progress.h"

namespace wardcast {

Result<v1::AlertProgress> ProgressReader::Read(const std::string& alert_id) {
  auto stored = store_.LoadAlert(alert_id);
  if (!stored) return std::unexpected(stored.error());
  return Read(stored->alert);
}

Result<v1::AlertProgress> ProgressReader::Read(const v1::Alert& alert) {
  auto expected = store_.LoadExpected(alert.id());
  if (!expected) return std::unexpected(expected.error());
  auto counts = store_.LoadCounts(alert.id(), alert.round());
  if (!counts) return std::unexpected(counts.error());
  auto answers = store_.LoadAnswers(alert.id());
  if (!answers) return std::unexpected(answers.error());
  const DirectoryPtr directory = hub_.directory();
  return ComputeProgress(
      alert, *expected, *counts, *answers, *directory,
      [this](const std::string& endpoint_id) { return hub_.IsConnected(endpoint_id); },
      clock_.Now());
}

}  // namespace wardcast
