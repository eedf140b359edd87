#include "server/api/map/directory_writer.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/log.h"
#include "server/directory/shipped/catalogue.h"

namespace wardcast {
namespace {

// How long a change waits for this broker's own feed before it answers all the same.
constexpr std::chrono::milliseconds kAppliedLookEvery{10};
constexpr int kMostLooks = 300;

bool ChangesNothing(const std::vector<v1::ImportCount>& counts) {
  return std::ranges::all_of(counts, [](const v1::ImportCount& count) {
    return count.added() == 0 && count.changed() == 0 && count.removed() == 0;
  });
}

}  // namespace

DirectoryWriter::DirectoryWriter(Store& store, Bus& bus, const Hub& hub, const Clock& clock)
    : store_(store), bus_(bus), hub_(hub), clock_(clock), shipped_(ShippedCatalogue()) {}

Result<std::vector<v1::ImportCount>> DirectoryWriter::Apply(const ChangeOrder& order) {
  const MutexLock lock(changing_);
  for (int attempt = 1;; ++attempt) {
    const auto current = store_.LoadDirectory();
    if (!current) return std::unexpected(current.error());
    auto plan = order.plan(current->first, shipped_);
    if (!plan) return std::unexpected(plan.error());
    if (order.dry_run) return std::move(plan->counts);
    // The same files once more wake nobody.
    if (current->second != 0 && ChangesNothing(plan->counts)) return std::move(plan->counts);
    const auto sequence = Commit(plan->content, current->second);
    if (sequence) {
      SPDLOG_INFO("directory {} by {} as entry {}: {} wards, {} endpoints, {} services", order.what,
                  LogSafe(order.who), *sequence, plan->content.wards.size(),
                  plan->content.endpoints.size(), plan->content.services.size());
      return std::move(plan->counts);
    }
    // Rules place endpoints at any time (presence/placer.h).
    if (sequence.error().code != Code::kAborted || attempt >= order.attempts)
      return std::unexpected(sequence.error());
  }
}

void DirectoryWriter::BringShipped() {
  const MutexLock lock(changing_);
  if (hub_.directory()->version() != 0) return;
  const auto sequence = Commit(shipped_, 0);
  if (sequence) {
    SPDLOG_INFO(
        "nothing was ever imported: the shipped catalogue is in place, as entry {}: {} teams, {} "
        "services, {} sample procedures, {} templates",
        *sequence, shipped_.teams.size(), shipped_.services.size(), shipped_.procedures.size(),
        shipped_.templates.size());
  } else if (sequence.error().code != Code::kAborted) {
    // Aborted: another broker of this store was faster.
    SPDLOG_WARN("the shipped catalogue could not be brought in: {}",
                LogSafe(sequence.error().message));
  }
}

Result<Sequence> DirectoryWriter::Commit(const DirectoryContent& content, Sequence expected) {
  const auto sequence = store_.ReplaceDirectory(content, expected, clock_.Now());
  if (!sequence) return sequence;
  bus_.Publish(Topic::kLog, *sequence);
  // Whoever changes the map and then publishes must find the wards that the change brought.
  for (int i = 0; i < kMostLooks && hub_.applied() < *sequence; ++i)
    applied_.WaitFor(changing_, kAppliedLookEvery);
  return sequence;
}

}  // namespace wardcast
