// PeopleDirectory over LDAP: OpenLDAP, Active Directory and what is like them.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "server/access/ldap/group_roles.h"
#include "server/access/ldap/ldap_config.h"
#include "server/access/ldap/ldap_connection.h"
#include "server/access/people/people_directory.h"

namespace wardcast {

// Signs in as the service account, searches exactly one entry and its groups, then signs in as that
// entry. A connection for each question: they are rare, and none that was idle can be stale.
//
// While no server answers, one caller at a time asks again, at most every 5 s; the others are told
// at once. So a directory that hangs does not hold up those who need none.
//
// Threads: any.
class LdapDirectory final : public PeopleDirectory {
 public:
  // `config` was checked (CheckLdapConfig). `clock` must outlive it.
  LdapDirectory(LdapConfig config, const Clock& clock);

  Result<DirectoryPerson> SignIn(const std::string& account, const std::string& password) override;
  Result<DirectoryPerson> Find(const std::string& account) override;
  std::vector<DirectoryServerState> AskServers() override;
  std::string Trouble() const override;

 private:
  using Deadline = LdapConnection::Deadline;
  using Question =
      std::function<Result<DirectoryPerson>(LdapConnection& connection, Deadline until)>;
  struct Server {
    std::string url;
    Deadline failed{};  // the clock's zero: it did not
  };

  // Puts `question` to the first server that answers it.
  Result<DirectoryPerson> Ask(const Question& question);
  // Connected, and signed in as the service account.
  Result<LdapConnection> Connect(const std::string& url, Deadline connected_by, Deadline until);
  Result<DirectoryPerson> Look(LdapConnection& connection, const std::string& account,
                               Deadline until);
  Result<std::vector<std::string>> GroupsOf(LdapConnection& connection, const std::string& account,
                                            const LdapEntry& entry, Deadline until);

  // The servers to ask, those that have failed last; kUnavailable: it is known that none answers.
  Result<std::vector<std::string>> Begin();
  void End(const std::string& url, const std::string& problem);
  void EndAll(const std::string& problem);

  const LdapConfig config_;
  const GroupRoles roles_;
  const Clock& clock_;
  mutable Mutex mu_;
  std::vector<Server> servers_ GUARDED_BY(mu_);
  std::string trouble_ GUARDED_BY(mu_);  // why none answered the last time
  Deadline ask_again_ GUARDED_BY(mu_){};
  bool asking_again_ GUARDED_BY(mu_) = false;
};

}  // namespace wardcast
