// One connection to Redis: hiredis' synchronous API behind RAII. The only file that knows hiredis.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/bus/bus.h"

struct redisContext;

namespace wardcast {

// What Redis said, with the outermost array taken apart; other types are empty text.
using RedisReply = std::vector<std::string>;

// After any error the connection is of no more use: drop it and open another.
// Threads: one at a time, which must have SIGPIPE blocked (hiredis writes without MSG_NOSIGNAL).
class RedisConnection {
 public:
  // Connects and authenticates; blocks up to `timeout` for each (longer if a host name must be
  // looked up). kUnavailable: with the reason.
  static Result<RedisConnection> Open(const RedisBusConfig& config);

  // Sends the command and waits for the answer. kUnavailable: also if Redis answers with an error.
  Result<RedisReply> Command(std::span<const std::string_view> words);
  // Sends the command; the answer comes through Receive().
  Result<void> Send(std::span<const std::string_view> words);
  // Call it when fd() is readable: takes what is there, calls `each` for every whole answer, does
  // not wait for more.
  Result<void> Receive(const std::function<void(const RedisReply&)>& each);
  int fd() const;

 private:
  struct Free {
    void operator()(redisContext* context) const;
  };
  explicit RedisConnection(redisContext* context) : context_(context) {}
  std::unexpected<Error> Broken() const;

  std::unique_ptr<redisContext, Free> context_;
};

// "127.0.0.1:6379" or the path of the socket.
std::string RedisPlace(const RedisBusConfig& config);

}  // namespace wardcast
