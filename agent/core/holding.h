// What the endpoint holds: alerts with the exact bytes that were signed, the answers of its ward,
// and what people at this endpoint have already been shown and have pressed.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "wardcast/v1/alert.pb.h"
#include "wardcast/v1/answer.pb.h"

namespace wardcast::agent {

// The bytes as they came and as they lie on disk; never serialised again.
struct SignedBytes {
  std::string payload;
  std::string signature;
  std::string key_id;
};

// An alert whose signature was checked before it was parsed.
struct VerifiedAlert {
  v1::Alert alert;
  SignedBytes bytes;
};

struct Holding {
  v1::Alert alert;
  SignedBytes bytes;
  std::vector<v1::WardAnswer> answers;  // ascending by answer_version
};

// By alert id.
using Holdings = std::map<std::string, Holding>;

// An alert asks for attention while it lasts, and once more when it closes, possibly in the same
// round.
enum class Stage { kOpen, kClosing };

// What attention is called for, once.
struct Call {
  std::string alert_id;
  int round = 0;
  Stage stage = Stage::kOpen;
  auto operator<=>(const Call&) const = default;
};

// What became of a call at this endpoint. On disk; each flag only ever goes from false to true.
struct Attention {
  std::int64_t version = 0;  // of the alert when it was displayed
  bool displayed = false;    // painted on an unlocked screen
  bool seen = false;         // *Seen* was pressed
  bool answered = false;     // an acknowledgement was pressed here
};

using Attentions = std::map<Call, Attention>;

// The round that counts at an endpoint of `ward_id`: the alert's, or its ward's if higher; how it
// is presented, and what it calls attention for.
struct WardRound {
  int round = 0;
  v1::Presentation::Value presentation = v1::Presentation::UNSPECIFIED;
  v1::Occasion::Value occasion = v1::Occasion::UNSPECIFIED;
};
inline WardRound RoundAt(const v1::Alert& alert, const std::string& ward_id) {
  WardRound result{alert.round(), alert.presentation(), alert.occasion()};
  // A strip or a reminder is of the open notice; its end is shown once as the notice itself was.
  if (alert.round_presentation() != v1::Presentation::UNSPECIFIED &&
      alert.state() != v1::State::CLOSED)
    result.presentation = alert.round_presentation();
  for (const v1::WardOverride& ward : alert.ward_overrides()) {
    if (ward.ward_id() != ward_id || ward.round() <= result.round) continue;
    result.round = ward.round();
    result.occasion = ward.occasion();
    if (ward.presentation() != v1::Presentation::UNSPECIFIED)
      result.presentation = ward.presentation();
  }
  return result;
}

inline Stage StageOf(const v1::Alert& alert) {
  return alert.state() == v1::State::CLOSED ? Stage::kClosing : Stage::kOpen;
}

}  // namespace wardcast::agent
