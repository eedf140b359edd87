// A real PostgreSQL for one test program: own data folder, unix socket only, no TCP port.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/servers/child_process.h"
#include "tests/servers/temp_folder.h"

namespace wardcast::testing {

// Threads: one at a time.
class TempPostgres {
 public:
  // Empty if a server can be started here; else why not, for GTEST_SKIP.
  static std::string WhyNot();

  // Makes the cluster and starts the server; returns when it answers. As root the server runs as
  // user `postgres`, because it refuses to run as root. Throws std::runtime_error with the end of
  // the server's log.
  TempPostgres();
  // Stops the server at once and removes its folder.
  ~TempPostgres();

  // Makes a new, empty database; what libpq needs to connect to it.
  std::string NewDatabase();
  // Runs one statement by psql in a database made by NewDatabase(). True if it succeeded.
  bool Run(const std::string& conninfo, const std::string& statement);

  // As a crash would end it (SIGQUIT: no checkpoint), or started again.
  void Crash();
  void Start();
  // Stops the server and all of its processes in the middle of what they do (SIGSTOP), and lets
  // them go on.
  void Freeze();
  void Thaw();
  pid_t pid() const { return server_->pid(); }

 private:
  // The program with what is needed to run it as the right user.
  std::vector<std::string> Command(const std::string& program,
                                   std::vector<std::string> arguments) const;
  void SignalAll(int signal);
  std::string LogEnd() const;

  TempFolder folder_;
  std::filesystem::path bin_;
  std::unique_ptr<ChildProcess> server_;
  int databases_ = 0;
};

}  // namespace wardcast::testing
