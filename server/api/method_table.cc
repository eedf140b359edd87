#include "server/api/method_table.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/bytes.h"
#include "base/log.h"
#include "server/access/roles/confirmation.h"

namespace wardcast {

namespace {

constexpr std::string_view kWhoAmI = "wardcast.v1.AccessService/WhoAmI";

// "wardcast.v1.AlertService/PublishAlert" → "publish-alert".
std::string AuditWord(std::string_view method) {
  std::string word;
  for (const char c : method.substr(method.rfind('/') + 1)) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital && !word.empty()) word += '-';
    word += capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return word;
}

std::string TextField(const google::protobuf::Message& message, const char* name) {
  const auto* field = message.GetDescriptor()->FindFieldByName(name);
  if (!field || field->is_repeated() ||
      field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_STRING)
    return {};
  return message.GetReflection()->GetString(message, field);
}

// What a call was about: the id or the name of what it names, never a text.
std::string SubjectOf(const google::protobuf::Message& message) {
  for (const char* part : {"alert", "account", "token"}) {
    const auto* field = message.GetDescriptor()->FindFieldByName(part);
    if (!field || field->is_repeated() ||
        field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE ||
        !message.GetReflection()->HasField(message, field))
      continue;
    const auto& inner = message.GetReflection()->GetMessage(message, field);
    if (const std::string id = TextField(inner, "id"); !id.empty()) return id;
    if (const std::string name = TextField(inner, "name"); !name.empty()) return name;
  }
  for (const char* name : {"alert_id", "account", "id", "name", "endpoint_id", "file"}) {
    if (std::string text = TextField(message, name); !text.empty()) return text;
  }
  return {};
}

}  // namespace

Result<void> CheckCsrf(const Caller& caller, const SignedIn& signed_in) {
  const bool by_cookie = caller.bearer.empty() && !caller.session.empty();
  if (!by_cookie || SameSecret(caller.csrf, signed_in.csrf())) return {};
  return Fail(Code::kPermissionDenied,
              "this call did not come from a page of this broker (X-Wardcast-Csrf is missing or "
              "wrong): load the page again");
}

Result<void> CheckOnlyItself(const Identity& caller, const std::string& claimed) {
  if (caller.kind != Identity::Kind::kEndpoint || claimed == caller.endpoint_id) return {};
  SPDLOG_WARN("{} gave itself out as {} and was refused", caller.endpoint_id, LogSafe(claimed));
  return Fail(Code::kPermissionDenied,
              "this is the endpoint " + caller.endpoint_id + ", which may act only as itself");
}

void MethodTable::AddMethod(std::string name, Where where,
                            const google::protobuf::Message* prototype, Run run) {
  const MethodRule* rule = FindRule(name);
  if (!rule) throw std::logic_error("server/access/roles has no rule for " + name);
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
  if (found == methods_.end() || (found->second.rule->needs == Needs::kLocal && !caller.local)) {
    return done(Fail(Code::kUnimplemented, "this broker has no method " + LogSafe(name)));
  }
  Method& method = found->second;
  // Shared, because `done` is needed by the queued work and by whoever refuses it.
  auto answer = std::make_shared<Done>([&method, done = std::move(done)](auto result) {
    (result ? method.ok : method.failed).fetch_add(1, std::memory_order_relaxed);
    done(std::move(result));
  });
  // Of a method that everybody may call nobody is asked who they are.
  if (method.where == Where::kHere &&
      (method.rule->needs == Needs::kNothing || authenticator_.Known(PresentedOf(caller))))
    return RunMethod(method, caller, *request, *answer, false);
  if (const std::int64_t drain = drain_ms_.load(); drain >= 0) {
    return (*answer)(FailFor(Code::kUnavailable, "this broker is stopping; retry is safe",
                             std::chrono::milliseconds(drain)));
  }
  auto work = [this, &method, caller, request = std::move(request), answer]() {
    RunMethod(method, caller, *request, *answer, true);
  };
  auto dropped = [answer](Error error) { (*answer)(std::unexpected(std::move(error))); };
  if (auto offered = work_.Offer(std::move(work), std::move(dropped)); !offered)
    (*answer)(std::unexpected(offered.error()));
}

void MethodTable::RunMethod(const Method& method, const Caller& caller,
                            const google::protobuf::Message& request, const Done& answer,
                            bool may_block) {
  CallContext context{.caller = {}, .peer = caller.peer};
  context.offered_key = caller.offered_key;
  static const IdentityPtr kNobody = std::make_shared<const Identity>();
  context.identity = kNobody;
  SignedInPtr signed_in = authenticator_.Known(PresentedOf(caller));
  if (may_block) {
    auto found = authenticator_.Authenticate(PresentedOf(caller));
    if (!found && method.rule->needs != Needs::kNothing)
      return Refuse(method, caller, "", found.error(), answer);
    if (found) signed_in = std::move(*found);
  }
  // It was known a moment ago, and is over now.
  if (!signed_in && method.rule->needs != Needs::kNothing) {
    return Refuse(method, caller, "",
                  Error{Code::kUnauthenticated, "this credential is not valid any more", {}},
                  answer);
  }
  if (signed_in) {
    IdentityPtr identity = signed_in->identity();
    if (may_block && method.rule->confirmed != Confirmed::kNo)
      identity = Latest(caller, std::move(identity));
    auto allowed = CheckRule(*method.rule, *identity);
    if (allowed && method.rule->needs != Needs::kNothing && method.rule->method != kWhoAmI)
      allowed = CheckCsrf(caller, *signed_in);
    // Without an id the handler says that it is missing.
    if (allowed && identity->kind == Identity::Kind::kEndpoint &&
        method.rule->needs != Needs::kNothing) {
      const std::string claimed = TextField(request, "endpoint_id");
      if (!claimed.empty()) allowed = CheckOnlyItself(*identity, claimed);
    }
    if (allowed && method.rule->confirmed == Confirmed::kYes)
      allowed = CheckConfirmed(*identity, authenticator_.Now());
    if (!allowed) return Refuse(method, caller, identity->name, allowed.error(), answer);
    context.identity = identity;
    context.caller = identity->name;
    context.csrf = signed_in->csrf();
  }
  if (!audit_ || !method.rule->audited) return method.run(context, request, answer);
  method.run(context, request,
             [this, &method, context, subject = SubjectOf(request), answer](auto result) {
               if (!result) {
                 if (result.error().code == Code::kPermissionDenied ||
                     result.error().remedy == Remedy::kConfirm) {
                   audit_->NoteRefusal({.who = context.caller,
                                        .peer = context.peer,
                                        .what = "refused",
                                        .subject = AuditWord(method.rule->method),
                                        .detail = result.error().message});
                 }
                 return answer(std::move(result));
               }
               const std::string made = SubjectOf(**result);
               AuditEntry entry{.who = context.caller,
                                .peer = context.peer,
                                .what = AuditWord(method.rule->method),
                                .subject = made.empty() ? subject : made};
               // Shared, because what the audit trail calls must be copyable.
               auto done = std::make_shared<decltype(result)>(std::move(result));
               audit_->RecordThen(std::move(entry), [done, answer] { answer(std::move(*done)); });
             });
}

IdentityPtr MethodTable::Latest(const Caller& caller, IdentityPtr identity) {
  if (CheckConfirmed(*identity, authenticator_.Now())) return identity;
  authenticator_.Forget(identity->name);
  const auto again = authenticator_.Authenticate(PresentedOf(caller));
  return again && (*again)->identity()->name == identity->name ? (*again)->identity() : identity;
}

void MethodTable::Refuse(const Method& method, const Caller& caller, const std::string& who,
                         const Error& error, const Done& answer) {
  // Without any credential there is nobody whose refusal would tell anything.
  const bool shown = !caller.bearer.empty() || !caller.session.empty() || !who.empty();
  if (audit_ && shown && error.code != Code::kUnavailable) {
    audit_->NoteRefusal({.who = who,
                         .peer = caller.peer,
                         .what = "refused",
                         .subject = AuditWord(method.rule->method),
                         .detail = error.message});
  }
  answer(std::unexpected(error));
}

std::vector<std::string> MethodTable::Names() const {
  std::vector<std::string> names;
  names.reserve(methods_.size());
  for (const auto& [name, method] : methods_) names.push_back(name);
  return names;
}

std::vector<MethodUse> MethodTable::Uses() const {
  std::vector<MethodUse> uses;
  uses.reserve(methods_.size());
  for (const auto& [name, method] : methods_)
    uses.push_back({name, method.ok.load(), method.failed.load()});
  return uses;
}

}  // namespace wardcast
