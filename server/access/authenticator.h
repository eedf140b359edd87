// Who is calling: a bearer token becomes its owner's name.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "server/store/store.h"

namespace wardcast {

// Threads: any; blocks on the store for a token that it was not asked for within 30 s.
class Authenticator {
 public:
  Authenticator(Store& store, const Clock& clock) : store_(store), clock_(clock) {}

  // The owner's name. kUnauthenticated: no token, or none that is known. kUnavailable: the store
  // does not answer.
  Result<std::string> Authenticate(const std::string& bearer);
  // The same from memory, never blocks; nullopt: only the store could say.
  std::optional<std::string> Known(const std::string& bearer);

 private:
  struct Owner {
    std::string owner;
    TimePoint asked;
  };

  std::optional<std::string> Find(const std::string& hash, TimePoint now);

  Store& store_;
  const Clock& clock_;
  Mutex mu_;
  // By hash; only tokens that exist, so that guessing fills no memory.
  std::unordered_map<std::string, Owner> known_ GUARDED_BY(mu_);
};

}  // namespace wardcast
