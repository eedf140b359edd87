// One TCP connection that speaks a Wire, in plain text or over TLS.
#pragma once

#include <netinet/in.h>

#include <memory>
#include <string>

#include "base/result.h"
#include "tests/bench/load/link/loop.h"
#include "tests/bench/load/link/tls.h"
#include "tests/bench/load/wire/wire.h"

namespace wardcast::bench {

// "127.0.0.1:7443", numbers only. kInvalidArgument: it is not.
Result<sockaddr_in> ParseAddress(const std::string& text);

// Threads: the loop's.
class Connection final : public Ready {
 public:
  // All must outlive it. `tls`: nullptr is plain text.
  Connection(Loop& loop, Wire& wire, const Tls* tls) : loop_(loop), wire_(wire), tls_(tls) {}
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
  // False: not connected yet, or lost.
  bool Connect(bool writable);
  bool Handshake();
  void Read();
  // > 0: bytes that were read; 0: nothing now; < 0: lost.
  ssize_t Receive(char* buffer, std::size_t room);
  // The same for sending.
  ssize_t Send(const std::string& out);
  void Lose(std::string why);
  void WantWriting(bool wanted);

  Loop& loop_;
  Wire& wire_;
  const Tls* const tls_;
  std::unique_ptr<TlsStream> stream_;
  int fd_ = -1;
  bool connected_ = false;
  bool secured_ = false;  // the TLS handshake is over
  bool writing_ = false;  // epoll is asked for room to write
  bool lost_ = false;
  std::uint64_t received_ = 0;
  std::string problem_;
};

}  // namespace wardcast::bench
