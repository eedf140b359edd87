#include "server/bus/redis_connection.h"

#include <hiredis/hiredis.h>

#include "base/log.h"

namespace wardcast {
namespace {

struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using ReplyHandle = std::unique_ptr<redisReply, FreeReply>;

timeval ToTimeval(std::chrono::milliseconds time) {
  return {.tv_sec = time.count() / 1000, .tv_usec = time.count() % 1000 * 1000};
}

std::string Text(const redisReply& reply) {
  return reply.str ? std::string(reply.str, reply.len) : std::string();
}

Result<RedisReply> Open(const redisReply& reply) {
  if (reply.type == REDIS_REPLY_ERROR) return Fail(Code::kUnavailable, LogSafe(Text(reply)));
  RedisReply words;
  if (reply.type != REDIS_REPLY_ARRAY) {
    words.push_back(Text(reply));
    return words;
  }
  for (std::size_t i = 0; i < reply.elements; ++i) words.push_back(Text(*reply.element[i]));
  return words;
}

struct Arguments {
  std::vector<const char*> words;
  std::vector<std::size_t> sizes;
  explicit Arguments(std::span<const std::string_view> list) {
    for (const std::string_view word : list) {
      words.push_back(word.data());
      sizes.push_back(word.size());
    }
  }
  int count() const { return static_cast<int>(words.size()); }
};

}  // namespace

void RedisConnection::Free::operator()(redisContext* context) const { redisFree(context); }

std::unexpected<Error> RedisConnection::Broken() const {
  return Fail(Code::kUnavailable, LogSafe(context_->err ? context_->errstr : "no answer"));
}

Result<RedisConnection> RedisConnection::Open(const RedisBusConfig& config) {
  const timeval timeout = ToTimeval(config.timeout);
  RedisConnection connection(
      config.unix_socket.empty()
          ? redisConnectWithTimeout(config.host.c_str(), config.port, timeout)
          : redisConnectUnixWithTimeout(config.unix_socket.c_str(), timeout));
  if (!connection.context_) return Fail(Code::kUnavailable, "no memory for a connection");
  if (connection.context_->err) return connection.Broken();
  if (redisSetTimeout(connection.context_.get(), timeout) != REDIS_OK) return connection.Broken();
  if (!config.password.empty()) {
    std::vector<std::string_view> words{"AUTH"};
    if (!config.username.empty()) words.push_back(config.username);
    words.push_back(config.password);
    if (auto reply = connection.Command(words); !reply) return std::unexpected(reply.error());
  }
  const std::string_view ping[] = {
      "PING"};  // refused while Redis loads its data, or without the right password
  if (auto reply = connection.Command(ping); !reply) return std::unexpected(reply.error());
  return connection;
}

Result<RedisReply> RedisConnection::Command(std::span<const std::string_view> words) {
  Arguments arguments(words);
  const ReplyHandle reply(static_cast<redisReply*>(redisCommandArgv(
      context_.get(), arguments.count(), arguments.words.data(), arguments.sizes.data())));
  if (!reply) return Broken();
  return wardcast::Open(*reply);
}

Result<void> RedisConnection::Send(std::span<const std::string_view> words) {
  Arguments arguments(words);
  if (redisAppendCommandArgv(context_.get(), arguments.count(), arguments.words.data(),
                             arguments.sizes.data()) != REDIS_OK) {
    return Broken();
  }
  for (int done = 0; !done;) {
    if (redisBufferWrite(context_.get(), &done) != REDIS_OK) return Broken();
  }
  return {};
}

Result<void> RedisConnection::Receive(const std::function<void(const RedisReply&)>& each) {
  if (redisBufferRead(context_.get()) != REDIS_OK) return Broken();
  while (true) {
    void* raw = nullptr;
    if (redisGetReplyFromReader(context_.get(), &raw) != REDIS_OK) return Broken();
    const ReplyHandle reply(static_cast<redisReply*>(raw));
    if (!reply) return {};
    const Result<RedisReply> words = wardcast::Open(*reply);
    if (!words) return std::unexpected(words.error());
    each(*words);
  }
}

int RedisConnection::fd() const { return context_->fd; }

std::string RedisPlace(const RedisBusConfig& config) {
  return config.unix_socket.empty() ? fmt::format("{}:{}", config.host, config.port)
                                    : config.unix_socket;
}

}  // namespace wardcast
