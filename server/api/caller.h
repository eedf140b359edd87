// Who calls, as a front door found out.
#pragma once

#include <string>

#include "server/access/presented.h"

namespace wardcast {

struct Caller {
  std::string bearer;  // token as sent, without "Bearer "; empty: none. Never logged.
  std::string peer;    // "127.0.0.1:52310", for the audit trail and the log
  // Came over DATA_DIR/admin.sock, which only the broker's own user may open.
  bool local = false;
  std::string endpoint_id = {};      // of the client certificate, which was verified; empty: none
  std::string registration_id = {};  // of the same
  // Of the one cookie that this call is made with; counts if there is no bearer. Never logged.
  std::string session = {};
  std::string csrf = {};  // what the page sent with the cookie
  // The page calls by itself and nobody is at it: the call does not count as use of the session.
  bool unattended = false;
  // SHA-256 of a secret that the door has made for this browser, and gives it as a cookie if the
  // call succeeds (EnrollBrowser); the API never sees the secret.
  std::string offered_key = {};
};

// What of it proves who it is.
inline Presented PresentedOf(const Caller& caller) {
  return {.bearer = caller.bearer,
          .session = caller.session,
          .csrf = caller.csrf,
          .endpoint_id = caller.endpoint_id,
          .registration_id = caller.registration_id,
          .local = caller.local,
          .unattended = caller.unattended};
}

}  // namespace wardcast
