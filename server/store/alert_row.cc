#include "server/store/alert_row.h"

namespace wardcast {

Result<StoredAlert> DecodeAlert(const SealedRow& row) {
  const auto& [payload, signature, key_id] = row;
  StoredAlert stored;
  auto alert = DecodeMessage<v1::Alert>(payload);
  if (!alert) return std::unexpected(alert.error());
  auto bytes = FromBase64(signature);
  if (!bytes)
    return Fail(Code::kDataLoss, "the store holds a damaged signature of alert " + alert->id());
  stored.alert = std::move(*alert);
  stored.sealed.set_payload(*FromBase64(payload));
  stored.sealed.set_signature(std::move(*bytes));
  stored.sealed.set_key_id(key_id);
  return stored;
}

Result<std::vector<StoredAlert>> DecodeAlerts(const std::vector<SealedRow>& rows) {
  std::vector<StoredAlert> alerts;
  alerts.reserve(rows.size());
  for (const SealedRow& row : rows) {
    auto stored = DecodeAlert(row);
    if (!stored) return std::unexpected(stored.error());
    alerts.push_back(std::move(*stored));
  }
  return alerts;
}

}  // namespace wardcast
