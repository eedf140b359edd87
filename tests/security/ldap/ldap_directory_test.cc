// Attempts on the way to the directory and on what it says, each with its refusal; a real slapd.
#include "server/access/ldap/ldap_directory.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/file.h"
#include "tests/security/ldap/directory_scene.h"
#include "tests/servers/temp_redis.h"

namespace wardcast::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// What the machine is set to must not turn the check of certificates off. libldap reads it once, at
// its first use, so it holds for all tests of this program.
[[maybe_unused]] const int kHostileSetting = setenv("LDAPTLS_REQCERT", "never", 1);

class LdapDirectoryTest : public ::testing::Test {
 protected:
  LdapDirectoryTest() : config_(ConfigOf(hospital_.slapd)) {}

  Code RefusalOf(const LdapConfig& config, const std::string& name, const std::string& password) {
    const auto person = LdapDirectory(config, clock_).SignIn(name, password);
    return person ? Code::kInternal : person.error().code;
  }
  void ExpectAnnSignsIn(const LdapConfig& config) {
    const auto ann = LdapDirectory(config, clock_).SignIn("ann", DirectoryPassword("ann"));
    ASSERT_TRUE(ann) << ann.error().message;
    EXPECT_EQ(ann->dn, "uid=ann,ou=people,dc=example,dc=org");
    EXPECT_EQ(ann->display_name, "ann of the hospital");
    EXPECT_THAT(RolesOf(*ann), ElementsAre("service-desk"));
  }

  SlapdOfTheHospital hospital_;
  LdapConfig config_;
  SystemClock clock_;
};

TEST_F(LdapDirectoryTest, TheRightPasswordSaysWhoItIsByLdapsAndByStartTls) {
  ExpectAnnSignsIn(config_);
  config_.urls = {hospital_.slapd.ldap()};
  config_.start_tls = true;
  ExpectAnnSignsIn(config_);
}

TEST_F(LdapDirectoryTest, ActiveDirectorysNamesAreKnownToo) {
  const auto dora = LdapDirectory(config_, clock_).SignIn("dora", DirectoryPassword("dora"));
  ASSERT_TRUE(dora) << dora.error().message;
  EXPECT_EQ(dora->dn, "cn=dora,ou=people,dc=example,dc=org");
}

TEST_F(LdapDirectoryTest, GroupsAddUpAndOthersGiveNothing) {
  LdapDirectory directory(config_, clock_);
  EXPECT_THAT(RolesOf(directory.SignIn("bob", DirectoryPassword("bob")).value()),
              ElementsAre("service-desk", "house-supervisor"));
  const auto eve = directory.SignIn("eve", DirectoryPassword("eve"));
  ASSERT_TRUE(eve) << eve.error().message;
  EXPECT_THAT(eve->groups, ElementsAre(DnOfGroup("Knitting")));
  EXPECT_THAT(eve->assignments, IsEmpty());
}

TEST_F(LdapDirectoryTest, GroupsCanBeSearchedInsteadOfRead) {
  config_.group_base = "ou=groups,dc=example,dc=org";
  LdapDirectory directory(config_, clock_);
  EXPECT_THAT(RolesOf(directory.SignIn("bob", DirectoryPassword("bob")).value()),
              ElementsAre("service-desk", "house-supervisor"));
}

TEST_F(LdapDirectoryTest, WrongAndEmptyPasswordsSignNobodyIn) {
  for (const std::string& wrong :
       {std::string(), std::string("wrong"), DirectoryPassword("bob"), std::string(1, '\0'),
        DirectoryPassword("ann") + '\0', std::string(200, 'x')})
    EXPECT_EQ(RefusalOf(config_, "ann", wrong), Code::kUnauthenticated) << wrong;
  EXPECT_EQ(RefusalOf(config_, "", DirectoryPassword("ann")), Code::kUnauthenticated);
}

TEST_F(LdapDirectoryTest, ANameIsNeverAFilter) {
  const std::string names[] = {"*",
                               "a*",
                               "ann)(uid=*",
                               "ann)(|(uid=*",
                               "*)(objectClass=*",
                               "ann\\",
                               std::string("ann\0", 4),
                               std::string("\0", 1),
                               "änn",
                               "ann\xff",
                               "{dn}",
                               "nobody"};
  for (const std::string& name : names) {
    EXPECT_EQ(RefusalOf(config_, name, DirectoryPassword("ann")), Code::kNotFound) << name;
    // The directory is still asked: nothing of a name makes it look broken.
    ExpectAnnSignsIn(config_);
  }
}

TEST_F(LdapDirectoryTest, WhoIsThereTwiceIsNobody) {
  EXPECT_EQ(RefusalOf(config_, "dup", DirectoryPassword("dup")), Code::kNotFound);
  config_.base = "ou=people,dc=example,dc=org";
  const auto dup = LdapDirectory(config_, clock_).SignIn("dup", DirectoryPassword("dup"));
  EXPECT_TRUE(dup) << dup.error().message;
}

TEST_F(LdapDirectoryTest, WhoIsDisabledThereIsNobody) {
  ASSERT_TRUE(hospital_.slapd.Change(
      "dn: uid=ann,ou=people,dc=example,dc=org\nchangetype: modify\nreplace: userAccountControl\n"
      "userAccountControl: 514\n"));
  LdapDirectory directory(config_, clock_);
  const auto ann = directory.SignIn("ann", DirectoryPassword("ann"));
  ASSERT_FALSE(ann);
  EXPECT_EQ(ann.error().code, Code::kNotFound);
  EXPECT_THAT(ann.error().message, HasSubstr("disabled"));
  EXPECT_EQ(directory.Find("ann").error().code, Code::kNotFound);
}

TEST_F(LdapDirectoryTest, AServerOfAnotherAuthorityGetsNoPassword) {
  const auto foreign = std::filesystem::path(hospital_.slapd.ca()).replace_filename("foreign.pem");
  ASSERT_TRUE(WriteSecretFile(foreign, Authority::Make(clock_.Now()).certificate().ToPem()));
  config_.ca = foreign;
  LdapDirectory directory(config_, clock_);
  const auto refused = directory.SignIn("ann", DirectoryPassword("ann"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kUnavailable);
  EXPECT_THAT(refused.error().message, HasSubstr("ldap.ca"));
  EXPECT_THAT(directory.Trouble(), HasSubstr("TLS fails"));
  config_.urls = {hospital_.slapd.ldap()};
  config_.start_tls = true;
  EXPECT_EQ(RefusalOf(config_, "ann", DirectoryPassword("ann")), Code::kUnavailable);
}

TEST_F(LdapDirectoryTest, ACertificateForAnotherNameGetsNoPassword) {
  const auto port = hospital_.slapd.ldaps().rfind(':');
  config_.urls = {"ldaps://localhost" + hospital_.slapd.ldaps().substr(port)};
  EXPECT_EQ(RefusalOf(config_, "ann", DirectoryPassword("ann")), Code::kUnavailable);
}

TEST_F(LdapDirectoryTest, AServiceAccountThatIsRefusedIsTheAdministratorsTrouble) {
  std::ofstream(hospital_.slapd.bind_password_file()) << "another one\n";
  LdapDirectory directory(config_, clock_);
  const auto refused = directory.SignIn("ann", DirectoryPassword("ann"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kUnavailable);
  EXPECT_THAT(refused.error().message, HasSubstr("bind_password_file"));
}

TEST_F(LdapDirectoryTest, TheNextServerIsAskedWhenOneDoesNotAnswer) {
  const std::string nobody = "ldaps://127.0.0.1:" + std::to_string(FreePort());
  config_.urls = {nobody, hospital_.slapd.ldaps()};
  ExpectAnnSignsIn(config_);
  LdapDirectory directory(config_, clock_);
  const auto states = directory.AskServers();
  ASSERT_EQ(states.size(), 2u);
  EXPECT_THAT(states[0].problem, HasSubstr("cannot be reached"));
  EXPECT_THAT(states[1].problem, IsEmpty());
  EXPECT_THAT(states[1].tls, HasSubstr("TLS"));
}

TEST_F(LdapDirectoryTest, AServerThatHangsIsGivenUpInTimeAndThenAtOnce) {
  config_.connect_timeout = seconds(1);
  config_.answer_timeout = seconds(2);
  LdapDirectory directory(config_, clock_);
  ASSERT_TRUE(directory.Find("ann"));
  hospital_.slapd.Freeze();
  auto begin = steady_clock::now();
  EXPECT_EQ(directory.Find("ann").error().code, Code::kUnavailable);
  EXPECT_LT(steady_clock::now() - begin, seconds(6));
  // While it is known to be down nobody waits for it.
  begin = steady_clock::now();
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(directory.SignIn("ann", "whatever").error().code, Code::kUnavailable);
  EXPECT_LT(steady_clock::now() - begin, seconds(1));
  EXPECT_FALSE(directory.Trouble().empty());
  hospital_.slapd.Thaw();
  const auto until = steady_clock::now() + seconds(40);
  while (!directory.Find("ann") && steady_clock::now() < until)
    std::this_thread::sleep_for(milliseconds(100));
  EXPECT_TRUE(directory.Trouble().empty()) << directory.Trouble();
}

}  // namespace
}  // namespace wardcast::testing
