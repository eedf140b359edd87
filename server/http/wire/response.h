// What is answered to an HTTP request.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/wire/request_head.h"

namespace wardcast {

struct Response {
  int status = 200;
  // Without Date, Content-Length, Connection and the security headers, which every response gets.
  std::vector<Header> headers = {};
  // Shared: a file is in memory once, however many read it. nullptr: empty.
  std::shared_ptr<const std::string> body = {};
  // Close the connection after it, because the request's end is not known or not worth waiting for.
  bool close = false;
};

// "Not Found".
std::string_view StatusText(int status);

// Status line and all headers, with the empty line.
std::string SerializeHead(const Response& response, bool keep_alive, std::chrono::sys_seconds now);

// A page of plain words for a person at a browser or at curl. `words` is text, not HTML.
Response PlainPage(int status, std::string_view words);

}  // namespace wardcast
