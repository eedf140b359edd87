// The log: what changed, in the one order that all brokers share.
#pragma once

#include <cstdint>
#include <string>

#include "base/clock.h"

namespace wardcast {

// 1, 2, 3, … without gaps; allocated inside the transaction that commits the change.
using Sequence = std::int64_t;
// Orders what the journal committed: 1, 2, 3, …, one for each group commit.
using JournalVersion = std::int64_t;

enum class EntryKind {
  kAlert = 1,      // `alert_id` has a new version
  kDirectory = 2,  // the directory was replaced
  kAccess = 3,     // a certificate, session or role was revoked or changed
};

struct LogEntry {
  Sequence sequence = 0;
  EntryKind kind = EntryKind::kAlert;
  std::string alert_id;  // kAlert only
  std::string tag;  // random; shows that two stores that agree on a sequence are the same history
  TimePoint at{};
};

// Which log a store holds, and which life of it (docs/protocol.md, "The numbers of an alert").
struct LogIdentity {
  std::string log_id;  // ULID, made with the store
  std::int64_t generation = 1;
  bool operator==(const LogIdentity&) const = default;
};

// How far the store is, read in one moment.
struct LogHead {
  Sequence sequence = 0;         // of the last entry; 0: empty log
  std::string tag = {};          // of the last entry
  JournalVersion journal = 0;    // of the last group commit
  std::string journal_tag = {};  // of the last group commit, random; empty: none since schema 2
  LogIdentity log = {};
};

}  // namespace wardcast
