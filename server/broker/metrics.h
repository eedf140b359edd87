// /metrics in Prometheus' text format: every queue, every counter, sampled when it is asked for.
#pragma once

#include <string>

#include "server/api/method_table.h"
#include "server/api/work_queue.h"
#include "server/broker/health.h"
#include "server/feed/hub.h"

namespace wardcast {

// Threads: any; never blocks.
class Metrics {
 public:
  // All must outlive this object.
  Metrics(const Health& health, const Hub& hub, const MethodTable& methods, const WorkQueue& work,
          std::string version)
      : health_(health), hub_(hub), methods_(methods), work_(work), version_(std::move(version)) {}

  std::string Render() const;

 private:
  const Health& health_;
  const Hub& hub_;
  const MethodTable& methods_;
  const WorkQueue& work_;
  const std::string version_;
};

}  // namespace wardcast
