// bench_load: many endpoints and the publishers in one thread, so that one clock measures. Driven
// by tests/bench/run.sh through standard input; see load/rounds.h for the commands.
#include <sched.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "base/file.h"
#include "tests/bench/load/link/command_line.h"
#include "tests/bench/load/rounds.h"

namespace wardcast::bench {
namespace {

enum ExitCode { kWell = 0, kFailed = 1, kUsage = 2 };

struct Options {
  std::string kind = "agents";
  std::string at;
  std::string publish;
  std::string token_file;
  std::string authority;
  int count = 1'000;
  int core = -1;
};

int Complain(int code, const std::string& what) {
  std::fprintf(stderr, "bench_load: %s\n", what.c_str());
  return code;
}

void Say(const nlohmann::json& line) {
  std::printf("%s\n", line.dump().c_str());
  std::fflush(stdout);
}

void RaiseDescriptorLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

bool PinTo(int core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(static_cast<std::size_t>(core), &cores);
  return sched_setaffinity(0, sizeof cores, &cores) == 0;
}

Result<RoundsConfig> Configure(const Options& options) {
  RoundsConfig config;
  config.count = options.count;
  config.kind = options.kind == "agents"     ? RoundsConfig::Kind::kAgents
                : options.kind == "browsers" ? RoundsConfig::Kind::kBrowsers
                                             : RoundsConfig::Kind::kBare;
  config.at.host = options.at;
  auto at = ParseAddress(options.at);
  if (!at) return std::unexpected(at.error());
  config.at.address = *at;
  if (config.kind == RoundsConfig::Kind::kBare) return config;
  config.publish.host = options.publish;
  auto publish = ParseAddress(options.publish);
  if (!publish) return std::unexpected(publish.error());
  config.publish.address = *publish;
  auto token = ReadFile(options.token_file, 4096);
  if (!token) return std::unexpected(token.error());
  config.token = token->substr(0, token->find_first_of("\r\n"));
  if (options.authority.empty()) return config;
  const auto secured = [&](Place& place, const char* protocol) -> Result<void> {
    auto tls = Tls::Make(options.authority, protocol);
    if (!tls) return std::unexpected(tls.error());
    place.tls = std::move(*tls);
    return {};
  };
  config.at.token = config.token;
  if (auto made = secured(config.publish, "h2"); !made) return std::unexpected(made.error());
  if (auto made = secured(config.at, "h2"); !made) return std::unexpected(made.error());
  return config;
}

int Serve(const RoundsConfig& config) {
  Loop loop;
  const auto rounds = config.kind == RoundsConfig::Kind::kBare ? MakeBareRounds(loop, config)
                                                               : MakeBrokerRounds(loop, config);
  const auto connected = rounds->Connect();
  if (!connected) return Complain(kFailed, connected.error().message);
  Say(*connected);
  CommandLine commands(loop);
  for (std::string line = commands.Next(); !line.empty(); line = commands.Next()) {
    std::istringstream words(line);
    std::string name;
    int number = 0;
    int second = 0;
    words >> name >> number >> second;
    const auto measured = rounds->Run(name, number, second);
    if (!measured) return Complain(kFailed, measured.error().message);
    Say(*measured);
  }
  return kWell;
}

int Run(int argc, char** argv) {
  Options options;
  CLI::App app{
      "bench_load: connects many endpoints, then reads commands: publish N, end, acknowledge MS "
      "PER_WARD.\nPrints a JSON line when connected, and for each command. Called by "
      "tests/bench/run.sh.",
      "bench_load"};
  app.add_option("--kind", options.kind, "What connects")
      ->check(CLI::IsMember({"agents", "browsers", "bare"}))
      ->capture_default_str();
  app.add_option("--at", options.at, "Where they connect: gRPC, HTTP, or bench_bare")
      ->type_name("ADDRESS:PORT")
      ->required();
  app.add_option("--publish", options.publish, "The broker's gRPC door")->type_name("ADDRESS:PORT");
  app.add_option("--token-file", options.token_file, "For publishing")->type_name("FILE");
  app.add_option("--tls", options.authority,
                 "Agents speak TLS, trust this authority only, and show the token as watchers")
      ->type_name("FILE");
  app.add_option("--count", options.count, "How many; their ids are load-1, load-2, …")
      ->check(CLI::Range(1, 19'000))
      ->capture_default_str();
  app.add_option("--core", options.core, "Run on this processor core only");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kWell : kUsage;
  }
  RaiseDescriptorLimit();
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
  if (options.core >= 0 && !PinTo(options.core))
    return Complain(kUsage, "this machine has no core " + std::to_string(options.core));
  const auto config = Configure(options);
  if (!config) return Complain(kUsage, config.error().message);
  try {
    return Serve(*config);
  } catch (const std::exception& error) {
    return Complain(kFailed, error.what());
  }
}

}  // namespace
}  // namespace wardcast::bench

int main(int argc, char** argv) { return wardcast::bench::Run(argc, argv); }
