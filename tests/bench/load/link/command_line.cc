#include "tests/bench/load/link/command_line.h"

#include <unistd.h>

namespace wardcast::bench {

CommandLine::CommandLine(Loop& loop) : loop_(loop) { loop_.Add(STDIN_FILENO, *this, false); }

std::string CommandLine::Next() {
  constexpr std::chrono::hours kPatience{24};
  const auto whole = [this] { return ended_ || text_.find('\n') != std::string::npos; };
  if (!loop_.Until(whole, kPatience, "commands", std::chrono::seconds(1))) return {};
  const auto end = text_.find('\n');
  if (end == std::string::npos) return {};
  std::string line = text_.substr(0, end);
  text_.erase(0, end + 1);
  return line;
}

void CommandLine::OnReady(bool, bool) {
  constexpr std::size_t kLongest = 64 << 10;
  char buffer[1024];
  const ssize_t size = read(STDIN_FILENO, buffer, sizeof buffer);
  if (size > 0) text_.append(buffer, static_cast<std::size_t>(size));
  // At its end epoll would call without a pause, so nobody waits for more after this.
  if (size <= 0 || text_.size() > kLongest) ended_ = true;
}

}  // namespace wardcast::bench
