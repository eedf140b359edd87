// Commands from standard input, one a line, read while the connections are served.
#pragma once

#include <string>

#include "tests/bench/load/link/loop.h"

namespace wardcast::bench {

// Threads: the loop's.
class CommandLine final : public Ready {
 public:
  explicit CommandLine(Loop& loop);

  // Serves the loop until a line has come; empty: standard input has ended.
  std::string Next();

 private:
  void OnReady(bool readable, bool writable) override;

  Loop& loop_;
  std::string text_;
  bool ended_ = false;
};

}  // namespace wardcast::bench
