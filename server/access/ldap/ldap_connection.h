// One connection to one server of the directory, by libldap.
#pragma once

#include <ldap.h>

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "server/access/ldap/deadline_io.h"
#include "server/access/ldap/ldap_config.h"

namespace wardcast {

// One entry that a search found.
struct LdapEntry {
  std::string dn;
  // By the attribute's name in small letters.
  std::map<std::string, std::vector<std::string>> values;

  // The first value; empty: there is none.
  std::string First(const std::string& attribute) const;
};

// What a search asks for.
struct LdapSearch {
  std::string base;
  std::string filter;
  std::vector<std::string> attributes;
  // More entries than this are not read.
  int most = 0;
};

// Threads: one. Every function returns by its deadline; what is slow or wrong with the server is
// kUnavailable, with words for an administrator.
class LdapConnection {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  // Connects, with TLS as `config` says: the certificate is verified against `config.ca` and the
  // host in `url`. Referrals are never followed.
  static Result<LdapConnection> Open(const LdapConfig& config, const std::string& url,
                                     Deadline connected_by);

  // False: the server knows the two and says no. An empty password is never sent: a server takes it
  // for a guest and says yes (RFC 4513 §5.1.2).
  Result<bool> Bind(const std::string& dn, const std::string& password, Deadline until);
  // Everything below the base. Of more than `search.most` entries there are `most` + 1 at the most.
  Result<std::vector<LdapEntry>> Search(const LdapSearch& search, Deadline until);

  // "TLSv1.3, …"; empty: plain text.
  std::string Tls() const;

 private:
  struct Unbind {
    void operator()(LDAP* ldap) const { ldap_unbind_ext(ldap, nullptr, nullptr); }
  };
  struct Free {
    void operator()(LDAPMessage* message) const { ldap_msgfree(message); }
  };
  using Handle = std::unique_ptr<LDAP, Unbind>;
  using Message = std::unique_ptr<LDAPMessage, Free>;

  LdapConnection(std::unique_ptr<IoDeadline> deadline, Handle ldap)
      : deadline_(std::move(deadline)), ldap_(std::move(ldap)) {}
  // What libldap says of `outcome`, and the server's own words.
  std::unexpected<Error> Problem(const char* what, int outcome) const;
  // The answer to a request, and its result code.
  Result<std::pair<Message, int>> Wait(int request, const char* what, Deadline until);

  std::unique_ptr<IoDeadline> deadline_;  // before the handle, which uses it to its end
  Handle ldap_;
};

}  // namespace wardcast
