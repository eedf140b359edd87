#include "server/access/certificates/machine_names.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>

namespace wardcast {
namespace {

struct FreeInterfaces {
  void operator()(ifaddrs* list) const { freeifaddrs(list); }
};
struct FreeResolved {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};

void Add(std::vector<std::string>& names, std::string name) {
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (IsHostName(name) && std::ranges::find(names, name) == names.end())
    names.push_back(std::move(name));
}

// Empty: not an address that anybody connects to.
std::string AddressOf(const sockaddr* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address->sa_family == AF_INET) {
    const auto* four = reinterpret_cast<const sockaddr_in*>(address);
    inet_ntop(AF_INET, &four->sin_addr, text.data(), text.size());
  } else if (address->sa_family == AF_INET6) {
    const auto* six = reinterpret_cast<const sockaddr_in6*>(address);
    if (IN6_IS_ADDR_LINKLOCAL(&six->sin6_addr)) return {};
    inet_ntop(AF_INET6, &six->sin6_addr, text.data(), text.size());
  }
  return text.data();
}

std::string FullName(const std::string& host) {
  addrinfo hints{};
  hints.ai_flags = AI_CANONNAME;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return {};
  const std::unique_ptr<addrinfo, FreeResolved> list(found);
  return list->ai_canonname == nullptr ? "" : list->ai_canonname;
}

}  // namespace

bool IsHostName(const std::string& text) {
  return !text.empty() && text.size() <= 253 && std::ranges::all_of(text, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '*' || c == '_' || c == ':';
  });
}

std::vector<std::string> MachineNames(const std::vector<std::string>& more) {
  std::vector<std::string> names;
  for (const std::string& name : more) Add(names, name);
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) == 0) {
    Add(names, host.data());
    Add(names, FullName(host.data()));
  }
  Add(names, "localhost");
  for (const char* loopback : {"127.0.0.1", "::1"}) Add(names, loopback);
  ifaddrs* found = nullptr;
  if (getifaddrs(&found) != 0) return names;
  const std::unique_ptr<ifaddrs, FreeInterfaces> interfaces(found);
  for (const ifaddrs* at = found; at != nullptr; at = at->ifa_next) {
    if (at->ifa_addr == nullptr || (at->ifa_flags & IFF_UP) == 0) continue;
    Add(names, AddressOf(at->ifa_addr));
  }
  return names;
}

}  // namespace wardcast
