// Rows of people: accounts, sessions, API tokens, entries of the audit trail.
#pragma once

#include <cstdint>
#include <string>

#include "base/clock.h"
#include "wardcast/v1/access_service.pb.h"

namespace wardcast {

// An account with what must never leave the broker.
struct AccountRow {
  // Name, display name, assignments, disabled, break_glass, from_directory.
  v1::Account account;
  std::string password_hash;   // as libsodium writes it; empty: none
  std::string totp_secret;     // base32; empty: none
  std::string totp_pending;    // base32; begun and not confirmed
  std::int64_t totp_step = 0;  // the newest 30 s step whose code was taken
  TimePoint signed_in_at{};    // TimePoint{} (1970): never
};

// A person's session. `hash` is SHA-256 in hexadecimal of the secret, which is nowhere.
struct SessionRow {
  std::string hash;
  std::string id;  // ULID; names it
  std::string account;
  bool browser = false;        // its secret is a cookie
  bool second_factor = false;  // an authenticator's code was given
  TimePoint created_at{};
  TimePoint seen_at{};
  TimePoint expires_at{};
  TimePoint confirmed_at{};  // when the person last proved who they are
  std::string peer;
};

// A machine's credential: `token` as it is listed, and the hash of its secret.
struct ApiTokenRow {
  v1::ApiToken token;
  std::string hash;
};

// One entry of the audit trail before it has a number.
struct AuditEntry {
  TimePoint at{};
  std::string who = {};
  std::string peer = {};
  std::string what = {};
  std::string subject = {};
  std::string detail = {};
  bool loud = false;
};

}  // namespace wardcast
