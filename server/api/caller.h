// Who calls, as a front door found out.
#pragma once

#include <string>

namespace wardcast {

struct Caller {
  std::string bearer;  // token as sent, without "Bearer "; empty: none. Never logged.
  std::string peer;    // "127.0.0.1:52310", for the audit trail and the log
  // Came over DATA_DIR/admin.sock, which only the broker's own user may open.
  bool local = false;
};

}  // namespace wardcast
