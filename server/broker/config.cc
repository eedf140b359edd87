#include "server/broker/config.h"

#include <toml++/toml.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "base/file.h"
#include "server/access/certificates/machine_names.h"

namespace wardcast {
namespace {

using Violations = std::vector<FieldViolation>;

// Takes the value of one key; returns what is wrong with it, or nothing.
using Take = std::function<std::string(const toml::node&)>;

Take Text(std::string& target) {
  return [&target](const toml::node& node) -> std::string {
    const auto value = node.value<std::string>();
    if (!value) return "must be a text in quotes";
    target = *value;
    return {};
  };
}

Take Path(std::filesystem::path& target) {
  return [&target](const toml::node& node) -> std::string {
    const auto value = node.value<std::string>();
    if (!value || value->empty()) return "must be a path in quotes";
    target = *value;
    return {};
  };
}

Take Listen(ListenAddress& target) {
  return [&target](const toml::node& node) -> std::string {
    auto address = ParseListenAddress(node.value_or<std::string>(""));
    if (!address) return address.error().message;
    target = *address;
    return {};
  };
}

Take Number(int& target, int least, int most) {
  return [&target, least, most](const toml::node& node) -> std::string {
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < least || *value > most) {
      return "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most);
    }
    target = static_cast<int>(*value);
    return {};
  };
}

Take Seconds(std::chrono::seconds& target, int least, int most) {
  return [&target, least, most](const toml::node& node) -> std::string {
    int seconds = 0;
    if (std::string wrong = Number(seconds, least, most)(node); !wrong.empty()) return wrong;
    target = std::chrono::seconds(seconds);
    return {};
  };
}

Take Flag(bool& target) {
  return [&target](const toml::node& node) -> std::string {
    const auto value = node.value_exact<bool>();
    if (!value) return "must be true or false";
    target = *value;
    return {};
  };
}

Take HostNames(std::vector<std::string>& target) {
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

Take OneOf(std::string& target, std::vector<std::string> allowed) {
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
std::map<std::string, Take> Keys(Config& config) {
  return {
      {"data_dir", Path(config.data_dir)},
      {"insecure_loopback", Flag(config.insecure_loopback)},
      {"drain_time_s", Seconds(config.drain_time, 0, 600)},
      {"grpc.listen", Listen(config.grpc_listen)},
      {"http.listen", Listen(config.http_listen)},
      {"http.web_dir", Path(config.web_dir)},
      {"tls.certificate", Path(config.tls_certificate)},
      {"tls.key", Path(config.tls_key)},
      {"tls.ca", Path(config.tls_ca)},
      {"tls.names", HostNames(config.tls_names)},
      {"session.idle_s", Seconds(config.session_idle, 5, 43'200)},
      {"session.longest_s", Seconds(config.session_longest, 10, 86'400)},
      {"store.postgresql", Text(config.postgresql)},
      {"redis.host", Text(config.redis_host)},
      {"redis.port", Number(config.redis_port, 1, 65535)},
      {"redis.unix_socket", Text(config.redis_unix_socket)},
      {"redis.username", Text(config.redis_username)},
      {"redis.password_file", Path(config.redis_password_file)},
      {"log.level", OneOf(config.log_level, {"trace", "debug", "info", "warn", "error", "off"})},
      {"log.format", OneOf(config.log_format, {"text", "json"})},
  };
}

void Walk(const toml::table& table, const std::string& prefix,
          const std::map<std::string, Take>& keys, const std::string& file,
          Violations& violations) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    const std::string place = file + ":" + std::to_string(key.source().begin.line);
    const auto found = keys.find(name);
    if (found != keys.end()) {
      if (std::string wrong = found->second(node); !wrong.empty())
        violations.push_back({place, name + " " + wrong});
      continue;
    }
    const auto inside = keys.lower_bound(name + ".");
    if (node.is_table() && inside != keys.end() && inside->first.starts_with(name + ".")) {
      Walk(*node.as_table(), name + ".", keys, file, violations);
      continue;
    }
    std::string known;
    for (const auto& [candidate, take] : keys) known += (known.empty() ? "" : ", ") + candidate;
    violations.push_back({place, "unknown key " + name + "; known are " + known});
  }
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
  Walk(table, "", Keys(config), name, violations);
  if (!violations.empty()) return Invalid(std::move(violations));
  return config;
}

Result<Config> ReadConfig(const std::filesystem::path& file) {
  auto text = ReadFile(file, 1u << 20);
  if (!text) return std::unexpected(text.error());
  return ParseConfig(*text, file.filename().string());
}

}  // namespace wardcast
