#include "tests/servers/temp_slapd.h"

#include <signal.h>

#include <chrono>
#include <fstream>
#include <map>
#include <stdexcept>
#include <thread>
#include <vector>

#include "base/file.h"
#include "tests/servers/temp_redis.h"

namespace wardcast::testing {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

constexpr const char* kSlapd = "/usr/sbin/slapd";
constexpr const char* kSlapadd = "/usr/sbin/slapadd";
constexpr const char* kModules = "/usr/lib/ldap";
constexpr const char* kRoot = "cn=root,dc=example,dc=org";
constexpr const char* kRootPassword = "root of the directory";

// Two attributes of Active Directory, with their own numbers.
constexpr const char* kSchema = R"(
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
attributetype ( 1.2.840.113556.1.4.221 NAME 'sAMAccountName' EQUALITY caseIgnoreMatch
  SYNTAX '1.3.6.1.4.1.1466.115.121.1.15' SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch
  SYNTAX '1.3.6.1.4.1.1466.115.121.1.27' SINGLE-VALUE )
objectclass ( 1.3.6.1.4.1.4203.666.11.1 NAME 'adPerson' SUP top AUXILIARY
  MAY ( sAMAccountName $ userAccountControl ) )
)";

std::string Configuration(const fs::path& folder) {
  const std::string place = folder.string();
  return std::string(kSchema) + "modulepath " + kModules +
         "\nmoduleload back_mdb\nmoduleload memberof\npidfile " + place +
         "/slapd.pid\nTLSCACertificateFile " + place + "/ca.pem\nTLSCertificateFile " + place +
         "/cert.pem\nTLSCertificateKeyFile " + place +
         "/key.pem\ndatabase mdb\nsuffix dc=example,dc=org\nrootdn " + kRoot + "\nrootpw \"" +
         kRootPassword + "\"\ndirectory " + place +
         "/db\nmaxsize 16777216\n"
         "access to attrs=userPassword by anonymous auth by * none\n"
         "access to * by users read by anonymous auth\noverlay memberof\n";
}

// The groups of everybody who is in the directory.
const std::map<std::string, std::vector<std::string>>& People() {
  static const std::map<std::string, std::vector<std::string>> kPeople = {
      {"adam", {"Wardcast Administrators"}},
      {"ann", {"Service Desk"}},
      {"bob", {"Service Desk", "House Supervisors"}},
      {"dora", {"Service Desk"}},
      {"eve", {"Knitting"}},
  };
  return kPeople;
}

std::string DnOfPerson(const std::string& name) {
  return (name == "dora" ? "cn=dora" : "uid=" + name) + ",ou=people,dc=example,dc=org";
}

std::string Entry(const std::string& dn, const std::string& name) {
  return "dn: " + dn + "\nobjectClass: inetOrgPerson\nobjectClass: adPerson\ncn: " + name +
         "\nsn: of the hospital\ndisplayName: " + name +
         " of the hospital\nuserPassword: " + DirectoryPassword(name) + "\n" +
         (name == "dora" ? "sAMAccountName: Dora\n" : "uid: " + name + "\n");
}

std::string Content() {
  std::string ldif =
      "dn: dc=example,dc=org\nobjectClass: domain\ndc: example\n\n"
      "dn: cn=wardcast,dc=example,dc=org\nobjectClass: applicationProcess\n"
      "objectClass: simpleSecurityObject\ncn: wardcast\nuserPassword: may search\n\n";
  for (const char* unit : {"people", "leavers", "groups"}) {
    ldif += std::string("dn: ou=") + unit +
            ",dc=example,dc=org\nobjectClass: organizationalUnit\nou: " + unit + "\n\n";
  }
  std::map<std::string, std::string> members;
  for (const auto& [name, groups] : People()) {
    ldif += Entry(DnOfPerson(name), name);
    for (const std::string& group : groups) {
      // slapadd does not run the overlay that would do this.
      ldif += "memberOf: " + DnOfGroup(group) + "\n";
      members[group] += "member: " + DnOfPerson(name) + "\n";
    }
    ldif += "\n";
  }
  for (const char* unit : {"people", "leavers"})
    ldif += Entry(std::string("uid=dup,ou=") + unit + ",dc=example,dc=org", "dup") + "\n";
  for (const auto& [group, list] : members) {
    ldif += "dn: " + DnOfGroup(group) + "\nobjectClass: groupOfNames\ncn: " + group +
            "\nmember: " + kRoot + "\n" + list + "\n";
  }
  return ldif;
}

void Write(const fs::path& file, const std::string& text) {
  if (!WriteSecretFile(file, text)) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace

std::string TempSlapd::WhyNot() {
  for (const char* path : {kSlapd, kSlapadd, "/usr/bin/ldapmodify", "/usr/bin/ldapwhoami"}) {
    if (!fs::exists(path))
      return std::string("no ") + path + " (Debian packages: slapd, ldap-utils)";
  }
  return "";
}

TempSlapd::TempSlapd(const SlapdCertificate& certificate)
    : port_(FreePort()), tls_port_(FreePort()) {
  if (const std::string reason = WhyNot(); !reason.empty()) throw std::runtime_error(reason);
  // A test outlives the server that it has stopped.
  signal(SIGPIPE, SIG_IGN);
  const fs::path& folder = folder_.path();
  fs::create_directory(folder / "db");
  Write(ca(), certificate.authority);
  Write(folder / "cert.pem", certificate.certificate);
  Write(folder / "key.pem", certificate.key);
  Write(folder / "slapd.conf", Configuration(folder));
  Write(folder / "content.ldif", Content());
  Write(bind_password_file(), "may search\n");
  if (RunProgram({kSlapadd, "-f", folder / "slapd.conf", "-l", folder / "content.ldif"},
                 folder / "log", seconds(30)) != 0)
    throw std::runtime_error("slapadd failed: " + Log());
  Start();
}

TempSlapd::~TempSlapd() { Stop(); }

void TempSlapd::Stop() { server_.reset(); }

void TempSlapd::Start() {
  const fs::path& folder = folder_.path();
  // With -d it stays this process.
  server_ = std::make_unique<ChildProcess>(
      std::vector<std::string>{kSlapd, "-f", folder / "slapd.conf", "-h", ldap() + " " + ldaps(),
                               "-d", "0"},
      folder / "log");
  const auto deadline = std::chrono::steady_clock::now() + seconds(20);
  const std::vector<std::string> ask = {
      "/usr/bin/ldapwhoami", "-x", "-H", ldap(), "-D", kRoot, "-w", kRootPassword};
  while (RunProgram(ask, folder / "ask.log", seconds(5)) != 0) {
    if (!server_->Running() || std::chrono::steady_clock::now() > deadline)
      throw std::runtime_error("slapd did not start: " + Log());
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

void TempSlapd::Freeze() { server_->Signal(SIGSTOP); }
void TempSlapd::Thaw() { server_->Signal(SIGCONT); }

bool TempSlapd::Change(const std::string& ldif) {
  const fs::path& folder = folder_.path();
  Write(folder / "change.ldif", ldif);
  return RunProgram({"/usr/bin/ldapmodify", "-x", "-H", ldap(), "-D", kRoot, "-w", kRootPassword,
                     "-f", folder / "change.ldif"},
                    folder / "change.log", seconds(10)) == 0;
}

bool TempSlapd::Member(const char* what, const std::string& uid, const std::string& group) {
  return Change("dn: " + DnOfGroup(group) + "\nchangetype: modify\n" + what +
                ": member\nmember: " + DnOfPerson(uid) + "\n");
}
bool TempSlapd::Leave(const std::string& uid, const std::string& group) {
  return Member("delete", uid, group);
}
bool TempSlapd::Join(const std::string& uid, const std::string& group) {
  return Member("add", uid, group);
}

std::string TempSlapd::Log() const { return ReadFile(folder_.path() / "log").value_or("(no log)"); }

}  // namespace wardcast::testing
