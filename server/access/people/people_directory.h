// The hospital's directory (LDAP, Active Directory) as signing in sees it. How it is spoken to is
// known in server/access/ldap alone.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "wardcast/v1/role.pb.h"

namespace wardcast {

// Somebody of the directory who may sign in there.
struct DirectoryPerson {
  std::string dn;
  std::string display_name;
  std::vector<std::string> groups;  // as the directory names them
  // What the groups give here. Empty: nothing, and nobody signs in with nothing.
  std::vector<v1::Assignment> assignments;
};

// How one server of the directory answered.
struct DirectoryServerState {
  std::string url;
  std::string problem;  // for a person; empty: it answers, and takes the service account's password
  std::string tls;      // "TLSv1.3, …"; empty: no TLS
};

// Threads: any; every function but Trouble() waits for the network: never on a front door's or a
// work thread.
class PeopleDirectory {
 public:
  virtual ~PeopleDirectory() = default;

  // Who has this name and this password. kNotFound: nobody, more than one, or disabled there.
  // kUnauthenticated: somebody has the name, and the password is wrong or empty. kUnavailable: no
  // server answers as it should. Messages are for the audit trail, not for who tries.
  virtual Result<DirectoryPerson> SignIn(const std::string& account,
                                         const std::string& password) = 0;
  // The same without a password.
  virtual Result<DirectoryPerson> Find(const std::string& account) = 0;
  // Asks every server, in the order in which they are tried.
  virtual std::vector<DirectoryServerState> AskServers() = 0;
  // Why nobody can be asked at the moment; empty: as far as is known somebody can. Never blocks.
  virtual std::string Trouble() const = 0;
};

}  // namespace wardcast
