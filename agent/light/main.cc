// wardcast-endpoints: many light endpoints in one process, for the demo hospital, benchmarks and
// tests.
#include <pthread.h>
#include <signal.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "agent/light/fleet.h"
#include "agent/light/plan.h"
#include "agent/link/broker_list.h"
#include "base/file.h"
#include "base/log.h"

namespace wardcast::light {
namespace {

enum ExitCode { kStopped = 0, kUsage = 2, kCannotStart = 3 };

struct Options {
  std::string brokers = "127.0.0.1:7443";
  std::string endpoints;
  std::string behaviour;
  int count = 0;
  std::string prefix = "load-";
  std::vector<std::string> except;
  std::string ledger;
  int connections = 4;
  double spread_s = 1;
  double longest_wait_s = 30;
  std::string log_level = "warn";
};

void Describe(CLI::App& app, Options& options) {
  app.add_option("--broker", options.brokers, "Brokers; endpoints spread over them")
      ->type_name("HOST:PORT[,HOST:PORT]")
      ->envname("WARDCAST_BROKER")
      ->capture_default_str();
  auto* endpoints = app.add_option("--endpoints", options.endpoints, "endpoints.csv of a hospital")
                        ->type_name("FILE");
  app.add_option(
         "--behaviour", options.behaviour,
         "behaviour.csv: how the endpoints of each ward answer; without it they only receive")
      ->type_name("FILE")
      ->needs(endpoints);
  app.add_option("--count", options.count, "So many endpoints without a hospital")
      ->check(CLI::Range(1, 20'000))
      ->excludes(endpoints);
  app.add_option("--prefix", options.prefix, "Begin of their ids")->capture_default_str();
  app.add_option("--except", options.except,
                 "Leave these out, for example because a real agent plays them")
      ->delimiter(',')
      ->type_name("ID,…");
  app.add_option("--ledger", options.ledger, "Append every delivery as a JSON line")
      ->type_name("FILE");
  app.add_option("--connections", options.connections, "HTTP/2 connections to each broker")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  app.add_option("--spread", options.spread_s, "Connect within so many seconds")
      ->check(CLI::Range(0, 600))
      ->capture_default_str();
  app.add_option("--longest-wait", options.longest_wait_s,
                 "Bound of the wait between two attempts, in seconds")
      ->check(CLI::Range(1, 30))
      ->capture_default_str();
  app.add_option("--log-level", options.log_level, "trace, debug, info, warn, error or off")
      ->capture_default_str();
  app.footer(
      "Exit codes: 0 stopped by SIGTERM or SIGINT, 2 wrong command line, 3 a file cannot be read "
      "or written.");
}

Result<std::vector<EndpointPlan>> ReadPlan(const Options& options) {
  const std::set<std::string> except(options.except.begin(), options.except.end());
  if (options.endpoints.empty()) return PlanOfCount(options.count, options.prefix, except);
  const auto endpoints = ReadFile(options.endpoints);
  if (!endpoints) return std::unexpected(endpoints.error());
  std::string behaviour;
  if (!options.behaviour.empty()) {
    auto read = ReadFile(options.behaviour);
    if (!read) return std::unexpected(read.error());
    behaviour = std::move(*read);
  }
  return PlanFromCsv(*endpoints, behaviour, except);
}

int Fails(int code, const std::string& message) {
  std::fprintf(stderr, "wardcast-endpoints: %s\n", message.c_str());
  return code;
}

int Run(int argc, char** argv) {
  Options options;
  CLI::App app{
      "wardcast-endpoints: many light endpoints in one process. They verify nothing and keep "
      "nothing on disk.",
      "wardcast-endpoints"};
  app.set_version_flag("--version", "wardcast-endpoints " WARDCAST_VERSION);
  Describe(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kStopped : kUsage;
  }
  if (options.endpoints.empty() && options.count == 0)
    return Fails(kUsage, "give --endpoints FILE or --count N");
  if (auto logging = StartLogging("wardcast-endpoints", options.log_level, "text"); !logging) {
    return Fails(kUsage, logging.error().message);
  }
  auto brokers = agent::ParseBrokers(options.brokers);
  if (!brokers) return Fails(kUsage, "--broker: " + brokers.error().message);
  auto plan = ReadPlan(options);
  if (!plan) return Fails(kCannotStart, plan.error().message);
  if (plan->empty()) return Fails(kUsage, "no endpoint is left");
  auto ledger = std::make_unique<DeliveryLedger>();
  if (!options.ledger.empty()) {
    auto opened = DeliveryLedger::Open(options.ledger);
    if (!opened) return Fails(kCannotStart, opened.error().message);
    ledger = std::move(*opened);
  }

  sigset_t stops;
  sigemptyset(&stops);
  sigaddset(&stops, SIGTERM);
  sigaddset(&stops, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stops, nullptr);
  signal(SIGPIPE, SIG_IGN);
  Fleet fleet(
      {.brokers = std::move(*brokers),
       .endpoints = std::move(*plan),
       .connections = options.connections,
       .longest_wait = std::chrono::milliseconds(static_cast<int>(options.longest_wait_s * 1000))},
      *ledger);
  fleet.Start(std::chrono::milliseconds(static_cast<int>(options.spread_s * 1000)),
              [](const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); });
  int number = 0;
  sigwait(&stops, &number);
  fleet.Stop();
  std::fprintf(stderr, "stopped; %s\n", fleet.Summary().c_str());
  return kStopped;
}

}  // namespace
}  // namespace wardcast::light

int main(int argc, char** argv) { return wardcast::light::Run(argc, argv); }
