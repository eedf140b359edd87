// What survives a reboot: alerts with their signatures, answers, what was shown and pressed, what
// must still be reported, settings and procedures. One transaction per change; a change is on the
// disk when Commit has returned.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agent/core/holding.h"
#include "agent/core/reports/outbox.h"
#include "agent/disk/database.h"
#include "base/clock.h"
#include "base/result.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast::agent {

// The log that was last heard of, and how far it was ever seen in this generation.
struct SyncPoint {
  std::string log_id;
  std::int64_t generation = 0;
  std::int64_t sequence = 0;
};

struct CacheContent {
  std::vector<SignedBytes> alerts;  // not verified here: the disk may have been tampered with
  std::vector<v1::WardAnswer> answers;
  Attentions attentions;
  std::vector<OutboxItem> outbox;
  std::optional<v1::GetSettingsResponse> settings;
  std::optional<v1::GetProceduresResponse> procedures;
  SyncPoint sync_point;
  std::optional<TimePoint> last_confirmed;  // broker's time of the last contact that was noted
};

struct CacheChange {
  std::vector<std::pair<std::string, SignedBytes>> put_alerts;  // by alert id
  std::vector<std::string> remove_alerts;                       // with their answers
  std::vector<v1::WardAnswer> answers;
  std::vector<std::pair<Call, Attention>> attentions;
  OutboxChange outbox;
  std::optional<v1::GetSettingsResponse> settings;
  std::optional<v1::GetProceduresResponse> procedures;
  std::optional<SyncPoint> sync_point;
  std::optional<TimePoint> last_confirmed;
};

// Threads: one at a time.
class Cache {
 public:
  // Opens DIR/cache.db, making the folder (0700) if needed. A damaged file is renamed to
  // cache.db.damaged-TIME, one of a newer schema to cache.db.newer-TIME (a ward PC that stays dark
  // because of a downgrade would be worse than one that asks again); both are kept, logged as
  // errors, and the cache starts empty. kUnavailable: the folder or file cannot be made or written.
  // kFailedPrecondition: another agent uses it.
  static Result<Cache> Open(const std::filesystem::path& directory, TimePoint now);

  // kDataLoss, kUnavailable: as Database.
  Result<CacheContent> Load();
  // All or nothing. kUnavailable: nothing was written (disk full, read-only). kDataLoss: the file
  // is damaged.
  Result<void> Commit(const CacheChange& change);

  // Why the last cache was set aside at Open, for a person; empty if it was not.
  const std::string& set_aside() const { return set_aside_; }

 private:
  explicit Cache(Database database) : database_(std::move(database)) {}
  static Result<Cache> TryOpen(const std::filesystem::path& file, TimePoint now);
  Result<void> Write(const CacheChange& change);

  Database database_;
  std::string set_aside_;
};

}  // namespace wardcast::agent
