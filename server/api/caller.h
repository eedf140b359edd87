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
  std::string session = {};  // a browser's session cookie; counts if there is no bearer. Never
                             // logged.
  std::string csrf = {};     // what the page sent with the cookie
};

// What of it proves who it is.
inline Presented PresentedOf(const Caller& caller) {
  return {.bearer = caller.bearer,
          .session = caller.session,
          .csrf = caller.csrf,
          .endpoint_id = caller.endpoint_id,
          .local = caller.local};
}

}  // namespace wardcast
