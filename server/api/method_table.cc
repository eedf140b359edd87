#include "server/api/method_table.h"

#include <algorithm>
#include <utility>

#include "base/log.h"

namespace wardcast {

void MethodTable::AddMethod(std::string name, Rule rule, Where where,
                            const google::protobuf::Message* prototype, Run run) {
  Method& method = methods_[std::move(name)];
  method.rule = rule;
  method.where = where;
  method.prototype = prototype;
  method.run = std::move(run);
}

std::unique_ptr<google::protobuf::Message> MethodTable::NewRequest(std::string_view method) const {
  const auto found = methods_.find(method);
  if (found == methods_.end()) return nullptr;
  return std::unique_ptr<google::protobuf::Message>(found->second.prototype->New());
}

void MethodTable::Drain(std::chrono::milliseconds retry_after) {
  drain_ms_.store(std::max<std::int64_t>(0, retry_after.count()));
}

void MethodTable::Call(std::string_view name, const Caller& caller,
                       std::unique_ptr<google::protobuf::Message> request, Done done) {
  const auto found = methods_.find(name);
  if (found == methods_.end() || (found->second.rule == Rule::kLocal && !caller.local)) {
    return done(Fail(Code::kUnimplemented, "this broker has no method " + LogSafe(name)));
  }
  Method& method = found->second;
  // Shared, because `done` is needed by the queued work and by whoever refuses it.
  auto answer = std::make_shared<Done>([&method, done = std::move(done)](auto result) {
    (result ? method.ok : method.failed).fetch_add(1, std::memory_order_relaxed);
    done(std::move(result));
  });
  const bool anonymous = caller.bearer.empty() && method.rule != Rule::kToken;
  if (method.where == Where::kHere && (anonymous || authenticator_.Known(caller.bearer)))
    return RunMethod(method, caller, *request, *answer);
  if (const std::int64_t drain = drain_ms_.load(); drain >= 0) {
    return (*answer)(FailFor(Code::kUnavailable, "this broker is stopping; retry is safe",
                             std::chrono::milliseconds(drain)));
  }
  auto work = [this, &method, caller, request = std::move(request), answer]() {
    RunMethod(method, caller, *request, *answer);
  };
  auto dropped = [answer](Error error) { (*answer)(std::unexpected(std::move(error))); };
  if (auto offered = work_.Offer(std::move(work), std::move(dropped)); !offered)
    (*answer)(std::unexpected(offered.error()));
}

void MethodTable::RunMethod(const Method& method, const Caller& caller,
                            const google::protobuf::Message& request, const Done& answer) {
  CallContext context{.caller = {}, .peer = caller.peer};
  if (method.rule == Rule::kToken || !caller.bearer.empty()) {
    auto owner = authenticator_.Authenticate(caller.bearer);
    if (!owner && method.rule == Rule::kToken) return answer(std::unexpected(owner.error()));
    if (owner) context.caller = *owner;
  }
  method.run(context, request, answer);
}

std::vector<std::pair<std::string, Rule>> MethodTable::Rules() const {
  std::vector<std::pair<std::string, Rule>> rules;
  rules.reserve(methods_.size());
  for (const auto& [name, method] : methods_) rules.emplace_back(name, method.rule);
  return rules;
}

std::vector<MethodUse> MethodTable::Uses() const {
  std::vector<MethodUse> uses;
  uses.reserve(methods_.size());
  for (const auto& [name, method] : methods_)
    uses.push_back({name, method.ok.load(), method.failed.load()});
  return uses;
}

}  // namespace wardcast
