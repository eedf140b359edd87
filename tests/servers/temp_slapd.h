// A real OpenLDAP server for one test, on two free ports of the loopback interface: ldap:// with
// StartTLS, and ldaps://.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "tests/servers/child_process.h"
#include "tests/servers/temp_folder.h"

namespace wardcast::testing {

// PEM texts: what the server shows, for 127.0.0.1, and the authority that it comes from.
struct SlapdCertificate {
  std::string authority;
  std::string certificate;
  std::string key;
};

// The hospital dc=example,dc=org. Everybody's password is "NAME at the hospital"; groups are below
// ou=groups, people below ou=people:
//   ann  in Service Desk                 bob   in Service Desk and House Supervisors
//   eve  in Knitting                     dora  in Service Desk; has no uid, but a sAMAccountName
//   adam in Wardcast Administrators      dup   twice: below ou=people and below ou=leavers
//
// Threads: one at a time.
class TempSlapd {
 public:
  // Empty if a server can be started here; else why not, for GTEST_SKIP.
  static std::string WhyNot();

  // Fills the database and starts the server; returns when it answers. Throws std::runtime_error
  // with the end of its log.
  explicit TempSlapd(const SlapdCertificate& certificate);
  // Stops the server and removes its folder.
  ~TempSlapd();

  std::string ldaps() const { return "ldaps://127.0.0.1:" + std::to_string(tls_port_); }
  std::string ldap() const { return "ldap://127.0.0.1:" + std::to_string(port_); }
  std::filesystem::path ca() const { return folder_.path() / "ca.pem"; }
  // The service account that searches, and the file with its password (0600).
  static std::string bind_dn() { return "cn=wardcast,dc=example,dc=org"; }
  std::filesystem::path bind_password_file() const { return folder_.path() / "bind-password"; }

  // Ends it (SIGKILL), and starts it again on the same ports.
  void Stop();
  void Start();
  // In the middle of whatever it does (SIGSTOP), and on.
  void Freeze();
  void Thaw();

  // Applies an LDIF of changes, as the directory's administrator. True if it was done.
  bool Change(const std::string& ldif);
  // Takes `uid` out of a group, or puts them in.
  bool Leave(const std::string& uid, const std::string& group);
  bool Join(const std::string& uid, const std::string& group);

 private:
  bool Member(const char* what, const std::string& uid, const std::string& group);
  std::string Log() const;

  TempFolder folder_;
  int port_ = 0;
  int tls_port_ = 0;
  std::unique_ptr<ChildProcess> server_;
};

inline std::string DnOfGroup(const std::string& group) {
  return "cn=" + group + ",ou=groups,dc=example,dc=org";
}
inline std::string DirectoryPassword(const std::string& name) { return name + " at the hospital"; }

}  // namespace wardcast::testing
