// One alert as the feed has applied it: its newest version, whom it is for, and what wards have
// answered.
#pragma once

#include <compare>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "server/feed/frame.h"
#include "server/feed/match.h"

namespace wardcast {

// Orders versions: a lower generation is always older (docs/protocol.md, "The numbers of an
// alert").
struct Stamp {
  std::int64_t generation = 0;
  std::int64_t version = 0;

  auto operator<=>(const Stamp&) const = default;
};

inline Stamp StampOf(const v1::Alert& alert) { return {alert.generation(), alert.version()}; }

// An answer, and what a wall display gets of it (made when the first one asks).
struct KeptAnswer {
  AnswerFramePtr full;
  AnswerFramePtr board;
};

// Threads: the hub's, under its mutex.
struct CurrentAlert {
  std::uint32_t number = 0;  // grows with each new one; orders a session's holdings
  AlertFramePtr frame;       // never null
  MatchedPtr matched;        // never null; empty unless the alert is on the wards
  std::optional<TimePoint> closed_at;
  bool going = false;  // Hub::Drop is taking it away
  // When it was marked last for a session that was busy, by the hub's count; 0: never, and in no
  // list.
  std::uint64_t marked = 0;
  std::list<CurrentAlert*>::iterator in_marked;
  // By answer_version, of all wards and by ward.
  std::vector<KeptAnswer> answers;
  std::unordered_map<std::string, std::vector<KeptAnswer>> ward_answers;

  const std::string& id() const { return frame->alert.id(); }
  Stamp stamp() const { return StampOf(frame->alert); }
};

}  // namespace wardcast
