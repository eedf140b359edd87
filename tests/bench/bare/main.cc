// bench_bare: what fanning out costs if nothing but send() is done. One thread, epoll. A connection
// that begins with 'S' subscribes; one that begins with 'P' publishes: four bytes of length in
// network order, then so many bytes, which go to every subscriber. Each is greeted with one byte.
// Prints its port, ends with standard input. Called by tests/bench/run.sh.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

constexpr std::size_t kLargest = 64 << 20;

struct Peer {
  bool known = false;
  bool publishes = false;
  std::string input;   // publishers
  std::string output;  // what send() did not take
};

class Server {
 public:
  bool Listen();
  int port() const { return port_; }
  int Serve();

 private:
  void AcceptAll();
  void Read(int fd);
  void Publish(const std::string& bytes);
  void Send(int fd, Peer& peer, const char* bytes, std::size_t size);
  void Drop(int fd);

  int epoll_ = -1;
  int listening_ = -1;
  int port_ = 0;
  std::unordered_map<int, Peer> peers_;
  std::vector<int> subscribers_;
};

void Watch(int epoll, int operation, int fd, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = fd;
  epoll_ctl(epoll, operation, fd, &event);
}

bool Server::Listen() {
  epoll_ = epoll_create1(EPOLL_CLOEXEC);
  listening_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(listening_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      listen(listening_, SOMAXCONN) != 0 ||
      getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    return false;
  port_ = ntohs(address.sin_port);
  Watch(epoll_, EPOLL_CTL_ADD, listening_, EPOLLIN);
  Watch(epoll_, EPOLL_CTL_ADD, STDIN_FILENO, EPOLLIN);
  return true;
}

void Server::AcceptAll() {
  for (;;) {
    const int fd = accept4(listening_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return;
    const int yes = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    peers_.try_emplace(fd);
    Watch(epoll_, EPOLL_CTL_ADD, fd, EPOLLIN);
  }
}

void Server::Drop(int fd) {
  std::erase(subscribers_, fd);
  peers_.erase(fd);
  close(fd);
}

void Server::Send(int fd, Peer& peer, const char* bytes, std::size_t size) {
  std::size_t sent = 0;
  if (peer.output.empty()) {
    const ssize_t took = send(fd, bytes, size, MSG_NOSIGNAL);
    if (took < 0 && errno != EAGAIN) return;  // epoll tells that it is gone
    sent = took < 0 ? 0 : static_cast<std::size_t>(took);
  }
  if (sent == size) return;
  peer.output.append(bytes + sent, size - sent);
  Watch(epoll_, EPOLL_CTL_MOD, fd, EPOLLIN | EPOLLOUT);
}

void Server::Publish(const std::string& bytes) {
  for (const int fd : subscribers_) Send(fd, peers_[fd], bytes.data(), bytes.size());
}

void Server::Read(int fd) {
  static char buffer[64 << 10];
  const ssize_t size = recv(fd, buffer, sizeof buffer, 0);
  if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (size <= 0) return Drop(fd);
  Peer& peer = peers_[fd];
  peer.input.append(buffer, static_cast<std::size_t>(size));
  if (!peer.known) {
    const char role = peer.input[0];
    if (role != 'S' && role != 'P') return Drop(fd);
    peer.known = true;
    peer.publishes = role == 'P';
    peer.input.erase(0, 1);
    if (!peer.publishes) subscribers_.push_back(fd);
    Send(fd, peer, ".", 1);
  }
  if (!peer.publishes) {
    peer.input.clear();
    return;
  }
  while (peer.input.size() >= sizeof(std::uint32_t)) {
    std::uint32_t length = 0;
    std::memcpy(&length, peer.input.data(), sizeof length);
    length = ntohl(length);
    if (length > kLargest) return Drop(fd);
    if (peer.input.size() < sizeof length + length) return;
    const std::string bytes = peer.input.substr(sizeof length, length);
    peer.input.erase(0, sizeof length + length);
    Publish(bytes);
  }
}

int Server::Serve() {
  epoll_event events[256];
  for (;;) {
    const int count = epoll_wait(epoll_, events, 256, -1);
    for (int i = 0; i < count; ++i) {
      const int fd = events[i].data.fd;
      if (fd == STDIN_FILENO) return 0;
      if (fd == listening_) {
        AcceptAll();
        continue;
      }
      const auto found = peers_.find(fd);
      if (found == peers_.end()) continue;
      if ((events[i].events & EPOLLOUT) != 0) {
        const std::string rest = std::move(found->second.output);
        found->second.output = {};
        Watch(epoll_, EPOLL_CTL_MOD, fd, EPOLLIN);
        Send(fd, found->second, rest.data(), rest.size());
      }
      if ((events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) Read(fd);
    }
  }
}

}  // namespace

int main() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
  Server server;
  if (!server.Listen()) {
    std::perror("bench_bare: cannot listen on a loopback address");
    return 1;
  }
  std::printf("%d\n", server.port());
  std::fflush(stdout);
  return server.Serve();
}
