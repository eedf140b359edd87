// How far an alert has come, from absolute sums in the store.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "server/feed/hub.h"
#include "server/store/store.h"
#include "wardcast/v1/progress.pb.h"

namespace wardcast {

// Threads: any; blocks on the store.
class ProgressReader {
 public:
  // All must outlive the reader.
  ProgressReader(Store& store, const Hub& hub, const Clock& clock)
      : store_(store), hub_(hub), clock_(clock) {}

  // kNotFound: no such alert.
  Result<v1::AlertProgress> Read(const std::string& alert_id);
  Result<v1::AlertProgress> Read(const v1::Alert& alert);

 private:
  Store& store_;
  const Hub& hub_;
  const Clock& clock_;
};

}  // namespace wardcast
