// Runs a function inside a transaction; exceptions of the database end here.
#pragma once

#include <exception>
#include <string>
#include <type_traits>

#include "server/store/sql/pool.h"
#include "server/store/sql_store.h"

namespace wardcast {

// `begin`: the statement that starts it; empty: none, each statement stands for itself. `body` may
// run up to three times (after a deadlock, or when somebody else inserted the same key first), so
// it must not keep anything of a failed run.
template <class Body>
auto RunTransaction(Pool& pool, std::string (*begin)(Dialect), Body&& body) {
  using Outcome = std::invoke_result_t<Body, Connection&>;
  constexpr int kAttempts = 3;
  for (int attempt = 1;; ++attempt) {
    auto lease = pool.Take();
    if (!lease) return Outcome(std::unexpected(lease.error()));
    Connection& connection = **lease;
    Failure failure;
    try {
      if (begin != nullptr) connection.Execute(begin(connection.dialect()));
      Outcome outcome = body(connection);
      if (begin != nullptr) connection.Execute(outcome ? "COMMIT" : "ROLLBACK");
      return outcome;
    } catch (const std::exception& exception) {
      failure = Explain(exception, connection.place());
    }
    if (!failure.lost && begin != nullptr) {
      try {
        connection.RollBack();
      } catch (const std::exception&) {
        failure.lost = true;  // closing the connection rolls back
      }
    }
    if (failure.lost) lease->Drop();
    if (!failure.try_again || attempt == kAttempts) return Outcome(std::unexpected(failure.error));
  }
}

template <class Body>
auto SqlStore::Write(Body&& body) {
  auto outcome = RunTransaction(*parts_.writers, &BeginWrite, body);
  NoteWrite(outcome ? nullptr : &outcome.error());
  return outcome;
}

template <class Body>
auto SqlStore::ReadSnapshot(Body&& body) {
  return RunTransaction(*parts_.readers, &BeginRead, body);
}

template <class Body>
auto SqlStore::Read(Body&& body) {
  return RunTransaction(*parts_.readers, nullptr, body);
}

}  // namespace wardcast
