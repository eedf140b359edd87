// Who is calling, once the broker knows.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "wardcast/v1/role.pb.h"

namespace wardcast {

// Immutable once made; shared by the calls of one credential.
struct Identity {
  enum class Kind {
    kNobody,    // no credential
    kPerson,    // a session
    kToken,     // an API token
    kEndpoint,  // a certificate, or an enrolled browser's cookie; only of an endpoint's own affairs
    kLocal,     // DATA_DIR/admin.sock
    kLoopback,  // admin.token of a broker with insecure_loopback
    kUnproven,  // a program of this machine, of a broker with insecure_loopback: endpoints propose
                // their id
  };
  Kind kind = Kind::kNobody;
  // For the audit trail and as the scope of request ids: "ann", "token/nagios",
  // "endpoint/4w-pc-01", "local", "admin"; empty: nobody.
  std::string name = {};
  std::string display_name = {};
  // What wards read as the sender: a desk or a machine, never a person.
  std::string published_as = {};
  std::vector<v1::Grant> grants = {};
  std::string session_id = {};         // kPerson
  std::string token_id = {};           // kToken
  std::string endpoint_id = {};        // kEndpoint
  std::string registration_id = {};    // kEndpoint: which key
  bool second_factor_missing = false;  // its roles ask for an authenticator that there is not
  bool has_second_factor = false;
  bool break_glass = false;
  bool from_directory = false;  // its password is the hospital's directory's
  // kPerson: until then grave steps ask nothing (confirmation.h).
  TimePoint confirmed_until{};
  TimePoint expires{};  // TimePoint{} (1970): no end

  // For the log, which holds no names of people.
  std::string LogName() const { return kind == Kind::kPerson ? "a person" : name; }

  bool Has(v1::Role::Value role) const {
    for (const v1::Grant& grant : grants) {
      if (grant.role() == role) return true;
    }
    return false;
  }
};

using IdentityPtr = std::shared_ptr<const Identity>;

}  // namespace wardcast
