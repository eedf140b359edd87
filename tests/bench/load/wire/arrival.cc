#include "tests/bench/load/wire/arrival.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "wardcast/v1/alert.pb.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast::bench {
namespace {

// One field of a serialised message.
struct Field {
  std::uint64_t number = 0;
  std::uint64_t value = 0;  // of a number
  std::string_view bytes;   // of a text or message
};

std::optional<std::uint64_t> CutVarint(std::string_view& bytes) {
  std::uint64_t number = 0;
  for (int shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    number |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) return number;
  }
  return std::nullopt;
}

std::optional<Field> CutField(std::string_view& bytes) {
  const auto tag = CutVarint(bytes);
  if (!tag) return std::nullopt;
  Field field{.number = *tag >> 3, .value = 0, .bytes = {}};
  std::optional<std::uint64_t> size;
  switch (*tag & 7) {
    case 0: {
      const auto value = CutVarint(bytes);
      if (!value) return std::nullopt;
      field.value = *value;
      return field;
    }
    case 1:
      size = 8;
      break;
    case 2:
      size = CutVarint(bytes);
      break;
    case 5:
      size = 4;
      break;
    default:
      return std::nullopt;
  }
  if (!size || *size > bytes.size()) return std::nullopt;
  field.bytes = bytes.substr(0, *size);
  bytes.remove_prefix(*size);
  return field;
}

// The first field `wanted` of a message; nullopt: none.
std::optional<std::string_view> FindBytes(std::string_view message, int wanted) {
  while (!message.empty()) {
    const auto field = CutField(message);
    if (!field) return std::nullopt;
    if (field->number == static_cast<std::uint64_t>(wanted)) return field->bytes;
  }
  return std::nullopt;
}

bool ReadAlert(std::string_view message, ArrivedAlert& alert) {
  while (!message.empty()) {
    const auto field = CutField(message);
    if (!field) return false;
    switch (field->number) {
      case v1::Alert::kIdFieldNumber:
        alert.id = field->bytes;
        break;
      case v1::Alert::kVersionFieldNumber:
        alert.version = static_cast<std::int64_t>(field->value);
        break;
      case v1::Alert::kStateFieldNumber:
        alert.closed = field->value == v1::State::CLOSED;
        return true;  // what we look for is behind us
      default:
        break;
    }
  }
  return true;
}

// The text between `before` and the next quote, searched from the beginning of `text`.
std::string_view Between(std::string_view text, std::string_view before) {
  const auto at = text.find(before);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + before.size());
  return text.substr(0, text.find('"'));
}

}  // namespace

bool ReadArrival(std::string_view message, Arrival& arrival) {
  arrival.alerts.clear();
  arrival.synced = arrival.goodbye = false;
  while (!message.empty()) {
    const auto field = CutField(message);
    if (!field) return false;
    switch (field->number) {
      case v1::SubscribeResponse::kAlertsFieldNumber: {
        const auto payload = FindBytes(field->bytes, v1::SignedAlert::kPayloadFieldNumber);
        ArrivedAlert alert;
        if (!payload || !ReadAlert(*payload, alert) || alert.id.empty()) return false;
        arrival.alerts.push_back(alert);
        break;
      }
      case v1::SubscribeResponse::kSyncedFieldNumber:
        arrival.synced = field->value != 0;
        break;
      case v1::SubscribeResponse::kRetryAfterFieldNumber:
        arrival.goodbye = true;
        break;
      default:
        break;
    }
  }
  return true;
}

bool ReadJsonArrival(std::string_view text, Arrival& arrival) {
  // A quote within a text is escaped, so what begins and ends with quotes here is never in one. The
  // search is kept to where the broker writes these fields: most of a delivery is text of alerts.
  constexpr std::string_view kAlert = R"({"alert":{"id":")";
  constexpr std::size_t kHead = 512;  // of an alert: id, log, generation, version … state
  constexpr std::size_t kTail = 512;  // of a frame: its own part
  constexpr std::size_t kStart = 128;
  arrival.alerts.clear();
  const std::string_view tail = text.substr(text.size() - std::min(text.size(), kTail));
  arrival.synced = tail.find(R"("synced":true)") != std::string_view::npos;
  arrival.goodbye = text.starts_with(R"({"retryAfter":)");
  if (text.substr(0, kStart).find(R"("error":{"code":)") != std::string_view::npos) return false;
  for (auto at = text.find(kAlert); at != std::string_view::npos;) {
    const auto next = text.find(kAlert, at + kAlert.size());
    const std::string_view one = text.substr(at, std::min(next - at, kHead));
    ArrivedAlert alert;
    alert.id = Between(one, kAlert);
    const std::string_view version = Between(one, R"("version":")");
    std::from_chars(version.data(), version.data() + version.size(), alert.version);
    alert.closed = Between(one, R"("state":")") == "CLOSED";
    arrival.alerts.push_back(alert);
    at = next;
  }
  return true;
}

}  // namespace wardcast::bench
