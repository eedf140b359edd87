// The dispatcher: a table of methods, each with its rule of access and its handler. A method
// without a rule cannot be added.
#pragma once

#include <atomic>
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

  // Adds a method whose handler may block (it runs on `work-N`) and returns its answer.
  template <class Request, class Response>
  void Add(std::string name, Rule rule,
           std::function<Result<Response>(const CallContext&, const Request&)> handler) {
    AddAsync<Request, Response>(
        std::move(name), rule,
        [handler = std::move(handler)](const CallContext& context, const Request& request,
                                       std::function<void(Result<Response>)> done) {
          done(handler(context, request));
        });
  }

  // Adds a method whose handler answers later, from any thread, exactly once.
  template <class Request, class Response>
  void AddAsync(
      std::string name, Rule rule,
      std::function<void(const CallContext&, const Request&, std::function<void(Result<Response>)>)>
          handler) {
    auto run = [handler = std::move(handler)](const CallContext& context,
                                              const google::protobuf::Message& request, Done done) {
      handler(context, static_cast<const Request&>(request),
              [done = std::move(done)](Result<Response> response) {
                if (!response) return done(std::unexpected(response.error()));
                done(std::make_unique<Response>(std::move(*response)));
              });
    };
    AddMethod(std::move(name), rule, &Request::default_instance(), std::move(run));
  }

  std::unique_ptr<google::protobuf::Message> NewRequest(std::string_view method) const override;
  void Call(std::string_view method, const Caller& caller,
            std::unique_ptr<google::protobuf::Message> request, Done done) override;

  std::vector<std::pair<std::string, Rule>> Rules() const;
  std::vector<MethodUse> Uses() const;

 private:
  using Run = std::function<void(const CallContext&, const google::protobuf::Message&, Done)>;
  struct Method {
    Rule rule;
    const google::protobuf::Message* prototype;
    Run run;
    std::atomic<std::uint64_t> ok = 0;
    std::atomic<std::uint64_t> failed = 0;
  };

  void AddMethod(std::string name, Rule rule, const google::protobuf::Message* prototype, Run run);

  WorkQueue& work_;
  Authenticator& authenticator_;
  std::map<std::string, Method, std::less<>> methods_;
};

}  // namespace wardcast
