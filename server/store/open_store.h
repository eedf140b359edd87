// Opens the store that the configuration names.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "base/clock.h"
#include "server/store/store.h"

namespace wardcast {

struct StoreConfig {
  // Folder of the embedded SQLite database `wardcast.db`, used if `postgresql` is empty. Made
  // (0700) and locked in either case, for it also holds the broker's keys; empty with PostgreSQL:
  // none.
  std::filesystem::path data_dir = {};
  // libpq connection string ("host=… dbname=…"); several hosts are allowed.
  std::string postgresql = {};
  // Connections for reading (SQLite: readers beside the one writer).
  int readers = 4;
  // A call that takes longer fails with kUnavailable.
  std::chrono::milliseconds timeout{5000};
  // What Store::Now() says with SQLite; must outlive the store. nullptr: the machine's.
  const Clock* clock = nullptr;
};

// Creates or migrates the schema under a lock. Errors, each with what to do: kFailedPrecondition:
// the schema is newer than this binary, or another broker has the SQLite folder open; kUnavailable:
// folder not writable, server not reachable; kDataLoss: damaged database.
Result<std::unique_ptr<Store>> OpenStore(const StoreConfig& config, TimePoint now);

// The newest schema that this binary knows.
int SchemaVersion();

}  // namespace wardcast
