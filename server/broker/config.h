// What an administrator can set. Every field has a default that is right for one hospital on one
// machine; the file is TOML, and an unknown key is an error with its line, because a misspelt
// setting must not be a silent default.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace wardcast {

// A place to listen. Loopback only until the broker speaks TLS.
struct ListenAddress {
  std::string host;
  int port = 0;  // 0: any free one
};

struct Config {
  // [top level]
  // Where the database, keys and tokens are (made with mode 0700). Default: /var/lib/wardcast as
  // root, else
  // ~/.local/state/wardcast.
  std::filesystem::path data_dir;
  // On SIGTERM sessions are let go evenly over so many seconds, each told to come back as much
  // later; so they come back as evenly.
  std::chrono::seconds drain_time{10};

  // [grpc] listen: agents, command line, integrations.
  ListenAddress grpc_listen{"127.0.0.1", 7443};

  // [http] listen: browsers, curl, Prometheus.
  ListenAddress http_listen{"127.0.0.1", 7480};
  // [http] web_dir: the built console. Empty: looked for beside the program.
  std::filesystem::path web_dir;

  // [store] postgresql: libpq connection string. Empty: embedded SQLite in data_dir.
  std::string postgresql;

  // [redis]: the wake-up between brokers. No host and no socket: one broker, no Redis.
  std::string redis_host;
  int redis_port = 6379;
  std::string redis_unix_socket;
  std::string redis_username;
  std::filesystem::path redis_password_file;  // one line

  // [log] level: trace, debug, info, warn, error, off. format: text or json.
  std::string log_level = "info";
  std::string log_format = "text";

  bool uses_redis() const { return !redis_host.empty() || !redis_unix_socket.empty(); }
};

// The default data folder of the user who asks.
std::filesystem::path DefaultDataDir();

// "127.0.0.1:7443", "localhost:0", "[::1]:7443". kInvalidArgument: not HOST:PORT.
// kFailedPrecondition: not loopback.
Result<ListenAddress> ParseListenAddress(std::string_view text);

// Reads a TOML file over the defaults. kInvalidArgument: one violation for each wrong place,
// "wardcast.toml:12".
Result<Config> ReadConfig(const std::filesystem::path& file);
// The same from text; `name` is what violations call it.
Result<Config> ParseConfig(std::string_view text, const std::string& name);

}  // namespace wardcast
