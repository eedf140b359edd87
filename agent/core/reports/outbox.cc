#include "agent/core/reports/outbox.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/proto_time.h"

namespace wardcast::agent {
namespace {

// A broker that knows the alert's log only later (another log, an older copy) is asked again this
// often.
constexpr std::chrono::seconds kRefusedRetry{30};

// An alert that no broker knows may come back (its log was restored, its broker is away) until its
// signature is no longer believed: 7 days, and one for clocks.
constexpr std::chrono::days kRefusedForGood{8};

const v1::Receipt* AsReceipt(const OutboxItem& item) {
  return std::get_if<v1::Receipt>(&item.report);
}

}  // namespace

const std::string& OutboxItem::id() const {
  return std::visit([](const auto& value) -> const std::string& { return value.id(); }, report);
}
const std::string& OutboxItem::alert_id() const {
  return std::visit([](const auto& value) -> const std::string& { return value.alert_id(); },
                    report);
}
int OutboxItem::round() const {
  return std::visit([](const auto& value) -> int { return value.round(); }, report);
}

TimePoint OutboxItem::at() const {
  const auto* receipt = AsReceipt(*this);
  return FromTimestamp(receipt != nullptr ? receipt->at()
                                          : std::get<v1::Acknowledgement>(report).pressed_at());
}

Outbox::Outbox(std::vector<OutboxItem> items) {
  for (OutboxItem& item : items) Put(std::move(item));
}

std::optional<Outbox::Key> Outbox::KeyOf(const OutboxItem& item) {
  const v1::Receipt* receipt = AsReceipt(item);
  if (receipt == nullptr) return std::nullopt;
  return Key{receipt->alert_id(), receipt->round(), receipt->kind()};
}

bool Outbox::Put(OutboxItem item) {
  if (items_.contains(item.id())) return false;
  if (const auto key = KeyOf(item)) {
    if (!receipts_.emplace(*key, item.id()).second) return false;
  }
  std::string id = item.id();
  items_.emplace(std::move(id), std::move(item));
  return true;
}

bool Outbox::Has(const std::string& alert_id, int round, v1::Receipt::Kind::Value kind) const {
  return receipts_.contains(Key{alert_id, round, kind});
}

bool Outbox::IsWaiting(const std::string& alert_id, int round,
                       v1::Receipt::Kind::Value kind) const {
  const auto id = receipts_.find(Key{alert_id, round, kind});
  return id != receipts_.end() && items_.at(id->second).state == OutboxItem::State::kWaiting;
}

void Outbox::Remove(const std::string& id) {
  const auto item = items_.find(id);
  if (item == items_.end()) return;
  if (const auto key = KeyOf(item->second)) receipts_.erase(*key);
  items_.erase(item);
  not_before_.erase(id);
}

std::optional<v1::ReportRequest> Outbox::Next(Elapsed now, int limit) {
  if (!under_way_.empty() || now < resume_at_) return std::nullopt;
  v1::ReportRequest request;
  const auto take = [&](bool receipts) {
    for (const auto& [id, item] : items_) {
      if (static_cast<int>(under_way_.size()) >= limit) return;
      const v1::Receipt* receipt = AsReceipt(item);
      if (item.state != OutboxItem::State::kWaiting || (receipt != nullptr) != receipts) continue;
      const auto wait = not_before_.find(id);
      if (wait != not_before_.end() && now < wait->second) continue;
      under_way_.push_back(id);
      if (receipt != nullptr) {
        *request.add_receipts() = *receipt;
      } else {
        *request.add_acknowledgements() = std::get<v1::Acknowledgement>(item.report);
      }
    }
  };
  take(false);
  take(true);
  if (under_way_.empty()) return std::nullopt;
  return request;
}

std::optional<Elapsed> Outbox::NextAt() const {
  if (!under_way_.empty()) return std::nullopt;
  std::optional<Elapsed> next;
  for (const auto& [id, item] : items_) {
    if (item.state != OutboxItem::State::kWaiting) continue;
    const auto wait = not_before_.find(id);
    const Elapsed at = std::max(resume_at_, wait == not_before_.end() ? Elapsed{0} : wait->second);
    next = std::min(next.value_or(at), at);
  }
  return next;
}

OutboxChange Outbox::Settle(const v1::ReportResponse& response, const std::string& log_id,
                            std::int64_t generation, Moment now) {
  OutboxChange change;
  const std::set<std::string> under_way(under_way_.begin(), under_way_.end());
  under_way_.clear();
  resume_at_ = Elapsed{0};
  for (const std::string& id : response.recorded_ids()) {
    const auto item = items_.find(id);
    if (item == items_.end() || !under_way.contains(id)) continue;
    item->second.state = OutboxItem::State::kConfirmed;
    item->second.log_id = log_id;
    item->second.generation = generation;
    not_before_.erase(id);
    change.put.push_back(item->second);
  }
  for (const v1::Refusal& refusal : response.refused()) {
    const auto item = items_.find(refusal.id());
    if (item == items_.end() || !under_way.contains(refusal.id())) continue;
    if (refusal.retry() && now.time < item->second.at() + kRefusedForGood) {
      not_before_[refusal.id()] = now.elapsed + kRefusedRetry;
      continue;
    }
    item->second.state = OutboxItem::State::kRefused;
    item->second.refusal =
        refusal.reason().empty() ? "refused by the alert service" : refusal.reason();
    change.put.push_back(item->second);
  }
  for (const std::string& id : under_way) {
    const auto item = items_.find(id);
    if (item == items_.end() || item->second.state != OutboxItem::State::kWaiting) continue;
    not_before_[id] =
        now.elapsed + kRefusedRetry;  // not mentioned: a broker that keeps doing so is not flooded
  }
  return change;
}

void Outbox::Failed(Elapsed again) {
  under_way_.clear();
  resume_at_ = again;
}

OutboxChange Outbox::Reopen(const std::string& log_id, std::int64_t generation) {
  OutboxChange change;
  for (auto& [id, item] : items_) {
    if (item.state != OutboxItem::State::kConfirmed || item.log_id != log_id ||
        item.generation >= generation)
      continue;
    item.state = OutboxItem::State::kWaiting;
    change.put.push_back(item);
  }
  not_before_.clear();
  return change;
}

OutboxChange Outbox::Forget(const std::string& alert_id) {
  OutboxChange change;
  for (const auto& [id, item] : items_) {
    if (item.alert_id() == alert_id && item.state != OutboxItem::State::kWaiting)
      change.remove.push_back(id);
  }
  for (const std::string& id : change.remove) Remove(id);
  return change;
}

}  // namespace wardcast::agent
