// What a broker last saw of the store, kept outside of it: shows at the next start that the store
// was rolled back or replaced meanwhile.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "server/store/store.h"

namespace wardcast {

// Keeps DATA_DIR/store.witness (0600). How a broker uses it, in this order:
//   1. After OpenStore(): `reason = store.suspicion()`, or else `Check(store)`. If there is one, it
//      alarms and calls Store::TakeGeneration() before its feed loads anything.
//   2. Keep(head) at once, before the doors open: what is confirmed from now on must not look as if
//      it had never been.
//   3. Keep(head) after each Head() that was applied, all the time.
// A false alarm is harmless: endpoints reconcile once more.
//
// Threads: one at a time. Blocks on the disk.
class Witness {
 public:
  // `shared`: the store is used by other brokers too (PostgreSQL), so that a folder without a
  // witness is one of a new broker. Not shared (SQLite): a store that is not empty and has no
  // witness beside it was put there.
  Witness(const std::filesystem::path& data_dir, bool shared)
      : file_(data_dir / "store.witness"), shared_(shared) {}

  // Why the store is not the one that was seen last, for a person; empty: it is, or it is one of
  // another log. Errors of the store.
  Result<std::string> Check(Store& store) const;

  // Writes the head down if it changed, at most every 5 s, but a new life of the log at once.
  // kUnavailable: the file cannot be written; the next call tries again.
  Result<void> Keep(const LogHead& head, TimePoint now);

 private:
  std::optional<LogHead> Read() const;

  const std::filesystem::path file_;
  const bool shared_;
  std::optional<LogHead> kept_;
  TimePoint kept_at_{};
};

}  // namespace wardcast
