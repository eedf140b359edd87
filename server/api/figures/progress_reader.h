// How far an alert has come, from absolute sums in the store.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "server/api/figures/connections.h"
#include "server/api/figures/expected_reader.h"
#include "server/feed/hub.h"
#include "server/store/store.h"
#include "wardcast/v1/progress.pb.h"

namespace wardcast {

// Threads: any; blocks on the store.
class ProgressReader {
 public:
  // All must outlive the reader.
  ProgressReader(Store& store, const Hub& hub, ExpectedReader& expected, Connections& connections,
                 const Clock& clock)
      : store_(store), hub_(hub), expected_(expected), connections_(connections), clock_(clock) {}

  // kNotFound: no such alert.
  Result<v1::AlertProgress> Read(const std::string& alert_id);
  Result<v1::AlertProgress> Read(const v1::Alert& alert);

 private:
  // Of each ward in the round that counts for it.
  Result<std::vector<WardCount>> ReadCounts(const v1::Alert& alert);

  Store& store_;
  const Hub& hub_;
  ExpectedReader& expected_;
  Connections& connections_;
  const Clock& clock_;
};

}  // namespace wardcast
