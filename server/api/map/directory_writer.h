// Every change of the directory that somebody asks for: planned from what the store has, committed,
// told to all brokers, and here before the caller is answered.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "server/bus/bus.h"
#include "server/directory/change/plan.h"
#include "server/feed/hub.h"
#include "server/store/store.h"

namespace wardcast {

// What a change is made with.
struct ChangeOrder {
  // The change, given the directory as it is and what is shipped; may be asked again.
  std::function<Result<ChangePlan>(const DirectoryContent& current,
                                   const DirectoryContent& shipped)>
      plan;
  bool dry_run = false;
  // A change that others were faster than is made again from what there is then, so often in all.
  int attempts = 1;
  std::string who;   // for the log
  std::string what;  // for the log: "imported"
};

// Threads: any; blocks on the store. Changes of one broker take turns.
class DirectoryWriter {
 public:
  // All must outlive the writer. Throws std::logic_error if the shipped catalogue is faulty.
  DirectoryWriter(Store& store, Bus& bus, const Hub& hub, const Clock& clock);

  // What changed, or would; nothing is written where nothing does. Errors of the plan and the
  // store; kAborted: the directory changed meanwhile, nothing was written.
  Result<std::vector<v1::ImportCount>> Apply(const ChangeOrder& order);

  // Brings the shipped catalogue into a store whose directory was never imported; otherwise changes
  // nothing. Call it once the hub has what the store has. A store that refuses is logged: an import
  // can bring what is missing.
  void BringShipped();

 private:
  Result<Sequence> Commit(const DirectoryContent& content, Sequence expected) REQUIRES(changing_);

  Store& store_;
  Bus& bus_;
  const Hub& hub_;
  const Clock& clock_;
  const DirectoryContent shipped_;
  Mutex changing_;   // one change of this broker at a time
  CondVar applied_;  // nobody notifies it: it only paces the wait for the feed
};

}  // namespace wardcast
