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

#include "server/access/audit/audit_log.h"
#include "server/access/authenticator.h"
#include "server/access/roles/rule_table.h"
#include "server/api/dispatcher.h"
#include "server/api/work_queue.h"

namespace wardcast {

// Where a handler runs.
enum class Where {
  kWork,  // on `work-N`: it may wait for the store
  // On the front door's thread: it answers from memory within microseconds, so that a store that
  // hangs does not keep it from answering. Also answers while the broker drains.
  kHere,
};

// What a handler knows of a call.
struct CallContext {
  std::string caller;  // identity->name; empty: nobody that is known
  std::string peer;
  IdentityPtr identity = {};     // never nullptr when the table calls
  std::string csrf = {};         // of the caller's cookie
  std::string offered_key = {};  // see Caller
};

// A call that shows a cookie must also show what only a page of this broker can read.
// kPermissionDenied: it does not.
Result<void> CheckCsrf(const Caller& caller, const SignedIn& signed_in);

// An endpoint acts as itself only; `claimed`: the endpoint that a request is about.
// kPermissionDenied: it is another one.
Result<void> CheckOnlyItself(const Identity& caller, const std::string& claimed);

// How one method has been used; for the metrics.
struct MethodUse {
  std::string method;
  std::uint64_t ok = 0;
  std::uint64_t failed = 0;
};

// Threads: Add before the first call; everything else from any.
class MethodTable final : public Dispatcher {
 public:
  // All must outlive the table. `audit`: nullptr keeps nothing.
  MethodTable(WorkQueue& work, Authenticator& authenticator, AuditLog* audit = nullptr)
      : work_(work), authenticator_(authenticator), audit_(audit) {}

  // Adds a method whose handler returns its answer; on `work-N` it may block. Throws
  // std::logic_error if server/access/roles has no rule for it.
  template <class Request, class Response>
  void Add(std::string name,
           std::function<Result<Response>(const CallContext&, const Request&)> handler,
           Where where = Where::kWork) {
    AddAsync<Request, Response>(
        std::move(name),
        [handler = std::move(handler)](const CallContext& context, const Request& request,
                                       std::function<void(Result<Response>)> done) {
          done(handler(context, request));
        },
        where);
  }

  // Adds a method whose handler answers later, from any thread, exactly once.
  template <class Request, class Response>
  void AddAsync(
      std::string name,
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
    AddMethod(std::move(name), where, &Request::default_instance(), std::move(run));
  }

  std::unique_ptr<google::protobuf::Message> NewRequest(std::string_view method) const override;
  void Call(std::string_view method, const Caller& caller,
            std::unique_ptr<google::protobuf::Message> request, Done done) override;

  // The one gate of both doors: calls that come from now on are answered kUnavailable, with the
  // time to try again (except Where::kHere); those that are under way go on. Any thread.
  void Drain(std::chrono::milliseconds retry_after);

  // Names of all methods.
  std::vector<std::string> Names() const;
  std::vector<MethodUse> Uses() const;

 private:
  using Run = std::function<void(const CallContext&, const google::protobuf::Message&, Done)>;
  struct Method {
    const MethodRule* rule;
    Where where;
    const google::protobuf::Message* prototype;
    Run run;
    std::atomic<std::uint64_t> ok = 0;
    std::atomic<std::uint64_t> failed = 0;
  };

  void AddMethod(std::string name, Where where, const google::protobuf::Message* prototype,
                 Run run);
  // Finds out who calls and whether they may, then runs the handler. `may_block`: the store may be
  // asked.
  void RunMethod(const Method& method, const Caller& caller,
                 const google::protobuf::Message& request, const Done& answer, bool may_block);
  // The caller, read again from the store if what is remembered is not confirmed: they may have
  // confirmed at another broker a moment ago.
  IdentityPtr Latest(const Caller& caller, IdentityPtr identity);
  // Refuses, and keeps in the audit trail that it did.
  void Refuse(const Method& method, const Caller& caller, const std::string& who,
              const Error& error, const Done& answer);

  WorkQueue& work_;
  Authenticator& authenticator_;
  AuditLog* const audit_;
  std::map<std::string, Method, std::less<>> methods_;
  std::atomic<std::int64_t> drain_ms_{-1};  // what Drain said; -1: it did not
};

}  // namespace wardcast
