// One browser's wish for a place, beside what its request says.
#pragma once

#include <string>

namespace wardcast {

struct BrowserWish {
  // SHA-256 of the secret that it gets in a cookie if it is given the place.
  std::string key_sha256;
  // The registration that its present cookie proves; empty: none.
  std::string former = {};
  // Where it calls from, without the port; for people.
  std::string address = {};
};

}  // namespace wardcast
