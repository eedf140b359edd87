#include "server/access/ldap/ldap_config.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include "base/file.h"
#include "base/log.h"
#include "server/access/ldap/filter.h"
#include "server/access/ldap/group_roles.h"
#include "server/access/roles/role_sets.h"

namespace wardcast {
namespace {

constexpr std::string_view kTls = "ldaps://";
constexpr std::string_view kPlain = "ldap://";
constexpr std::size_t kLargestPassword = 4'096;

std::unexpected<Error> Wrong(std::string message) {
  return Fail(Code::kFailedPrecondition, std::move(message));
}

// "dc1.example.org:636" of "ldaps://dc1.example.org:636"; empty: it is not such an address.
std::string AuthorityOf(const std::string& url) {
  const std::string_view scheme = IsLdaps(url) ? kTls : kPlain;
  if (!url.starts_with(scheme)) return {};
  std::string rest = url.substr(scheme.size());
  if (rest.ends_with('/')) rest.pop_back();
  const bool plain = std::ranges::all_of(rest, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == ':' || c == '[' || c == ']';
  });
  return plain ? rest : std::string();
}

bool IsLoopbackHost(const std::string& authority) {
  const std::string host = authority.starts_with('[') ? authority.substr(0, authority.find(']') + 1)
                                                      : authority.substr(0, authority.find(':'));
  // 127.example.org is a name like any other.
  const bool address = host.find_first_not_of("0123456789.") == std::string::npos;
  return host == "localhost" || host == "[::1]" || (address && host.starts_with("127."));
}

Result<void> CheckWay(const LdapConfig& config, bool insecure_loopback) {
  bool encrypted = false;
  for (const std::string& url : config.urls) {
    const std::string authority = AuthorityOf(url);
    if (authority.empty()) {
      return Wrong("ldap.url: \"" + LogSafe(url) +
                   "\" must be ldaps://HOST, ldaps://HOST:PORT, or ldap://HOST with start_tls");
    }
    if (IsLdaps(url) || config.start_tls) {
      encrypted = true;
    } else if (!insecure_loopback || !IsLoopbackHost(authority)) {
      return Wrong("ldap.url " + url +
                   ": passwords never cross a network in plain text; write ldaps://, or set "
                   "ldap.start_tls = true");
    }
  }
  if (encrypted && config.ca.empty()) {
    return Wrong(
        "ldap.ca is missing: the PEM file with the authority that the directory's certificate "
        "comes from (Active Directory: of the domain's certificate services)");
  }
  return {};
}

Result<void> CheckSearch(const LdapConfig& config) {
  if (config.bind_dn.empty() || config.bind_password_file.empty()) {
    return Wrong(
        "ldap.bind_dn and ldap.bind_password_file are missing: the account that searches the "
        "directory; it needs to read people and groups, nothing else");
  }
  for (const auto& [name, dn] :
       {std::pair("ldap.bind_dn", &config.bind_dn), std::pair("ldap.base", &config.base),
        std::pair("ldap.group_base", &config.group_base)}) {
    if (dn == &config.group_base && dn->empty()) continue;
    // Active Directory also takes ann@example.org to sign in.
    if (dn == &config.bind_dn && dn->find('@') != std::string::npos) continue;
    if (dn->empty() || !NormalDn(*dn))
      return Wrong(std::string(name) + " must be a name of the directory, for example " +
                   "\"ou=people,dc=example,dc=org\"");
  }
  if (!IsFilter(config.user_filter) || config.user_filter.find("{account}") == std::string::npos)
    return Wrong("ldap.user_filter must be a filter in parentheses with {account} in it");
  const bool names_somebody = config.group_filter.find("{dn}") != std::string::npos ||
                              config.group_filter.find("{account}") != std::string::npos;
  if (!IsFilter(config.group_filter) || !names_somebody)
    return Wrong("ldap.group_filter must be a filter in parentheses with {dn} or {account} in it");
  return {};
}

Result<void> CheckRoles(const LdapConfig& config) {
  if (config.roles.empty()) {
    return Wrong(
        "there is no [[ldap.role]]: without a group that gives a role nobody of the directory "
        "could sign in");
  }
  for (const GroupRole& role : config.roles) {
    if (!NormalDn(role.group) || role.group.empty()) {
      return Wrong("ldap.role.group: \"" + LogSafe(role.group) +
                   "\" must be the whole name of a group, for example "
                   "\"CN=Service Desk,OU=Groups,DC=example,DC=org\"");
    }
    if (auto grants = ExpandAssignment(role.assignment, "ldap.role"); !grants)
      return Wrong(LogSafe(role.group) + ": " + grants.error().message);
  }
  return {};
}

}  // namespace

bool IsLdaps(const std::string& url) { return url.starts_with(kTls); }

Result<std::string> ReadBindPassword(const LdapConfig& config) {
  const std::filesystem::path& file = config.bind_password_file;
  struct stat about{};
  if (stat(file.c_str(), &about) == 0 && (about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Wrong("ldap.bind_password_file " + file.string() +
                 " can be read by others: chmod 600 it");
  }
  const auto text = ReadFile(file, kLargestPassword);
  if (!text) return Fail(text.error().code, "ldap.bind_password_file: " + text.error().message);
  std::string password = text->substr(0, text->find_first_of("\r\n"));
  if (password.empty()) return Wrong("ldap.bind_password_file " + file.string() + " is empty");
  return password;
}

Result<void> CheckLdapConfig(const LdapConfig& config, bool insecure_loopback) {
  if (config.urls.empty())
    return Wrong("ldap.url is missing: for example [\"ldaps://dc1.example.org\"]");
  if (auto checked = CheckWay(config, insecure_loopback); !checked) return checked;
  if (auto checked = CheckSearch(config); !checked) return checked;
  if (auto checked = CheckRoles(config); !checked) return checked;
  if (auto password = ReadBindPassword(config); !password) return std::unexpected(password.error());
  return {};
}

}  // namespace wardcast
