#include "server/http/listener.h"

#include <fmt/format.h>
#include <linux/tcp.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace wardcast {
namespace {

struct FreeAddresses {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};

std::unexpected<Error> CannotListen(const std::string& host, int port, int error) {
  const std::string where = fmt::format("{}:{}", host, port);
  switch (error) {
    case EADDRINUSE:
      return Fail(Code::kUnavailable, fmt::format("HTTP port {} is in use by another program "
                                                  "(another broker?). Stop it, or choose another "
                                                  "port with --http-listen {}:PORT (http.listen in "
                                                  "the configuration; 0 takes a free one).",
                                                  where, host));
    case EACCES:
      return Fail(Code::kUnavailable, fmt::format("HTTP port {} may not be opened without rights; "
                                                  "choose one above 1023 with --http-listen.",
                                                  where));
    default:
      return Fail(Code::kInvalidArgument,
                  fmt::format("cannot listen on {}: {}. --http-listen takes HOST:PORT with an "
                              "address of this machine.",
                              where, std::strerror(error)));
  }
}

std::string PeerName(const sockaddr_storage& address, socklen_t size) {
  char host[NI_MAXHOST];
  char port[NI_MAXSERV];
  const int flags = NI_NUMERICHOST | NI_NUMERICSERV;
  if (getnameinfo(reinterpret_cast<const sockaddr*>(&address), size, host, sizeof(host), port,
                  sizeof(port), flags) != 0) {
    return "unknown";
  }
  return address.ss_family == AF_INET6 ? fmt::format("[{}]:{}", host, port)
                                       : fmt::format("{}:{}", host, port);
}

}  // namespace

Result<Listening> Listen(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const std::string service = std::to_string(port);
  if (const int error = getaddrinfo(host.c_str(), service.c_str(), &hints, &found); error != 0) {
    return Fail(Code::kInvalidArgument,
                fmt::format("cannot listen on {}:{}: {}. --http-listen takes HOST:PORT with an "
                            "address of this machine.",
                            host, port, gai_strerror(error)));
  }
  const std::unique_ptr<addrinfo, FreeAddresses> addresses(found);
  const int fd = socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return CannotListen(host, port, errno);
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on,
             sizeof(on));  // restart while old connections time out
  sockaddr_storage bound{};
  socklen_t size = sizeof(bound);
  if (bind(fd, found->ai_addr, found->ai_addrlen) != 0 || listen(fd, SOMAXCONN) != 0 ||
      getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &size) != 0) {
    const int error = errno;
    close(fd);
    return CannotListen(host, port, error);
  }
  const auto network_port = bound.ss_family == AF_INET6
                                ? reinterpret_cast<const sockaddr_in6&>(bound).sin6_port
                                : reinterpret_cast<const sockaddr_in&>(bound).sin_port;
  return Listening{.fd = fd, .port = ntohs(network_port)};
}

Accepted Accept(int listening_fd) {
  sockaddr_storage address{};
  socklen_t size = sizeof(address);
  const int fd = accept4(listening_fd, reinterpret_cast<sockaddr*>(&address), &size,
                         SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd < 0) return {};
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  return {.fd = fd, .peer = PeerName(address, size)};
}

std::uint64_t AcknowledgedBytes(int fd) {
  tcp_info info{};
  socklen_t size = sizeof(info);
  if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return 0;
  return info.tcpi_bytes_acked;
}

}  // namespace wardcast
