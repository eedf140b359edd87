// A program that a test starts, and ends by its process id.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace wardcast::testing {

// Threads: one at a time.
class ChildProcess {
 public:
  // `arguments[0]` is the program, searched in PATH. Standard output and error go to `log`. Throws
  // std::runtime_error.
  ChildProcess(const std::vector<std::string>& arguments, const std::filesystem::path& log);
  // Kills it (SIGKILL) if it still runs.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const { return pid_; }
  bool Running();
  void Signal(int signal);
  // Waits for its end; nullopt: it still runs after `timeout`. 128 + n if signal n ended it.
  std::optional<int> Wait(std::chrono::milliseconds timeout);

 private:
  pid_t pid_ = -1;
  std::optional<int> status_;
};

// Runs a program to its end; its exit status, or 255 after `timeout` (then it was killed).
int RunProgram(const std::vector<std::string>& arguments, const std::filesystem::path& log,
               std::chrono::milliseconds timeout);

}  // namespace wardcast::testing
