// Writing an alert: the row of what it now is, its history, and the wards that shall answer. Inside
// a transaction of the caller.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/store/alert_change.h"
#include "server/store/sql/connection.h"

namespace wardcast {

// What is true of an alert for as long as it is stored, taken out of it for the indexes.
struct AlertFacts {
  std::int64_t published_at = 0;  // 0: was never on the wards
  std::int64_t closed_at = 0;     // 0: open
  std::int64_t interrupts = 0;    // 1: counts towards the notices of a ward
  std::int64_t draft = 0;         // 1: was never sent
};

// `before`: of the version before; empty for a new alert.
AlertFacts FactsOf(const v1::Alert& alert, const AlertFacts& before, TimePoint now);

// The current version, and its place in the history.
void PutAlert(Connection& connection, const AlertChange& change, const StoredAlert& stored,
              const AlertFacts& facts);

// Adds a version to an alert's history. `editor`: who has written something of it; empty: nobody.
void InsertVersion(Connection& connection, const StoredAlert& stored, const std::string& editor,
                   TimePoint at);

// Wards that were ever expected stay, with the interval in which they were. `before`: there may be
// rows of an earlier version.
void PutExpected(Connection& connection, const std::string& alert_id,
                 const std::vector<ExpectedWard>& expected, bool before, TimePoint now);

}  // namespace wardcast
