// wardcast-agent: shows what the broker sends on this PC, and reports what people pressed.
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "agent/desktop/desktop.h"
#include "agent/enrolment/arrival.h"
#include "agent/enrolment/machine.h"
#include "agent/enrolment/renewer.h"
#include "agent/link/broker_list.h"
#include "agent/station/headless_presenter.h"
#include "agent/station/station.h"
#include "base/endpoint_id.h"
#include "base/file.h"
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
  std::string enrol_line;
  std::string enrol_file;
  std::string serial;
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
                 "is not shown. An enrolled PC has been given it")
      ->type_name("FILE");
  app.add_option(
         "--enroll", options.enrol_line,
         "The line that `wardcast admin enroll-token` prints: this PC enrols with it, unless "
         "it has before. Better in the environment or in a file, since command lines can be "
         "read by everybody")
      ->type_name("LINE")
      ->envname("WARDCAST_ENROLL");
  app.add_option("--enroll-file", options.enrol_file, "The same, in a file")
      ->type_name("FILE")
      ->envname("WARDCAST_ENROLL_FILE");
  app.add_option("--serial", options.serial,
                 "Serial number of this PC, by which it takes its place again after it was set up "
                 "anew (default: what its firmware says)")
      ->type_name("TEXT");
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
      {"NEED_HELP", Response::kNeedHelp},
      {"REAL_PROBLEM", Response::kRealProblem}};
  app.add_option("--auto-acknowledge", options.presenter.auto_acknowledge,
                 "With --headless, answer every notice for the ward (for tests): "
                 "PROCEDURE_STARTED, NOT_AFFECTED, NEED_HELP or, of drills only, REAL_PROBLEM")
      ->transform(CLI::CheckedTransformer(responses))
      ->type_name("RESPONSE");
  const std::map<std::string, ScreenState> screens{{"UNLOCKED", ScreenState::kUnlocked},
                                                   {"LOCKED", ScreenState::kLocked},
                                                   {"NOBODY", ScreenState::kNobody}};
  app.add_option("--headless-screen", options.presenter.screen_state,
                 "With --headless, say this of the screen (for tests): UNLOCKED, LOCKED or NOBODY")
      ->transform(CLI::CheckedTransformer(screens))
      ->type_name("STATE");
  app.add_option("--ledger", options.ledger,
                 "Append what was applied, shown and pressed, as JSON lines (for tests)")
      ->type_name("FILE");
  app.add_option("--log-level", options.log_level, "trace, debug, info, warn, error or off")
      ->capture_default_str();
  app.add_option("--log-format", options.log_format, "text or json, to standard error")
      ->capture_default_str();
  app.footer(
      "Exit codes: 0 stopped by SIGTERM or SIGINT, 2 wrong command line, 3 cannot start (key, data "
      "folder, not enrolled), 4 no display.");
}

sigset_t StopSignals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

// Waits; false: a signal to stop came.
bool Pause(std::chrono::milliseconds time) {
  const sigset_t set = StopSignals();
  const timespec wait{.tv_sec = time.count() / 1000, .tv_nsec = time.count() % 1000 * 1'000'000};
  return sigtimedwait(&set, nullptr, &wait) < 0;
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

// Comes to this machine's place, and fills in what follows from it. Without one the brokers of this
// machine are asked in plain text; those of others never.
Result<void> TakePlace(const Options& options, bool brokers_named, StationConfig& config,
                       std::unique_ptr<Renewer>& renewer) {
  constexpr std::size_t kLargestLine = 64 * 1024;
  ArrivalConfig arrival{.folder = config.data_dir / "place",
                        .endpoint = {},
                        .machine = {.host = config.host, .serial = config.serial},
                        .line = options.enrol_line,
                        .calls = RealEnrolCalls()};
  if (!options.enrol_file.empty()) {
    auto line = ReadFile(options.enrol_file, kLargestLine);
    if (!line) return std::unexpected(line.error());
    arrival.line = std::move(*line);
  }
  arrival.endpoint.set_id(config.endpoint_id);
  arrival.endpoint.set_agent_version(config.version);
  arrival.endpoint.set_os("Linux");
  auto place = Arrive(arrival, Pause);
  if (!place) return std::unexpected(place.error());
  if (*place) {
    config.endpoint_id = (*place)->endpoint_id;
    if (!brokers_named) config.brokers = (*place)->brokers;
    config.signing_key_pem = (*place)->signing_key;
    renewer = std::make_unique<Renewer>(RenewerConfig{}, std::move(**place),
                                        PlaceFolder(arrival.folder), arrival.calls);
    config.tls = [&renewer = *renewer] { return renewer.Tls(); };
    return {};
  }
  for (const std::string& broker : config.brokers) {
    if (IsLoopbackBroker(broker)) continue;
    return Fail(Code::kFailedPrecondition,
                "this PC is not enrolled, and " + broker +
                    " is another machine: on the broker run `wardcast admin enroll-token`, and "
                    "start the agent with the line that it prints (--enroll-file FILE)");
  }
  if (config.signing_key.empty()) {
    return Fail(Code::kFailedPrecondition,
                "this PC is not enrolled (--enroll-file FILE); without enrolling, as for a try, it "
                "needs --signing-key FILE and a broker of this machine with insecure_loopback");
  }
  return {};
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
                            options.presenter.auto_acknowledge || options.presenter.screen_state;
  if (for_headless && !options.headless)
    return usage("--headless-displays, --headless-screen and --auto-… need --headless");

  // Before any thread starts, so that all of them leave these signals to the one who waits for
  // them.
  const sigset_t stops = StopSignals();
  pthread_sigmask(SIG_BLOCK, &stops, nullptr);
  signal(SIGPIPE, SIG_IGN);

  StationConfig config{.brokers = std::move(*brokers),
                       .endpoint_id = options.endpoint,
                       .host = host,
                       .version = WARDCAST_VERSION,
                       .data_dir = options.data_dir,
                       .signing_key = options.signing_key,
                       .signing_key_pem = {},
                       .serial = options.serial.empty() ? HardwareSerial() : options.serial,
                       .tls = {},
                       .ledger = options.ledger};
  const bool brokers_named = app.count("--broker") > 0 || std::getenv("WARDCAST_BROKER") != nullptr;
  std::unique_ptr<Renewer> renewer;
  if (auto placed = TakePlace(options, brokers_named, config, renewer); !placed) {
    SPDLOG_ERROR("cannot start: {}", placed.error().message);
    return kCannotStart;
  }
  auto station = Station::Open(std::move(config));
  if (!station) {
    SPDLOG_ERROR("cannot start: {}", station.error().message);
    return kCannotStart;
  }
  return options.headless ? RunHeadless(options, **station) : RunWindows(**station);
}

}  // namespace
}  // namespace wardcast::agent

int main(int argc, char** argv) { return wardcast::agent::Run(argc, argv); }
