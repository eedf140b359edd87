// How the hospital's directory is reached, and what its groups give.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "wardcast/v1/role.pb.h"

namespace wardcast {

// Whoever is in `group` has the assignment.
struct GroupRole {
  std::string group;  // its name in the directory (DN)
  v1::Assignment assignment;
};

// [ldap] of the broker's file.
struct LdapConfig {
  // ldaps://HOST[:PORT], or ldap://HOST[:PORT] with start_tls; tried in this order. Empty: there is
  // no directory.
  std::vector<std::string> urls;
  // On ldap:// TLS begins before anything else is said.
  bool start_tls = false;
  // PEM; what the servers' certificates must come from.
  std::filesystem::path ca;
  // The service account that searches, and the file (0600, one line) with its password.
  std::string bind_dn;
  std::filesystem::path bind_password_file;
  // Below it people are searched.
  std::string base;
  // Finds exactly one entry; {account} is the name as typed, escaped. The default fits Active
  // Directory and OpenLDAP.
  std::string user_filter = "(|(sAMAccountName={account})(uid={account}))";
  // As shown to colleagues; where it is missing, `cn`.
  std::string display_name_attribute = "displayName";
  // Of a person's entry: the groups that they are in.
  std::string group_attribute = "memberOf";
  // Set: groups are searched below it instead, by group_filter ({dn} of the person, {account}).
  std::string group_base;
  std::string group_filter = "(|(member={dn})(uniqueMember={dn})(memberUid={account}))";
  // Until one server is connected, TLS included; and until the whole answer is there, of whichever
  // server.
  std::chrono::seconds connect_timeout{3};
  std::chrono::seconds answer_timeout{5};
  // How often those who are signed in are looked up again.
  std::chrono::seconds look_again{900};
  std::vector<GroupRole> roles;
};

// What fits together: an encrypted way to every server (plain text only to loopback, and only with
// `insecure_loopback`), a file with the authority, a service account with its password file, at
// least one role. kFailedPrecondition: what does not, and what to do.
Result<void> CheckLdapConfig(const LdapConfig& config, bool insecure_loopback);

// The service account's password: the first line of its file. kFailedPrecondition: others can read
// the file, or it is empty. kNotFound, kUnavailable: it cannot be read.
Result<std::string> ReadBindPassword(const LdapConfig& config);

// ldaps://…
bool IsLdaps(const std::string& url);

}  // namespace wardcast
