// wardcast: post, change and end notices, watch them, acknowledge, import a hospital.
#include <CLI/CLI.hpp>
#include <cstdlib>

#include "agent/cli/command.h"
#include "agent/cli/session.h"

int main(int argc, char** argv) {
  using namespace wardcast::cli;  // NOLINT(google-build-using-namespace)
  CLI::App app{"wardcast: tell a hospital that a system is down, and see who knows.", "wardcast"};
  Options options;
  if (const char* token = std::getenv("WARDCAST_TOKEN")) options.token = token;
  app.add_option("--broker", options.broker, "the broker's gRPC address (or WARDCAST_BROKER)")
      ->type_name("HOST:PORT")
      ->envname("WARDCAST_BROKER")
      ->capture_default_str();
  app.add_option("--token-file", options.token_file,
                 "file with the bearer token, used if WARDCAST_TOKEN is not set (default: the "
                 "broker's own on this machine)")
      ->type_name("FILE");
  app.add_option(
         "--ca", options.ca_file,
         "the authority of the broker's certificate, PEM (or WARDCAST_CA; default: tls/ca.pem "
         "of the broker's data folder on this machine)")
      ->type_name("FILE")
      ->envname("WARDCAST_CA");
  app.add_flag("--insecure-loopback", options.insecure_loopback,
               "plain text, for a broker of this machine that runs so")
      ->envname("WARDCAST_INSECURE_LOOPBACK");
  std::string output = "table";
  app.add_option("--output", output, "table or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  app.add_option("--timeout", options.timeout_s, "seconds to wait for an answer")
      ->check(CLI::Range(1, 600))
      ->capture_default_str();
  app.set_version_flag("--version", "wardcast " WARDCAST_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(kExitCodes);
  Run chosen;
  for (auto* add : {AddPublish, AddUpdate,      AddPostpone,  AddApproval, AddEnd,      AddRecall,
                    AddList,    AddShow,        AddWatch,     AddAck,      AddProgress, AddPreview,
                    AddDrill,   AddPlaces,      AddCatalogue, AddImport,   AddExport,   AddSignIn,
                    AddAdmin,   AddAdminAccess, AddCompletion}) {
    add(app, chosen);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kOk : kUsage;
  }
  options.output = output == "json" ? Output::kJson : Output::kTable;
  Session session(std::move(options));
  return session.Connect() ? chosen(session) : session.exit_code();
}
