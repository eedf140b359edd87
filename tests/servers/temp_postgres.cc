#include "tests/servers/temp_postgres.h"

#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "base/file.h"

namespace wardcast::testing {
namespace {

using std::chrono::seconds;

constexpr const char* kUser = "postgres";

// The newest one of the folders in which Debian installs PostgreSQL; empty: none.
std::filesystem::path FindBinaries() {
  std::filesystem::path best;
  int best_version = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", error)) {
    const int version = std::atoi(entry.path().filename().c_str());
    const auto bin = entry.path() / "bin";
    if (version > best_version && std::filesystem::exists(bin / "initdb") &&
        std::filesystem::exists(bin / "postgres")) {
      best = bin;
      best_version = version;
    }
  }
  return best;
}

}  // namespace

std::string TempPostgres::WhyNot() {
  if (FindBinaries().empty())
    return "no PostgreSQL server is installed (Debian package: postgresql)";
  if (getuid() == 0 && getpwnam(kUser) == nullptr)
    return "running as root, and there is no user postgres";
  return "";
}

TempPostgres::TempPostgres() : bin_(FindBinaries()) {
  if (const std::string reason = WhyNot(); !reason.empty()) throw std::runtime_error(reason);
  if (getuid() == 0) {
    const passwd* user = getpwnam(kUser);
    if (chown(folder_.path().c_str(), user->pw_uid, user->pw_gid) != 0)
      throw std::runtime_error("chown failed");
  }
  std::filesystem::permissions(folder_.path(), std::filesystem::perms(0755));
  const std::string data = (folder_.path() / "data").string();
  if (RunProgram(Command("initdb", {"-D", data, "-A", "trust", "-U", kUser, "-E", "UTF8",
                                    "--no-sync", "--locale=C.UTF-8"}),
                 folder_.path() / "log", seconds(60)) != 0) {
    throw std::runtime_error("initdb failed: " + LogEnd());
  }
  Start();
}

TempPostgres::~TempPostgres() { Crash(); }

std::string TempPostgres::NewDatabase() {
  const std::string server = "host=" + folder_.path().string() + " user=" + kUser;
  const std::string name = "test" + std::to_string(++databases_);
  if (!Run(server + " dbname=postgres",
           "CREATE DATABASE " + name + " TEMPLATE template0 STRATEGY file_copy")) {
    throw std::runtime_error("CREATE DATABASE failed: " + LogEnd());
  }
  return server + " dbname=" + name;
}

bool TempPostgres::Run(const std::string& conninfo, const std::string& statement) {
  return RunProgram(Command("psql",
                            {"-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", conninfo, "-c", statement}),
                    folder_.path() / "log", seconds(30)) == 0;
}

void TempPostgres::Crash() {
  if (!server_) return;
  server_->Signal(SIGQUIT);
  server_->Wait(seconds(20));
  server_.reset();
}

void TempPostgres::Start() {
  const std::string folder = folder_.path().string();
  // No fsync: what these tests end is the server, never the machine, and writes survive that.
  server_ = std::make_unique<ChildProcess>(
      Command("postgres", {"-D", folder + "/data", "-k", folder, "-c", "listen_addresses=", "-c",
                           "max_connections=60", "-c", "shared_buffers=32MB", "-c", "fsync=off"}),
      folder_.path() / "log");
  const auto deadline = std::chrono::steady_clock::now() + seconds(30);
  while (RunProgram(Command("pg_isready", {"-q", "-h", folder}), folder_.path() / "log",
                    seconds(5)) != 0) {
    if (!server_->Running() || std::chrono::steady_clock::now() > deadline) {
      throw std::runtime_error("PostgreSQL did not start: " + LogEnd());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

void TempPostgres::Freeze() { SignalAll(SIGSTOP); }

void TempPostgres::Thaw() { SignalAll(SIGCONT); }

void TempPostgres::SignalAll(int signal) {
  server_->Signal(signal);
  const std::string pid = std::to_string(server_->pid());
  std::ifstream children("/proc/" + pid + "/task/" + pid + "/children");
  for (pid_t child = 0; children >> child;) kill(child, signal);
}

std::vector<std::string> TempPostgres::Command(const std::string& program,
                                               std::vector<std::string> arguments) const {
  std::vector<std::string> command;
  // setpriv replaces itself by the program, so that the process id is the program's.
  if (getuid() == 0) {
    command = {"setpriv", std::string("--reuid=") + kUser, std::string("--regid=") + kUser,
               "--init-groups"};
  }
  command.push_back((bin_ / program).string());
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

std::string TempPostgres::LogEnd() const {
  const auto log = ReadFile(folder_.path() / "log");
  if (!log) return "(no log)";
  return log->substr(log->size() - std::min<std::size_t>(log->size(), 1000));
}

}  // namespace wardcast::testing
