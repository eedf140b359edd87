#include "agent/cli/ask.h"

#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

namespace wardcast::cli {
namespace {

// What is typed meanwhile is not shown.
class Hidden {
 public:
  Hidden() : terminal_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!terminal_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSANOW, &quiet);
  }
  ~Hidden() {
    if (terminal_) tcsetattr(STDIN_FILENO, TCSANOW, &before_);
  }
  Hidden(const Hidden&) = delete;
  Hidden& operator=(const Hidden&) = delete;

 private:
  termios before_{};
  const bool terminal_;
};

}  // namespace

bool AtTerminal() { return isatty(STDIN_FILENO) != 0; }

std::string AskHidden(const char* what) {
  std::string answer;
  if (!AtTerminal()) {
    std::getline(std::cin, answer);
    return answer;
  }
  std::fprintf(stderr, "%s: ", what);
  {
    const Hidden hidden;
    std::getline(std::cin, answer);
  }
  std::fputc('\n', stderr);
  return answer;
}

std::string AskLine(const std::string& what) {
  std::fprintf(stderr, "%s ", what.c_str());
  std::string answer;
  std::getline(std::cin, answer);
  const auto begin = answer.find_first_not_of(" \t\r");
  if (begin == std::string::npos) return {};
  return answer.substr(begin, answer.find_last_not_of(" \t\r") - begin + 1);
}

}  // namespace wardcast::cli
