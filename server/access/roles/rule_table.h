// Who may call what: one rule for every RPC of the contract, unary and streaming; the frames of a
// WebSocket are those RPCs. A test holds the table against the service definitions.
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "server/access/roles/identity.h"
#include "server/access/roles/role.h"

namespace wardcast {

enum class Needs {
  kNothing,   // whoever reaches the broker
  kEndpoint,  // an endpoint, about itself
  kPresence,  // an endpoint, about itself; or one of the roles, for reading
  kIdentity,  // any valid credential, an endpoint's too
  kSession,   // a person who is signed in
  kRole,      // one of the roles
  kLocal,     // DATA_DIR/admin.sock; for everybody else there is no such method
};

// Whether a person must have proved a short while ago who they are (confirmation.h).
enum class Confirmed {
  kNo,
  kIfWide,  // the handler decides by what the call is about
  kYes,
};

struct MethodRule {
  std::string_view method;  // "wardcast.v1.AlertService/PublishAlert"
  Needs needs;
  Roles roles = {};
  // Also while the person still has to set up an authenticator.
  bool before_second_factor = false;
  // Kept in the audit trail when it was done; refusals always are.
  bool audited = false;
  Confirmed confirmed = Confirmed::kNo;
};

// By method.
std::span<const MethodRule> RuleTable();
// nullptr: no such method.
const MethodRule* FindRule(std::string_view method);

// Whether `caller` may call the method at all; what it is about (scopes) is for the handler.
// kUnauthenticated: a credential is missing. kPermissionDenied: says which role, or which factor.
// kUnimplemented: for this caller there is no such method.
Result<void> CheckRule(const MethodRule& rule, const Identity& caller);

}  // namespace wardcast
