// What a call shows to prove who makes it, as a front door found it. Never logged.
#pragma once

#include <string>

namespace wardcast {

struct Presented {
  std::string bearer = {};  // a token as sent, without "Bearer "; empty: none
  // The value of the one cookie with which the call is made, a person's session or an enrolled
  // browser's (server/http/connect/cookie_choice.h); counts without a bearer.
  std::string session = {};
  std::string csrf = {};             // what the page sent with it
  std::string endpoint_id = {};      // of a verified client certificate
  std::string registration_id = {};  // of the same
  bool local = false;                // came over DATA_DIR/admin.sock
  bool unattended = false;           // nobody is at the page that calls: this is no use of it
};

}  // namespace wardcast
