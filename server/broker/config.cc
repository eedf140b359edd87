#include "server/broker/config.h"

#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <utility>
#include <vector>

#include "base/file.h"
#include "server/access/certificates/machine_names.h"
#include "server/broker/config_keys.h"
#include "server/broker/ldap_keys.h"

namespace wardcast {
namespace {

using Violations = std::vector<FieldViolation>;

TakeValue TakeListen(ListenAddress& target) {
  return [&target](const toml::node& node) -> std::string {
    auto address = ParseListenAddress(node.value_or<std::string>(""));
    if (!address) return address.error().message;
    target = *address;
    return {};
  };
}

TakeValue TakeHostNames(std::vector<std::string>& target) {
  return [&target](const toml::node& node) -> std::string {
    constexpr const char* kWrong = "must be a list of host names or addresses in quotes";
    const toml::array* list = node.as_array();
    if (list == nullptr) return kWrong;
    for (const toml::node& one : *list) {
      const auto name = one.value_exact<std::string>();
      if (!name || !IsHostName(*name)) return kWrong;
      target.push_back(*name);
    }
    return {};
  };
}

TakeValue TakeOneOf(std::string& target, std::vector<std::string> allowed) {
  return [&target, allowed = std::move(allowed)](const toml::node& node) -> std::string {
    const std::string value = node.value_or<std::string>("");
    std::string list;
    for (const std::string& candidate : allowed) {
      if (candidate == value) {
        target = value;
        return {};
      }
      list += (list.empty() ? "" : ", ") + candidate;
    }
    return "must be one of: " + list;
  };
}

// Every key that exists, by its dotted name.
ConfigKeys KeysOf(Config& config) {
  ConfigKeys keys{
      .values = {
          {"data_dir", TakePath(config.data_dir)},
          {"insecure_loopback", TakeFlag(config.insecure_loopback)},
          {"drain_time_s", TakeSeconds(config.drain_time, 0, 600)},
          {"grpc.listen", TakeListen(config.grpc_listen)},
          {"http.listen", TakeListen(config.http_listen)},
          {"http.web_dir", TakePath(config.web_dir)},
          {"tls.certificate", TakePath(config.tls_certificate)},
          {"tls.key", TakePath(config.tls_key)},
          {"tls.ca", TakePath(config.tls_ca)},
          {"tls.names", TakeHostNames(config.tls_names)},
          {"store.postgresql", TakeText(config.postgresql)},
          {"redis.host", TakeText(config.redis_host)},
          {"redis.port", TakeNumber(config.redis_port, 1, 65535)},
          {"redis.unix_socket", TakeText(config.redis_unix_socket)},
          {"redis.username", TakeText(config.redis_username)},
          {"redis.password_file", TakePath(config.redis_password_file)},
          {"log.level",
           TakeOneOf(config.log_level, {"trace", "debug", "info", "warn", "error", "off"})},
          {"log.format", TakeOneOf(config.log_format, {"text", "json"})},
          {"session.idle_s", TakeSeconds(config.sessions.session_idle, 5, 86'400)},
          {"session.longest_s", TakeSeconds(config.sessions.session_longest, 10, 7 * 86'400)},
          {"session.confirm_for_s", TakeSeconds(config.sessions.confirm_for, 5, 86'400)},
      }};
  AddLdapKeys(config.ldap, keys);
  return keys;
}

}  // namespace

std::filesystem::path DefaultDataDir() {
  if (geteuid() == 0) return "/var/lib/wardcast";
  if (const char* state = std::getenv("XDG_STATE_HOME"); state && *state)
    return std::filesystem::path(state) / "wardcast";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home ? home : ".") / ".local/state/wardcast";
}

Result<ListenAddress> ParseListenAddress(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  int port = -1;
  if (colon != std::string_view::npos) {
    const std::string_view digits = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc() || end != digits.data() + digits.size()) port = -1;
  }
  if (colon == 0 || port < 0 || port > 65535) {
    return Fail(Code::kInvalidArgument,
                "must be HOST:PORT, for example 127.0.0.1:7443 (port 0 takes a free one)");
  }
  const std::string host(text.substr(0, colon));
  return ListenAddress{host, port};
}

bool IsLoopback(const ListenAddress& address) {
  return address.host == "localhost" || address.host == "[::1]" || address.host.starts_with("127.");
}

Result<void> CheckConfig(const Config& config) {
  if (config.insecure_loopback) {
    for (const auto& [name, address] :
         {std::pair("grpc", config.GrpcListen()), std::pair("http", config.HttpListen())}) {
      if (IsLoopback(address)) continue;
      return Fail(Code::kFailedPrecondition,
                  std::string(name) + ".listen " + address.host +
                      ": with insecure_loopback the broker listens on loopback only (127.0.0.1, "
                      "localhost, [::1]), because alerts and tokens must not cross a network in "
                      "plain text; leave insecure_loopback out, and it speaks TLS on any address");
    }
  }
  const int given = static_cast<int>(!config.tls_certificate.empty()) +
                    static_cast<int>(!config.tls_key.empty()) +
                    static_cast<int>(!config.tls_ca.empty());
  if (given != 0 && given != 3) {
    return Fail(Code::kFailedPrecondition,
                "tls.certificate, tls.key and tls.ca belong together: give all three, or none and "
                "the broker makes its own certificate");
  }
  if (config.ldap_given) return CheckLdapConfig(config.ldap, config.insecure_loopback);
  return {};
}

Result<Config> ParseConfig(std::string_view text, const std::string& name) {
  Config config;
  toml::table table;
  try {
    table = toml::parse(text, name);
  } catch (const toml::parse_error& error) {
    return Invalid({{name + ":" + std::to_string(error.source().begin.line),
                     std::string(error.description())}});
  }
  Violations violations;
  TakeTable(table, "", KeysOf(config), name, violations);
  config.ldap_given = table.contains("ldap");
  if (!violations.empty()) return Invalid(std::move(violations));
  return config;
}

Result<Config> ReadConfig(const std::filesystem::path& file) {
  auto text = ReadFile(file, 1u << 20);
  if (!text) return std::unexpected(text.error());
  return ParseConfig(*text, file.filename().string());
}

}  // namespace wardcast
