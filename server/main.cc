// wardcastd: flags → Config → Broker → wait for a signal.
#include <absl/synchronization/mutex.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include "base/log.h"
#include "server/broker/broker.h"
#include "server/broker/config.h"
#include "server/broker/join_command.h"
#include "server/broker/restore_command.h"

namespace {

using wardcast::Config;
using wardcast::Error;
using wardcast::Result;

constexpr int kExitUsage = 2;
constexpr int kExitCannotStart = 1;

struct Flags {
  std::string config;
  std::string data_dir;
  std::string grpc_listen;
  std::string http_listen;
  std::string web_dir;
  std::string log_level;
  std::string log_format;
  std::string restore;
  std::string join;
  bool insecure_loopback = false;
};

// Flags override the file, the file overrides the defaults.
Result<Config> MakeConfig(const Flags& flags) {
  Config config;
  if (!flags.config.empty()) {
    auto read = wardcast::ReadConfig(flags.config);
    if (!read) return read;
    config = std::move(*read);
  }
  if (!flags.data_dir.empty()) config.data_dir = flags.data_dir;
  if (config.data_dir.empty()) config.data_dir = wardcast::DefaultDataDir();
  if (!flags.web_dir.empty()) config.web_dir = flags.web_dir;
  if (!flags.log_level.empty()) config.log_level = flags.log_level;
  if (!flags.log_format.empty()) config.log_format = flags.log_format;
  for (const auto& [flag, text, target] :
       {std::tuple("--grpc-listen", &flags.grpc_listen, &config.grpc_listen),
        std::tuple("--http-listen", &flags.http_listen, &config.http_listen)}) {
    if (text->empty()) continue;
    auto address = wardcast::ParseListenAddress(*text);
    if (!address)
      return wardcast::Fail(address.error().code,
                            std::string(flag) + " " + address.error().message);
    *target = *address;
  }
  if (flags.insecure_loopback) config.insecure_loopback = true;
  if (auto checked = wardcast::CheckConfig(config); !checked)
    return std::unexpected(checked.error());
  return config;
}

int Complain(const Error& error, int exit_code) {
  std::fprintf(stderr, "wardcastd: %s\n", error.message.c_str());
  return exit_code;
}

// Every endpoint is one descriptor; the soft limit of a login shell is often 1,024.
void RaiseDescriptorLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int argc, char** argv) {
  // gRPC locks through abseil, whose search for deadlocks doubles the cost of accepting a
  // connection. First of all, before anything of gRPC locks.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  CLI::App app{
      "wardcastd: the Wardcast broker. Takes alerts in, fans them out to every ward, records what "
      "became of them.\n"
      "Runs with no configuration at all: embedded store, TLS with a certificate that it makes.",
      "wardcastd"};
  Flags flags;
  app.add_option("--config", flags.config,
                 "TOML file; every key is described in docs/operations.md")
      ->type_name("FILE");
  app.add_option("--data-dir", flags.data_dir,
                 "database, keys and token (default " + wardcast::DefaultDataDir().string() + ")")
      ->type_name("DIR");
  app.add_option(
         "--grpc-listen", flags.grpc_listen,
         "for agents and the command line (default: port 7443 of every address; port 0: any)")
      ->type_name("HOST:PORT");
  app.add_option("--http-listen", flags.http_listen,
                 "for browsers and curl (default: port 7480 of every address; port 0: any)")
      ->type_name("HOST:PORT");
  app.add_flag("--insecure-loopback", flags.insecure_loopback,
               "plain text instead of TLS, on loopback only: for trying things out and for tests");
  app.add_option("--web-dir", flags.web_dir,
                 "the built console (default: found beside the program)")
      ->type_name("DIR");
  app.add_option("--log-level", flags.log_level,
                 "trace, debug, info, warn, error, off (default info)");
  app.add_option("--log-format", flags.log_format, "text or json (default text)");
  app.add_option("--restore", flags.restore,
                 "with the broker stopped: put this backup in the place of the store, and exit "
                 "(the next start takes a new generation)")
      ->type_name("FILE");
  app.add_option("--join", flags.join,
                 "with the broker stopped: become one of the hospital's brokers by this file of "
                 "`wardcast admin export-identity`, and exit")
      ->type_name("FILE");
  app.set_version_flag("--version", "wardcastd " WARDCAST_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kExitUsage;
  }

  auto config = MakeConfig(flags);
  if (!config) return Complain(config.error(), kExitUsage);
  if (auto logging = wardcast::StartLogging("wardcastd", config->log_level, config->log_format);
      !logging) {
    return Complain(logging.error(), kExitUsage);
  }

  if (!flags.restore.empty()) {
    const auto restored = wardcast::RunRestore(*config, flags.restore);
    if (!restored) return Complain(restored.error(), kExitCannotStart);
    std::fputs(restored->c_str(), stdout);
    return 0;
  }

  if (!flags.join.empty()) {
    const auto joined = wardcast::RunJoin(*config, flags.join);
    if (!joined) return Complain(joined.error(), kExitCannotStart);
    std::fputs(joined->c_str(), stdout);
    return 0;
  }

  // Blocked in every thread that starts from here, so that sigwait below is the only place that
  // sees them.
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  RaiseDescriptorLimit();

  wardcast::Broker broker(std::move(*config), WARDCAST_VERSION);
  if (auto started = broker.Start(); !started) return Complain(started.error(), kExitCannotStart);
  int signal = 0;
  sigwait(&signals, &signal);
  SPDLOG_INFO("stopping on signal {}", signal);
  broker.Stop();
  SPDLOG_INFO("stopped");
  return 0;
}
