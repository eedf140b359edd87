// A hospital whose people are in a real OpenLDAP server.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "server/access/certificates/authority.h"
#include "server/access/ldap/ldap_directory.h"
#include "tests/servers/temp_slapd.h"

namespace wardcast::testing {

// What a server of 127.0.0.1 shows.
inline SlapdCertificate CertificateFor(const Authority& authority) {
  const TimePoint now = SystemClock().Now();
  const PrivateKey key = PrivateKey::Generate();
  const Validity validity{.from = now - std::chrono::hours(1), .until = now + std::chrono::days(2)};
  return {.authority = authority.certificate().ToPem(),
          .certificate = authority.IssueServer(key.get(), {"127.0.0.1"}, validity).ToPem(),
          .key = key.ToPem()};
}

inline GroupRole RoleOfGroup(const std::string& group, const std::string& role) {
  GroupRole given;
  given.group = DnOfGroup(group);
  given.assignment.set_role(role);
  return given;
}

// The directory as a broker of the hospital is told of it, by ldaps://.
inline LdapConfig ConfigOf(const TempSlapd& slapd) {
  LdapConfig config;
  config.urls = {slapd.ldaps()};
  config.ca = slapd.ca();
  config.bind_dn = TempSlapd::bind_dn();
  config.bind_password_file = slapd.bind_password_file();
  config.base = "dc=example,dc=org";
  // A machine that is busy with other tests is slow, not dead.
  config.connect_timeout = std::chrono::seconds(10);
  config.answer_timeout = std::chrono::seconds(15);
  config.roles = {RoleOfGroup("Service Desk", "service-desk"),
                  RoleOfGroup("House Supervisors", "house-supervisor"),
                  RoleOfGroup("Wardcast Administrators", "administrator")};
  return config;
}

// The ids of what somebody was given.
inline std::vector<std::string> RolesOf(const DirectoryPerson& person) {
  std::vector<std::string> roles;
  roles.reserve(person.assignments.size());
  for (const v1::Assignment& assignment : person.assignments) roles.push_back(assignment.role());
  return roles;
}

// Started before everything that asks it.
struct SlapdOfTheHospital {
  Authority authority = Authority::Make(SystemClock().Now());
  TempSlapd slapd{CertificateFor(authority)};
};

}  // namespace wardcast::testing
