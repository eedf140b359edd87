// wardcast-agent: shows what the broker sends on this PC, and reports what people pressed.
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include "agent/desktop/desktop.h"
#include "agent/link/broker_list.h"
#include "agent/station/headless_presenter.h"
#include "agent/station/station.h"
#include "base/endpoint_id.h"
#include "base/log.h"
#include "base/named_thread.h"

namespace wardcast::agent {
namespace {

enum ExitCode { kStopped = 0, kUsage = 2, kCannotStart = 3, kNoDisplay = 4 };

struct Options {
  std::string brokers = "127.0.0.1:7443";
  std::string endpoint;
  std::string data_dir;
  std::string signing_key;
  std::string ledger;
  std::string log_level = "info";
  std::string log_format = "text";
  bool headless = false;
  HeadlessConfig presenter;
};

std::string HostName() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "";
  return name.data();
}

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string DefaultDataDir() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state != '\0') {
    return std::string(state) + "/wardcast-agent";
  }
  if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') {
    return std::string(home) + "/.local/state/wardcast-agent";
  }
  return "/var/lib/wardcast-agent";
}

void Describe(CLI::App& app, Options& options) {
  app.add_option("--broker", options.brokers, "Brokers, tried in turn until one answers")
      ->type_name("HOST:PORT[,HOST:PORT]")
      ->envname("WARDCAST_BROKER")
      ->capture_default_str();
  app.add_option("--endpoint", options.endpoint,
                 "Id of this PC in the directory: 1 to 80 of a-z 0-9 . _ -")
      ->type_name("ID")
      ->capture_default_str();
  app.add_option("--data-dir", options.data_dir, "Cache and unsent reports; one agent per folder")
      ->type_name("DIR")
      ->capture_default_str();
  app.add_option("--signing-key", options.signing_key,
                 "The broker's public key (signing.pub of its data folder); what it did not sign "
                 "is not shown")
      ->type_name("FILE")
      ->required();
  app.add_flag("--headless", options.headless,
               "No window: one line on standard output for each change");
  app.add_flag("--headless-displays", options.presenter.displays,
               "With --headless, report notices as displayed. Off by default, because nobody sees "
               "a pipe: a ward must "
               "not count as informed because a program wrote a line. For terminals that somebody "
               "watches, and tests");
  app.add_flag("--auto-seen", options.presenter.auto_seen,
               "With --headless, press Seen on every notice (for tests)");
  const std::map<std::string, Response> responses{
      {"PROCEDURE_STARTED", Response::kProcedureStarted},
      {"NOT_AFFECTED", Response::kNotAffected},
      {"NEED_HELP", Response::kNeedHelp}};
  app.add_option("--auto-acknowledge", options.presenter.auto_acknowledge,
                 "With --headless, answer every notice for the ward (for tests): "
                 "PROCEDURE_STARTED, NOT_AFFECTED or "
                 "NEED_HELP")
      ->transform(CLI::CheckedTransformer(responses))
      ->type_name("RESPONSE");
  app.add_option("--ledger", options.ledger,
                 "Append what was applied, shown and pressed, as JSON lines (for tests)")
      ->type_name("FILE");
  app.add_option("--log-level", options.log_level, "trace, debug, info, warn, error or off")
      ->capture_default_str();
  app.add_option("--log-format", options.log_format, "text or json, to standard error")
      ->capture_default_str();
  app.footer(
      "Exit codes: 0 stopped by SIGTERM or SIGINT, 2 wrong command line, 3 cannot start (key, data "
      "folder), 4 no "
      "display.");
}

sigset_t StopSignals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

void WaitForStopSignal() {
  const sigset_t set = StopSignals();
  int number = 0;
  sigwait(&set, &number);
}

int RunHeadless(const Options& options, Station& station) {
  HeadlessPresenter presenter(options.presenter, station, stdout);
  station.Start(presenter);
  WaitForStopSignal();
  station.Stop();
  return kStopped;
}

int RunWindows(Station& station) {
  bool ready = false;
  std::jthread signals = StartThread("signals", [](std::stop_token) {
    WaitForStopSignal();
    StopDesktop();
  });
  const int code = RunDesktop(
      station,
      [&](Presenter& presenter) {
        ready = true;
        station.Start(presenter);
      },
      [&] { station.Stop(); });
  station.Stop();
  pthread_kill(signals.native_handle(), SIGTERM);  // ends the wait if no signal did
  if (code == 0) return kStopped;
  SPDLOG_ERROR("no window can be shown{}; on a machine without a screen use --headless",
               ready ? " any more" : ": no display");
  return kNoDisplay;
}

int Run(int argc, char** argv) {
  Options options;
  const std::string host = HostName();
  options.endpoint = Lower(host);
  options.data_dir = DefaultDataDir();
  CLI::App app{"wardcast-agent: shows Wardcast's notices on this PC.", "wardcast-agent"};
  app.set_version_flag("--version", "wardcast-agent " WARDCAST_VERSION);
  Describe(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kStopped : kUsage;
  }
  const auto usage = [](const std::string& message) {
    std::fprintf(stderr, "wardcast-agent: %s\n", message.c_str());
    return kUsage;
  };
  if (auto logging = StartLogging("wardcast-agent", options.log_level, options.log_format);
      !logging) {
    return usage(logging.error().message);
  }
  auto brokers = ParseBrokers(options.brokers);
  if (!brokers) return usage("--broker: " + brokers.error().message);
  if (!IsEndpointId(options.endpoint)) {
    return usage("--endpoint: \"" + LogSafe(options.endpoint) +
                 "\" is not 1 to 80 of a-z 0-9 . _ -");
  }
  const bool for_headless = options.presenter.displays || options.presenter.auto_seen ||
                            options.presenter.auto_acknowledge;
  if (for_headless && !options.headless)
    return usage("--headless-displays and --auto-… need --headless");

  // Before any thread starts, so that all of them leave these signals to the one who waits for
  // them.
  const sigset_t stops = StopSignals();
  pthread_sigmask(SIG_BLOCK, &stops, nullptr);
  signal(SIGPIPE, SIG_IGN);

  auto station = Station::Open({.brokers = std::move(*brokers),
                                .endpoint_id = options.endpoint,
                                .host = host,
                                .version = WARDCAST_VERSION,
                                .data_dir = options.data_dir,
                                .signing_key = options.signing_key,
                                .ledger = options.ledger});
  if (!station) {
    SPDLOG_ERROR("cannot start: {}", station.error().message);
    return kCannotStart;
  }
  return options.headless ? RunHeadless(options, **station) : RunWindows(**station);
}

}  // namespace
}  // namespace wardcast::agent

int main(int argc, char** argv) { return wardcast::agent::Run(argc, argv); }
