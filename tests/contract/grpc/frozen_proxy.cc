#include "tests/contract/grpc/frozen_proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace wardcast::testing {
namespace {

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// False: closed.
bool PassOn(int from, int to) {
  std::array<char, 16'384> bytes;
  const ssize_t got = recv(from, bytes.data(), bytes.size(), 0);
  return got > 0 && send(to, bytes.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL) == got;
}

}  // namespace

FrozenProxy::FrozenProxy(int target_port) {
  listening_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof(address);
  if (bind(listening_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      listen(listening_, 1) != 0 ||
      getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("the proxy cannot listen");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this, target_port] { Run(target_port); });
}

FrozenProxy::~FrozenProxy() {
  stop_ = true;
  shutdown(listening_, SHUT_RDWR);
  thread_.join();
  close(listening_);
}

void FrozenProxy::Run(int target_port) {
  const int client = accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
  if (client < 0) return;
  const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(target_port);
  bool open = connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  while (open && !stop_) {
    if (frozen_) {
      // Nothing is read, so nothing is answered; only the end is seen.
      pollfd side{.fd = server, .events = POLLRDHUP, .revents = 0};
      poll(&side, 1, 20);
      if ((side.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0) server_closed_ = true;
      if (server_closed_) break;
      continue;
    }
    std::array<pollfd, 2> sides{{{.fd = client, .events = POLLIN, .revents = 0},
                                 {.fd = server, .events = POLLIN, .revents = 0}}};
    if (poll(sides.data(), sides.size(), 20) <= 0) continue;
    if (sides[0].revents != 0) open = PassOn(client, server);
    if (open && sides[1].revents != 0) open = PassOn(server, client);
  }
  while (!stop_ && frozen_) poll(nullptr, 0, 20);  // the client's side stays silent, not closed
  close(client);
  close(server);
}

}  // namespace wardcast::testing
