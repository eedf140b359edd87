// What a call shows to prove who makes it, as a front door found it. Never logged.
#pragma once

#include <string>

namespace wardcast {

struct Presented {
  std::string bearer = {};       // a token as sent, without "Bearer "; empty: none
  std::string session = {};      // the value of a browser's session cookie; counts without a bearer
  std::string csrf = {};         // what the page sent with it
  std::string endpoint_id = {};  // of a verified client certificate
  bool local = false;            // came over DATA_DIR/admin.sock
};

}  // namespace wardcast
