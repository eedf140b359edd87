// Who was expected to show an alert, from its versions and the membership history.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/mutex.h"
#include "base/result.h"
#include "server/alert/expected.h"
#include "server/api/figures/place_history.h"
#include "server/directory/directory.h"
#include "server/store/store.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

struct Expected {
  std::vector<ExpectedEndpoint> endpoints;  // by id
  std::map<std::string, int> by_ward;       // one that moved counts in each of its wards
};
using ExpectedPtr = std::shared_ptr<const Expected>;

// Threads: any; blocks on the store once for each version of an alert and of the directory.
class ExpectedReader {
 public:
  // Both must outlive the reader.
  ExpectedReader(Store& store, PlaceHistory& places) : store_(store), places_(places) {}

  // nullptr: nothing is known about the time in which the alert was on the wards, because the
  // history began later.
  Result<ExpectedPtr> Read(const v1::Alert& alert, const Directory& directory);

 private:
  struct Kept {
    std::int64_t generation = 0;
    std::int64_t version = 0;
    std::int64_t directory = 0;
    ExpectedPtr expected;
  };

  Result<ExpectedPtr> Compute(const v1::Alert& alert, const Directory& directory);

  Store& store_;
  PlaceHistory& places_;
  Mutex mu_;
  std::map<std::string, Kept> kept_ GUARDED_BY(mu_);  // by alert id; the newest alerts
};

}  // namespace wardcast
