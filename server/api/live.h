// The two live operations behind both front doors.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "base/subscription.h"
#include "server/access/signed_in.h"
#include "server/api/caller.h"
#include "server/feed/session.h"
#include "wardcast/v1/alert_service.pb.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast {

// Threads: all functions from any.
class Live {
 public:
  virtual ~Live() = default;

  // Who calls, as far as memory knows; nullptr: it does not. Whoever keeps a connection open keeps
  // this, and closes when it is over.
  virtual SignedInPtr Look(const Caller&) { return nullptr; }

  // Hub::Open with the rules of access; see there for errors and for `wake`. An endpoint that has
  // proved who it is opens its own only (kPermissionDenied); with TLS people and programs are
  // watchers, whichever endpoint they name. kUnavailable, too: only the store knows who calls; it
  // is asked meanwhile, and if it refuses, so does the next call.
  virtual Result<std::shared_ptr<Session>> Subscribe(const Caller& caller,
                                                     const v1::SubscribeRequest& request,
                                                     std::function<void()> wake) = 0;

  // `next` gets the progress now and at each change (at most four times a second; every 5 s
  // anyway), on a `work-N` thread, one call at a time; it must not block. An error (kNotFound,
  // kUnauthenticated, kUnavailable when draining) is the last call.
  using Next = std::function<void(Result<std::shared_ptr<const v1::WatchProgressResponse>>)>;
  virtual Subscription WatchProgress(const Caller& caller, const v1::WatchProgressRequest& request,
                                     Next next) = 0;
};

}  // namespace wardcast
