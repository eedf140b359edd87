// The dispatcher: a table of methods, each with its rule of access and its handler. A method
// without a rule cannot be added.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/access/authenticator.h"
#include "server/api/dispatcher.h"
#include "server/api/work_queue.h"

namespace wardcast {

// Who may call. Roles and scopes join here when people have accounts.
enum class Rule {
  kOpen,   // everyone who reaches the broker; it listens on loopback only
  kToken,  // the holder of a bearer token
  kLocal,  // whoever may open DATA_DIR/admin.sock; for everybody else there is no such method
};

// Where a handler runs.
enum class Where {
  kWork,  // on `work-N`: it may wait for the store
  // On the front door's thread: it answers from memory within microseconds, so that a store that
  // hangs does not keep it from answering. Also answers while the broker drains.
  kHere,
};

// What a handler knows of a call.
struct CallContext {
  std::string caller;  // owner of the token; empty for kOpen methods called without one
  std::string peer;
};

// How one method has been used; for the metrics.
struct MethodUse {
  std::string method;
  std::uint64_t ok = 0;
  std::uint64_t failed = 0;
};

// Threads: Add before the first call; everything else from any.
class MethodTable final : public Dispatcher {
 public:
  // Both must outlive the table.
  MethodTable(WorkQueue& work, Authenticator& authenticator)
      : work_(work), authenticator_(authenticator) {}

  // Adds a method whose handler returns its answer; on `work-N` it may block.
  template <class Request, class Response>
  void Add(std::string name, Rule rule,
           std::function<Result<Response>(const CallContext&, const Request&)> handler,
           Where where = Where::kWork) {
    AddAsync<Request, Response>(
        std::move(name), rule,
        [handler = std::move(handler)](const CallContext& context, const Request& request,
                                       std::function<void(Result<Response>)> done) {
          done(handler(context, request));
        },
        where);
  }

  // Adds a method whose handler answers later, from any thread, exactly once.
  template <class Request, class Response>
  void AddAsync(
      std::string name, Rule rule,
      std::function<void(const CallContext&, const Request&, std::function<void(Result<Response>)>)>
          handler,
      Where where = Where::kWork) {
    auto run = [handler = std::move(handler)](const CallContext& context,
                                              const google::protobuf::Message& request, Done done) {
      handler(context, static_cast<const Request&>(request),
              [done = std::move(done)](Result<Response> response) {
                if (!response) return done(std::unexpected(response.error()));
                done(std::make_unique<Response>(std::move(*response)));
              });
    };
    AddMethod(std::move(name), rule, where, &Request::default_instance(), std::move(run));
  }

  std::unique_ptr<google::protobuf::Message> NewRequest(std::string_view method) const override;
  void Call(std::string_view method, const Caller& caller,
            std::unique_ptr<google::protobuf::Message> request, Done done) override;

  // The one gate of both doors: calls that come from now on are answered kUnavailable, with the
  // time to try again (except Where::kHere); those that are under way go on. Any thread.
  void Drain(std::chrono::milliseconds retry_after);

  std::vector<std::pair<std::string, Rule>> Rules() const;
  std::vector<MethodUse> Uses() const;

 private:
  using Run = std::function<void(const CallContext&, const google::protobuf::Message&, Done)>;
  struct Method {
    Rule rule;
    Where where;
    const google::protobuf::Message* prototype;
    Run run;
    std::atomic<std::uint64_t> ok = 0;
    std::atomic<std::uint64_t> failed = 0;
  };

  void AddMethod(std::string name, Rule rule, Where where,
                 const google::protobuf::Message* prototype, Run run);
  // Authenticates against the store if need be, then runs the handler.
  void RunMethod(const Method& method, const Caller& caller,
                 const google::protobuf::Message& request, const Done& answer);

  WorkQueue& work_;
  Authenticator& authenticator_;
  std::map<std::string, Method, std::less<>> methods_;
  std::atomic<std::int64_t> drain_ms_{-1};  // what Drain said; -1: it did not
};

}  // namespace wardcast
