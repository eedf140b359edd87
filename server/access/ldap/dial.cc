#include "server/access/ldap/dial.h"

#include <ldap.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

#include "base/log.h"

namespace wardcast {
namespace {

using std::chrono::steady_clock;

int MillisUntil(steady_clock::time_point until) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(until - steady_clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
}

// 0, or errno.
int Connect(int socket, const addrinfo& address, steady_clock::time_point until) {
  if (connect(socket, address.ai_addr, address.ai_addrlen) == 0) return 0;
  if (errno != EINPROGRESS) return errno;
  pollfd waiting{.fd = socket, .events = POLLOUT, .revents = 0};
  int ready = 0;
  do {
    ready = poll(&waiting, 1, MillisUntil(until));
  } while (ready < 0 && errno == EINTR);
  if (ready <= 0) return ETIMEDOUT;
  int error = 0;
  socklen_t size = sizeof error;
  return getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

}  // namespace

Result<int> Dial(const std::string& url, steady_clock::time_point until) {
  LDAPURLDesc* raw = nullptr;
  if (ldap_url_parse(url.c_str(), &raw) != LDAP_URL_SUCCESS)
    return Fail(Code::kUnavailable, "not an address of a directory: " + LogSafe(url));
  const std::unique_ptr<LDAPURLDesc, void (*)(LDAPURLDesc*)> parsed(raw, ldap_free_urldesc);
  const std::string host = parsed->lud_host ? parsed->lud_host : "";
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  const int resolved =
      getaddrinfo(host.c_str(), std::to_string(parsed->lud_port).c_str(), &wanted, &list);
  if (resolved != 0)
    return Fail(Code::kUnavailable, LogSafe(host) + " is not found: " + gai_strerror(resolved));
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> addresses(list, freeaddrinfo);
  std::ptrdiff_t left = 0;
  for (const addrinfo* one = list; one != nullptr; one = one->ai_next) ++left;
  int error = ETIMEDOUT;
  for (const addrinfo* one = list; one != nullptr; one = one->ai_next, --left) {
    const auto now = steady_clock::now();
    if (now >= until) break;
    const int socket =
        ::socket(one->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, one->ai_protocol);
    if (socket < 0) {
      error = errno;
      continue;
    }
    error = Connect(socket, *one, now + (until - now) / left);
    if (error == 0) {
      const int on = 1;
      setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      return socket;
    }
    close(socket);
  }
  return Fail(Code::kUnavailable, "it cannot be reached: " + std::system_category().message(error));
}

}  // namespace wardcast
