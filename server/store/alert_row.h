// How alerts and times stand in the tables.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "server/store/alert_change.h"

namespace wardcast {

inline std::int64_t ToMillis(TimePoint time) { return time.time_since_epoch().count(); }
inline TimePoint FromMillis(std::int64_t millis) {
  return TimePoint(std::chrono::milliseconds(millis));
}

// The columns of `alert` and `alert_version` that hold a sealed alert, and a row of them.
inline constexpr const char* kSealedColumns = "payload, signature, key_id";
using SealedRow = std::tuple<std::string, std::string, std::string>;

// kDataLoss: what is stored is not what was written.
Result<StoredAlert> DecodeAlert(const SealedRow& row);
Result<std::vector<StoredAlert>> DecodeAlerts(const std::vector<SealedRow>& rows);

// A message from a base64 column. kDataLoss as above.
template <class Message>
Result<Message> DecodeMessage(const std::string& base64) {
  Message message;
  const auto bytes = FromBase64(base64);
  if (!bytes || !message.ParseFromString(*bytes)) {
    return Fail(Code::kDataLoss, "the store holds a damaged record of type " +
                                     message.GetTypeName() +
                                     ": stop the broker and restore a backup");
  }
  return message;
}

}  // namespace wardcast
