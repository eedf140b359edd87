#include "tests/bench/load/link/connection.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

namespace wardcast::bench {
namespace {

// Each loopback address has some 28,000 ports, of which others use some.
constexpr int kConnectionsPerAddress = 4'000;

std::unexpected<Error> SystemFailure(const std::string& what) {
  std::string message = what + ": " + std::strerror(errno);
  if (errno == EMFILE) message += " (raise `ulimit -n`)";
  return Fail(Code::kUnavailable, std::move(message));
}

}  // namespace

Result<sockaddr_in> ParseAddress(const std::string& text) {
  const auto colon = text.rfind(':');
  sockaddr_in address{};
  address.sin_family = AF_INET;
  int port = 0;
  const char* end = text.data() + text.size();
  if (colon == std::string::npos ||
      std::from_chars(text.data() + colon + 1, end, port).ptr != end || port < 1 || port > 65'535 ||
      inet_pton(AF_INET, text.substr(0, colon).c_str(), &address.sin_addr) != 1) {
    return Fail(Code::kInvalidArgument, "'" + text + "' is not like 127.0.0.1:7443");
  }
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

Connection::~Connection() {
  if (fd_ >= 0) close(fd_);
}

Result<void> Connection::Open(const sockaddr_in& to, int number) {
  fd_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd_ < 0) return SystemFailure("socket");
  const int yes = 1;
  setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  // The port is chosen by connect(), which knows the destination.
  setsockopt(fd_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
  sockaddr_in from{};
  from.sin_family = AF_INET;
  from.sin_addr.s_addr =
      htonl(INADDR_LOOPBACK + 1 + static_cast<std::uint32_t>(number / kConnectionsPerAddress));
  if (bind(fd_, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0)
    return SystemFailure("bind");
  if (connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0 && errno != EINPROGRESS)
    return SystemFailure("connect");
  writing_ = true;
  loop_.Add(fd_, *this, writing_);
  return {};
}

bool Connection::Connect(bool writable) {
  if (!connected_) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) Lose(std::string("connect: ") + std::strerror(error));
    if (lost_ || !writable) return false;
    connected_ = true;
  }
  return !tls_ || secured_ || Handshake();
}

bool Connection::Handshake() {
  if (!stream_) stream_ = std::make_unique<TlsStream>(*tls_, fd_);
  const TlsStream::Got got = stream_->Handshake();
  secured_ = got == TlsStream::Got::kBytes;
  if (got == TlsStream::Got::kNothingYet) {
    WantWriting(stream_->wants_room());
  } else if (!secured_) {
    Lose("the TLS handshake failed");
  }
  return secured_;
}

void Connection::OnReady(bool readable, bool writable) {
  if (lost_ || !Connect(writable)) return;
  if (readable) Read();
  Flush();
}

ssize_t Connection::Receive(char* buffer, std::size_t room) {
  if (stream_) {
    std::size_t size = room;
    const TlsStream::Got got = stream_->Read(buffer, size);
    if (got == TlsStream::Got::kBytes) return static_cast<ssize_t>(size);
    if (got == TlsStream::Got::kNothingYet) return 0;
    Lose(got == TlsStream::Got::kEnd ? "the server closed the connection" : "TLS failed");
    return -1;
  }
  for (;;) {
    const ssize_t size = recv(fd_, buffer, room, 0);
    if (size > 0) return size;
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == EAGAIN) return 0;
    Lose(size == 0 ? "the server closed the connection"
                   : std::string("recv: ") + std::strerror(errno));
    return -1;
  }
}

void Connection::Read() {
  static thread_local std::array<char, 256 << 10> buffer;
  for (;;) {
    const ssize_t size = Receive(buffer.data(), buffer.size());
    if (size <= 0) return;
    received_ += static_cast<std::uint64_t>(size);
    if (!wire_.Receive({buffer.data(), static_cast<std::size_t>(size)}))
      return Lose(wire_.problem());
    // Of plain text epoll tells if there is more; of TLS it may be in memory already.
    if (!stream_ && static_cast<std::size_t>(size) < buffer.size()) return;
  }
}

ssize_t Connection::Send(const std::string& out) {
  if (stream_) {
    std::size_t size = out.size();
    const TlsStream::Got got = stream_->Write(out.data(), size);
    if (got == TlsStream::Got::kBytes) return static_cast<ssize_t>(size);
    if (got == TlsStream::Got::kNothingYet) return 0;
    Lose("TLS failed");
    return -1;
  }
  for (;;) {
    const ssize_t size = send(fd_, out.data(), out.size(), MSG_NOSIGNAL);
    if (size >= 0) return size;
    if (errno == EINTR) continue;
    if (errno == EAGAIN) return 0;
    Lose(std::string("send: ") + std::strerror(errno));
    return -1;
  }
}

void Connection::Flush() {
  if (lost_ || !connected_ || (tls_ && !secured_)) return;
  std::string& out = wire_.out();
  while (!out.empty()) {
    const ssize_t size = Send(out);
    if (size < 0) return;
    if (size == 0) return WantWriting(true);
    out.erase(0, static_cast<std::size_t>(size));
  }
  if (out.capacity() > 64) out = {};  // ten thousand of them
  WantWriting(false);
}

void Connection::WantWriting(bool wanted) {
  if (std::exchange(writing_, wanted) != wanted) loop_.Change(fd_, *this, wanted);
}

void Connection::Lose(std::string why) {
  lost_ = true;
  problem_ = std::move(why);
  stream_.reset();
  close(std::exchange(fd_, -1));
}

}  // namespace wardcast::bench
