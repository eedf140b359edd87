// /metrics in Prometheus' text format: every queue, every counter, sampled when it is asked for.
// docs/operations.md says what each is for.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "server/api/method_table.h"
#include "server/api/progress_watch.h"
#include "server/api/work_queue.h"
#include "server/broker/health.h"
#include "server/escalation/step_runner.h"
#include "server/feed/feed.h"
#include "server/feed/hub.h"
#include "server/grpc/grpc_server.h"
#include "server/http/http_server.h"
#include "server/journal/journal.h"

namespace wardcast {

// Threads: any; never blocks.
class Metrics {
 public:
  // What is sampled; all must outlive this object.
  struct Sources {
    const Health& health;
    const Hub& hub;
    const Feed& feed;
    const Journal& journal;
    const MethodTable& methods;
    const WorkQueue& work;
    const ProgressWatch& live;
    const StepRunner& steps;
    // Of the doors, which are opened after the metrics are there; called by Render only.
    std::function<GrpcCounts()> grpc;
    std::function<HttpCounts()> http;
    std::string version;
  };
  explicit Metrics(Sources sources) : from_(std::move(sources)) {}

  std::string Render() const;

 private:
  const Sources from_;
};

}  // namespace wardcast
