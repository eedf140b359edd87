#include "server/api/presence/placer.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "base/named_thread.h"

namespace wardcast {
namespace {

// Whether there is anything that a rule says, or has said.
bool HasRules(const DirectoryContent& content) {
  return !content.placement.empty() ||
         std::ranges::any_of(content.endpoints,
                             [](const v1::Endpoint& endpoint) { return endpoint.by_rule(); });
}

}  // namespace

Placer::Placer(PlacerConfig config, Store& store, EnrolmentStore* enrolment, Bus& bus, Hub& hub,
               const Clock& clock)
    : config_(config),
      most_(enrolment ? config.most : config.most_proposed),
      store_(store),
      enrolment_(enrolment),
      bus_(bus),
      hub_(hub),
      clock_(clock),
      access_(hub.OnAccess([this] { asked_ = true; })) {
  thread_ = StartThread("placer", [this](std::stop_token) { Run(); });
}

void Placer::Stop() {
  access_.Cancel();
  {
    const MutexLock lock(mu_);
    stopping_ = true;
  }
  changed_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

void Placer::Run() {
  std::chrono::milliseconds wait = config_.look_every;
  for (;;) {
    {
      const MutexLock lock(mu_);
      if (!stopping_) changed_.WaitFor(mu_, wait);
      if (stopping_) return;
    }
    wait = Look() ? config_.rest : config_.look_every;
  }
}

bool Placer::Look() {
  if (const DirectoryPtr directory = hub_.directory(); directory != directory_) {
    directory_ = directory;
    has_rules_ = HasRules(directory->content());
    anew_ = true;
  }
  if (!has_rules_) return false;
  if (asked_.exchange(false) || Steady::now() >= look_anew_at_) anew_ = true;
  std::vector<std::string> unknown = hub_.UnknownEndpoints();
  std::ranges::sort(unknown);
  const auto doubled = std::ranges::unique(unknown);
  unknown.erase(doubled.begin(), doubled.end());
  if (anew_ || !std::ranges::includes(looked_, unknown)) {
    const auto placed = Place(unknown);
    SayFailed(placed);
    anew_ = !placed || *placed;  // until there is nothing to do
    if (anew_) return placed.value_or(false);
    look_anew_at_ = Steady::now() + config_.look_anew_every;
  }
  // Without those that have gone: who comes back may have enrolled meanwhile.
  looked_ = std::move(unknown);
  return false;
}

Result<Machines> Placer::ReadMachines(const std::vector<std::string>& unknown) {
  Machines machines;
  if (!enrolment_) {
    for (const std::string& id : unknown) machines.emplace(id, Machine{});
    return machines;
  }
  const TimePoint now = clock_.Now();
  const auto standings = enrolment_->LoadStandings(now);
  if (!standings) return std::unexpected(standings.error());
  for (const EnrolmentStore::Standing& standing : *standings) {
    const bool ended = !standing.browser_key.empty() && standing.expires_at <= now;
    const bool out = standing.revoked || ended;
    // A machine that enrolled again has a registration that counts, and others.
    const auto [at, first] = machines.try_emplace(standing.endpoint_id, Machine{.revoked = true});
    if (!out) at->second = {.site_id = standing.site_id, .revoked = false};
  }
  return machines;
}

Result<bool> Placer::Place(const std::vector<std::string>& unknown) {
  const auto machines = ReadMachines(unknown);
  if (!machines) return std::unexpected(machines.error());
  const Placed wanted = PlaceByRules(directory_->content(), *machines, most_);
  SayLeftOut(wanted.left_out);
  if (!wanted.changed()) return false;
  // What this broker has in memory may be old by now, for example because another one was faster.
  auto current = store_.LoadDirectory();
  if (!current) return std::unexpected(current.error());
  auto& [content, sequence] = *current;
  Placed placed = PlaceByRules(content, *machines, most_);
  if (!placed.changed()) return false;
  content.endpoints = std::move(placed.endpoints);
  const auto replaced = store_.ReplaceDirectory(content, sequence, clock_.Now());
  if (!replaced) return std::unexpected(replaced.error());
  bus_.Publish(Topic::kLog, *replaced);
  SPDLOG_INFO(
      "rules have placed endpoints that nobody has listed, as entry {}: {} new, {} moved, {} "
      "removed",
      *replaced, placed.added, placed.moved, placed.removed);
  return true;
}

void Placer::SayFailed(const Result<bool>& placed) {
  // Somebody else has changed the directory at that moment: no fault.
  if (!placed && placed.error().code == Code::kAborted) return;
  if (!placed && !said_failed_) {
    SPDLOG_WARN("endpoints that nobody has listed cannot be placed: {}; it is tried again",
                LogSafe(placed.error().message));
  }
  said_failed_ = !placed;
}

void Placer::SayLeftOut(int left_out) {
  if (left_out > 0 && !said_left_out_) {
    SPDLOG_WARN(
        "{} endpoints stay unplaced although a rule fits them: no more than {} are placed by rule; "
        "list them in endpoints.csv",
        left_out, most_);
  }
  said_left_out_ = left_out > 0;
}

}  // namespace wardcast
