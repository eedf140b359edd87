#include "server/store/copies/postgres_tool.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "server/store/sql/connection.h"

extern char** environ;

namespace wardcast {
namespace {

struct Target {
  std::string conninfo;  // without the password
  std::string password;
};

std::string Quoted(std::string_view value) {
  std::string quoted = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

Result<Target> WithoutPassword(const std::string& conninfo) {
  char* message = nullptr;
  PQconninfoOption* options = PQconninfoParse(AtWritableHost(conninfo).c_str(), &message);
  PQfreemem(message);
  if (options == nullptr) {
    return Fail(Code::kInvalidArgument, "store.postgresql is not a valid connection string");
  }
  Target target;
  for (const PQconninfoOption* option = options; option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    const std::string_view keyword = option->keyword;
    if (keyword == "password") {
      target.password = option->val;
      continue;
    }
    target.conninfo += std::string(keyword) + "=" + Quoted(option->val) + " ";
  }
  PQconninfoFree(options);
  target.conninfo += "application_name=wardcast-copy";
  return target;
}

// A file in memory that takes what the program says.
class Said {
 public:
  Said() : fd_(memfd_create("said", MFD_CLOEXEC)) {}
  ~Said() {
    if (fd_ >= 0) close(fd_);
  }
  Said(const Said&) = delete;
  Said& operator=(const Said&) = delete;
  int fd() const { return fd_; }
  std::string FirstLine() const {
    std::array<char, 500> text{};
    const ssize_t size = fd_ < 0 ? 0 : pread(fd_, text.data(), text.size(), 0);
    const std::string said(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    return said.substr(0, said.find('\n'));
  }

 private:
  int fd_;
};

}  // namespace

Result<void> RunPostgresTool(const std::string& program, std::vector<std::string> arguments,
                             const std::string& conninfo) {
  std::string password;
  if (!conninfo.empty()) {
    auto target = WithoutPassword(conninfo);
    if (!target) return std::unexpected(target.error());
    arguments.push_back("--dbname=" + target->conninfo);
    arguments.emplace_back("--no-password");
    if (!target->password.empty()) password = "PGPASSWORD=" + target->password;
  }
  arguments.insert(arguments.begin(), program);
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  std::vector<char*> environment;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (password.empty() || !std::string_view(*variable).starts_with("PGPASSWORD="))
      environment.push_back(*variable);
  }
  if (!password.empty()) environment.push_back(password.data());
  environment.push_back(nullptr);

  const Said said;
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  if (said.fd() >= 0) posix_spawn_file_actions_adddup2(&files, said.fd(), STDERR_FILENO);
  // The broker's threads block the signals that shall end the program.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  pid_t pid = -1;
  const int error =
      posix_spawnp(&pid, program.c_str(), &files, &attributes, argv.data(), environment.data());
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) {
    return Fail(Code::kFailedPrecondition,
                program + ": " + std::strerror(error) +
                    ". Install PostgreSQL's client programs (Debian: postgresql-client).");
  }
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  const std::string line = said.FirstLine();
  if (line.find("No space left on device") != std::string::npos)
    return Fail(Code::kResourceExhausted, line + ". The disk is full. Free space on it.");
  return Fail(Code::kUnavailable, line.empty() ? program + " failed" : line);
}

}  // namespace wardcast
