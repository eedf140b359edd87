// Every unary method of the contract by name: rule, messages, handler. Both front doors call
// through here, so a method is authorised, limited and answered the same way on both.
#pragma once

#include <google/protobuf/message.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "server/api/caller.h"

namespace wardcast {

// Threads: all functions from any.
class Dispatcher {
 public:
  using Done = std::function<void(Result<std::unique_ptr<google::protobuf::Message>>)>;

  virtual ~Dispatcher() = default;

  // An empty request message of "wardcast.v1.AlertService/PublishAlert"; nullptr: no such unary
  // method.
  virtual std::unique_ptr<google::protobuf::Message> NewRequest(std::string_view method) const = 0;

  // Authorises and runs the method. `done` is called exactly once: on a `work-N` or the journal's
  // thread, or at once in the caller's thread when refused (kUnauthenticated, kResourceExhausted:
  // too much work is waiting). It must not block.
  virtual void Call(std::string_view method, const Caller& caller,
                    std::unique_ptr<google::protobuf::Message> request, Done done) = 0;
};

}  // namespace wardcast
