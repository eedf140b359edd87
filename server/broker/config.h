// What an administrator can set. Every field has a default that is right for one hospital on one
// machine; the file is TOML, and an unknown key is an error with its line, because a misspelt
// setting must not be a silent default.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/access/authenticator.h"
#include "server/access/ldap/ldap_config.h"

namespace wardcast {

// A place to listen.
struct ListenAddress {
  std::string host;  // empty: see Config::GrpcListen
  int port = 0;      // 0: any free one
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

  // Plain text on both ports, and then on loopback only: for trying things out and for tests.
  // Endpoints propose their id.
  bool insecure_loopback = false;

  // [grpc] listen: agents, command line, integrations. Default: every address of the machine with
  // TLS, 127.0.0.1 without.
  ListenAddress grpc_listen{"", 7443};

  // [http] listen: browsers, curl, Prometheus. Default: as [grpc] listen.
  ListenAddress http_listen{"", 7480};
  // [http] web_dir: the built console. Empty: looked for beside the program.
  std::filesystem::path web_dir;

  // [tls] certificate, key, ca: the hospital's own, PEM; all three or none. certificate may have
  // its chain behind it; ca is what agents are told to trust. Empty: the broker makes its own.
  std::filesystem::path tls_certificate;
  std::filesystem::path tls_key;
  std::filesystem::path tls_ca;
  // [tls] names: more names and addresses under which this broker is reached (an alias, a load
  // balancer), for the certificate that it makes; those of the machine are in it anyway.
  std::vector<std::string> tls_names;

  // [store] postgresql: libpq connection string. Empty: embedded SQLite in data_dir.
  std::string postgresql;

  // [redis]: the wake-up between brokers. No host and no socket: one broker, no Redis.
  std::string redis_host;
  int redis_port = 6379;
  std::string redis_unix_socket;
  std::string redis_username;
  std::filesystem::path redis_password_file;  // one line

  // [ldap]: the hospital's directory; ldap_keys.cc has its keys, LdapConfig says what they mean.
  LdapConfig ldap;
  bool ldap_given = false;

  // [session] idle_s, longest_s: a session that is not used for so long ends; so does one that is
  // used, after so long. confirm_for_s: so long after a person has proved who they are, grave steps
  // do not ask again.
  AuthenticatorConfig sessions;

  // [log] level: trace, debug, info, warn, error, off. format: text or json.
  std::string log_level = "info";
  std::string log_format = "text";

  // Where to listen, with the default filled in.
  ListenAddress GrpcListen() const { return WithHost(grpc_listen); }
  ListenAddress HttpListen() const { return WithHost(http_listen); }
  bool uses_redis() const { return !redis_host.empty() || !redis_unix_socket.empty(); }

 private:
  ListenAddress WithHost(ListenAddress address) const {
    if (address.host.empty()) address.host = insecure_loopback ? "127.0.0.1" : "0.0.0.0";
    return address;
  }
};

// The default data folder of the user who asks.
std::filesystem::path DefaultDataDir();

// "0.0.0.0:7443", "localhost:0", "[::1]:7443". kInvalidArgument: not HOST:PORT.
Result<ListenAddress> ParseListenAddress(std::string_view text);

// 127.x.x.x, localhost, [::1].
bool IsLoopback(const ListenAddress& address);

// What fits together in file and flags: plain text is not offered to a network, and the hospital's
// certificate is complete. kFailedPrecondition: what does not, and what to do.
Result<void> CheckConfig(const Config& config);

// Reads a TOML file over the defaults. kInvalidArgument: one violation for each wrong place,
// "wardcast.toml:12".
Result<Config> ReadConfig(const std::filesystem::path& file);
// The same from text; `name` is what violations call it.
Result<Config> ParseConfig(std::string_view text, const std::string& name);

}  // namespace wardcast
