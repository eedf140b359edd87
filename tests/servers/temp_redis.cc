#include "tests/servers/temp_redis.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "base/file.h"

namespace wardcast::testing {
namespace {

using std::chrono::seconds;

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

bool Accepts(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(port);
  const bool connected =
      connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(fd);
  return connected;
}

}  // namespace

int FreePort() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  const bool bound = bind(fd, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                     getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  close(fd);
  if (!bound) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

std::string TempRedis::WhyNot() {
  for (const char* path : {"/usr/bin/redis-server", "/usr/local/bin/redis-server"}) {
    if (std::filesystem::exists(path)) return "";
  }
  return "no Redis server is installed (Debian package: redis-server)";
}

TempRedis::TempRedis() : port_(FreePort()) { Start(); }

TempRedis::~TempRedis() { Stop(); }

void TempRedis::Stop() { server_.reset(); }

void TempRedis::Start() {
  const std::filesystem::path log = folder_.path() / "log";
  server_ = std::make_unique<ChildProcess>(
      std::vector<std::string>{"redis-server", "--bind", "127.0.0.1", "--port",
                               std::to_string(port_), "--unixsocket", socket(), "--save", "",
                               "--appendonly", "no", "--dir", folder_.path().string()},
      log);
  const auto deadline = std::chrono::steady_clock::now() + seconds(20);
  while (!Accepts(port_)) {
    if (!server_->Running() || std::chrono::steady_clock::now() > deadline) {
      throw std::runtime_error("Redis did not start: " + ReadFile(log).value_or("(no log)"));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

}  // namespace wardcast::testing
