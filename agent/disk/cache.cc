#include "agent/disk/cache.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cstdlib>
#include <system_error>

#include "agent/disk/schema.h"
#include "base/log.h"

namespace wardcast::agent {
namespace {

namespace fs = std::filesystem;

// Renames the file and its log, so that a person can look at them.
Result<std::string> SetAside(const fs::path& file, std::string_view why, TimePoint now) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::string name;
  for (int attempt = 0;; ++attempt) {
    name = fmt::format("{}.{}-{:%Y%m%dT%H%M%S}Z", file.string(), why, fmt::gmtime(seconds));
    if (attempt > 0) name += fmt::format("-{}", attempt);
    if (!fs::exists(name)) break;
  }
  std::error_code error;
  fs::rename(file, name, error);
  if (error)
    return Fail(Code::kUnavailable, file.string() + ": cannot be renamed: " + error.message());
  for (const char* suffix : {"-wal", "-shm", "-journal"})
    fs::rename(file.string() + suffix, name + suffix, error);
  return name;
}

// Calls `row` for each row of a query; false from it is a record that cannot be read.
template <class Row>
Result<void> Each(Database& database, const char* sql, Row row) {
  auto statement = database.Prepare(sql);
  if (!statement) return std::unexpected(statement.error());
  for (;;) {
    const auto more = statement->Step();
    if (!more) return std::unexpected(more.error());
    if (!*more) return {};
    if (!row(*statement)) return Fail(Code::kDataLoss, "a record cannot be read");
  }
}

}  // namespace

Result<Cache> Cache::Open(const fs::path& directory, TimePoint now) {
  std::error_code error;
  if (fs::create_directories(directory, error); error) {
    return Fail(Code::kUnavailable, directory.string() + ": cannot be made: " + error.message());
  }
  fs::permissions(directory, fs::perms::owner_all,
                  error);  // best effort: the folder may be somebody else's
  const fs::path file = directory / "cache.db";
  auto opened = TryOpen(file, now);
  if (opened) return opened;
  const Error& why = opened.error();
  const bool newer = why.code == Code::kFailedPrecondition && why.message.starts_with("schema");
  if (why.code != Code::kDataLoss && !newer) {
    return Fail(why.code, fmt::format("{}: {}", file.string(), why.message));
  }
  const auto aside = SetAside(file, newer ? "newer" : "damaged", now);
  if (!aside) return std::unexpected(aside.error());
  auto fresh = TryOpen(file, now);
  if (!fresh)
    return Fail(fresh.error().code, fmt::format("{}: {}", file.string(), fresh.error().message));
  fresh->set_aside_ =
      fmt::format("the cache {} ({}); it was set aside as {} and a new one was begun",
                  newer ? "is of a newer agent" : "is damaged", why.message, *aside);
  SPDLOG_ERROR("{}", LogSafe(fresh->set_aside_));
  return fresh;
}

Result<Cache> Cache::TryOpen(const fs::path& file, TimePoint now) {
  auto database = Database::Open(file);
  if (!database) return std::unexpected(database.error());
  if (auto prepared = PrepareSchema(*database, now); !prepared)
    return std::unexpected(prepared.error());
  Cache cache(std::move(*database));
  if (auto content = cache.Load(); !content) return std::unexpected(content.error());
  return cache;
}

Result<CacheContent> Cache::Load() {
  CacheContent content;
  Result<void> done =
      Each(database_, "SELECT payload, signature, key_id FROM alert", [&](Statement& row) {
        content.alerts.push_back({row.Bytes(0), row.Bytes(1), row.Bytes(2)});
        return true;
      });
  if (done) {
    done =
        Each(database_, "SELECT message FROM answer ORDER BY answer_version", [&](Statement& row) {
          return content.answers.emplace_back().ParseFromString(row.Bytes(0));
        });
  }
  if (done) {
    done = Each(database_,
                "SELECT alert_id, round, stage, version, displayed, seen, answered FROM attention",
                [&](Statement& row) {
                  const Call call{row.Bytes(0), static_cast<int>(row.Integer(1)),
                                  row.Integer(2) == 0 ? Stage::kOpen : Stage::kClosing};
                  content.attentions[call] = {row.Integer(3), row.Integer(4) != 0,
                                              row.Integer(5) != 0, row.Integer(6) != 0};
                  return true;
                });
  }
  if (done) {
    done = Each(
        database_, "SELECT is_receipt, message, state, log_id, generation, refusal FROM outbox",
        [&](Statement& row) {
          OutboxItem& item = content.outbox.emplace_back();
          if (row.Integer(0) == 0) item.report = v1::Acknowledgement();
          item.state = static_cast<OutboxItem::State>(row.Integer(2));
          item.log_id = row.Bytes(3);
          item.generation = row.Integer(4);
          item.refusal = row.Bytes(5);
          return std::visit([&](auto& report) { return report.ParseFromString(row.Bytes(1)); },
                            item.report);
        });
  }
  if (done) {
    done =
        Each(database_, "SELECT log_id, generation, sequence FROM sync_point", [&](Statement& row) {
          content.sync_point = {row.Bytes(0), row.Integer(1), row.Integer(2)};
          return true;
        });
  }
  if (done) {
    done = Each(database_, "SELECT name, value FROM fact", [&](Statement& row) {
      const std::string name = row.Bytes(0);
      if (name == "settings") return content.settings.emplace().ParseFromString(row.Bytes(1));
      if (name == "procedures") return content.procedures.emplace().ParseFromString(row.Bytes(1));
      if (name == "last_confirmed")
        content.last_confirmed =
            TimePoint(std::chrono::milliseconds(std::atoll(row.Bytes(1).c_str())));
      return true;
    });
  }
  if (!done) return std::unexpected(done.error());
  return content;
}

Result<void> Cache::Commit(const CacheChange& change) {
  if (auto begun = database_.Execute("BEGIN IMMEDIATE"); !begun) return begun;
  auto written = Write(change);
  if (written) written = database_.Execute("COMMIT");
  if (!written) {
    // Nothing to do about a failing rollback: SQLite rolls back by itself when the transaction
    // cannot go on.
    if (auto undone = database_.Execute("ROLLBACK"); !undone)
      SPDLOG_DEBUG("rollback: {}", undone.error().message);
  }
  return written;
}

}  // namespace wardcast::agent
