// One TCP connection that speaks a Wire.
#pragma once

#include <netinet/in.h>

#include <string>

#include "base/result.h"
#include "tests/bench/load/link/loop.h"
#include "tests/bench/load/wire/wire.h"

namespace wardcast::bench {

// "127.0.0.1:7443", numbers only. kInvalidArgument: it is not.
Result<sockaddr_in> ParseAddress(const std::string& text);

// Threads: the loop's.
class Connection final : public Ready {
 public:
  // Both must outlive it.
  Connection(Loop& loop, Wire& wire) : loop_(loop), wire_(wire) {}
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Begins to connect; what the wire has to say follows by itself. `number` chooses one of several
  // loopback addresses to come from, so that ports do not run out. kUnavailable: no descriptor, and
  // the like.
  Result<void> Open(const sockaddr_in& to, int number);
  // Sends what the wire has to say; call it after giving the wire something.
  void Flush();

  bool lost() const { return lost_; }
  const std::string& problem() const { return problem_; }
  std::uint64_t received() const { return received_; }  // bytes

 private:
  void OnReady(bool readable, bool writable) override;
  void Read();
  void Lose(std::string why);
  void WantWriting(bool wanted);

  Loop& loop_;
  Wire& wire_;
  int fd_ = -1;
  bool connected_ = false;
  bool writing_ = false;  // epoll is asked for room to write
  bool lost_ = false;
  std::uint64_t received_ = 0;
  std::string problem_;
};

}  // namespace wardcast::bench
