// What is said of a directory before it is asked, and what its entries mean.
#include <gmock/gmock.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>

#include "base/file.h"
#include "server/access/ldap/filter.h"
#include "server/access/ldap/group_roles.h"
#include "server/access/ldap/ldap_config.h"
#include "server/access/ldap/standing.h"

namespace wardcast {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr TimePoint kNoon{std::chrono::milliseconds(1'772'366'400'000)};

TEST(LdapFilter, NothingOfANameMeansAnything) {
  EXPECT_EQ(EscapedFilterValue("ann"), "ann");
  EXPECT_EQ(EscapedFilterValue("*"), "\\2A");
  EXPECT_EQ(EscapedFilterValue("ann)(uid=*"), "ann\\29\\28uid=\\2A");
  EXPECT_EQ(EscapedFilterValue("a\\b"), "a\\5Cb");
  EXPECT_EQ(EscapedFilterValue(std::string("a\0b", 3)), "a\\00b");
  EXPECT_EQ(EscapedFilterValue("änn"), "\\C3\\A4nn");
  EXPECT_EQ(EscapedFilterValue(""), "");
}

TEST(LdapFilter, NamesAreFilledInOnceAndEverywhere) {
  EXPECT_EQ(FilledFilter("(|(uid={account})(cn={account}))", {.account = "a*"}),
            "(|(uid=a\\2A)(cn=a\\2A))");
  EXPECT_EQ(FilledFilter("(&(member={dn})(x={account}))", {.account = "{dn}", .dn = "cn=(1)"}),
            "(&(member=cn=\\281\\29)(x={dn}))");
}

TEST(LdapFilter, AMisspeltPatternIsFoundAtStart) {
  for (const char* good : {"(uid={account})", "(&(objectClass=person)(!(a=b))(uid={account}))",
                           "(|(sAMAccountName={account})(uid={account}))",
                           "(member:1.2.840.113556.1.4.1941:={dn})", "(cn=*)"})
    EXPECT_TRUE(IsFilter(good)) << good;
  for (const char* bad : {"", "uid={account}", "((uid=a))", "(uid=a", "(uid=a))", "(&)", "(uid)",
                          "(=a)", "(!(a=b)(c=d))", "(a=b)(c=d)"})
    EXPECT_FALSE(IsFilter(bad)) << bad;
}

GroupRole Given(const std::string& group, const std::string& role) {
  GroupRole given;
  given.group = group;
  given.assignment.set_role(role);
  return given;
}

TEST(LdapGroups, AreTheSameHoweverTheyAreWritten) {
  const GroupRoles roles({Given("CN=Service Desk,OU=Groups,DC=example,DC=org", "service-desk"),
                          Given("cn=a\\, b,dc=example,dc=org", "auditor")});
  for (const char* same : {"cn=service desk,ou=groups,dc=example,dc=org",
                           "CN=Service Desk, OU=Groups, DC=example, DC=org"}) {
    const auto given = roles.Of({same});
    ASSERT_EQ(given.size(), 1u) << same;
    EXPECT_EQ(given[0].role(), "service-desk");
  }
  EXPECT_EQ(roles.Of({"CN=a\\2C b,DC=example,DC=org"}).size(), 1u);
  for (const char* other :
       {"cn=service desk,ou=other,dc=example,dc=org", "Service Desk", "cn=service desk", ""})
    EXPECT_THAT(roles.Of({other}), IsEmpty()) << other;
}

TEST(LdapGroups, GiveEachRoleOnceInTheOrderOfTheFile) {
  const GroupRoles roles(
      {Given("cn=a", "auditor"), Given("cn=b", "service-desk"), Given("cn=a", "viewer")});
  const auto given = roles.Of({"cn=b", "CN=A", "cn=a"});
  ASSERT_EQ(given.size(), 3u);
  EXPECT_EQ(given[0].role(), "auditor");
  EXPECT_EQ(given[1].role(), "service-desk");
  EXPECT_EQ(given[2].role(), "viewer");
}

TEST(LdapStanding, DisabledExpiredAndLockedForGoodStandNoMore) {
  const auto with = [](const std::string& name, const std::string& value) {
    return LdapEntry{.dn = "cn=a", .values = {{name, {value}}}};
  };
  // 2026-03-01T12:00:00Z in the ticks of Active Directory.
  constexpr std::int64_t kNoonTicks = (1'772'366'400'000 + 11'644'473'600'000) * 10'000;
  EXPECT_THAT(StandsNoMore({.dn = "cn=a", .values = {}}, kNoon), IsEmpty());
  EXPECT_THAT(StandsNoMore(with("useraccountcontrol", "512"), kNoon), IsEmpty());
  EXPECT_THAT(StandsNoMore(with("useraccountcontrol", "514"), kNoon), HasSubstr("disabled"));
  EXPECT_THAT(StandsNoMore(with("accountexpires", "0"), kNoon), IsEmpty());
  EXPECT_THAT(StandsNoMore(with("accountexpires", "9223372036854775807"), kNoon), IsEmpty());
  EXPECT_THAT(StandsNoMore(with("accountexpires", std::to_string(kNoonTicks)), kNoon),
              HasSubstr("expired"));
  EXPECT_THAT(StandsNoMore(with("accountexpires", std::to_string(kNoonTicks + 10'000)), kNoon),
              IsEmpty());
  EXPECT_THAT(StandsNoMore(with("pwdaccountlockedtime", "000001010000Z"), kNoon),
              HasSubstr("locked"));
  EXPECT_THAT(StandsNoMore(with("pwdaccountlockedtime", "20260301110000Z"), kNoon), IsEmpty())
      << "for minutes, after wrong passwords";
  EXPECT_THAT(StandsNoMore(with("nsaccountlock", "TRUE"), kNoon), HasSubstr("locked"));
  EXPECT_THAT(StandsNoMore(with("useraccountcontrol", "not a number"), kNoon), IsEmpty());
}

class LdapConfigTest : public ::testing::Test {
 protected:
  LdapConfigTest() {
    std::string name = (std::filesystem::temp_directory_path() / "wardcast-ldap-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    good_.urls = {"ldaps://dc1.example.org", "ldaps://dc2.example.org:636"};
    good_.ca = "/etc/wardcast/directory-ca.pem";
    good_.bind_dn = "cn=wardcast,dc=example,dc=org";
    good_.bind_password_file = folder_ / "password";
    good_.base = "dc=example,dc=org";
    good_.roles = {Given("cn=desk,dc=example,dc=org", "service-desk")};
    EXPECT_TRUE(WriteSecretFile(good_.bind_password_file, "may search\n"));
  }
  ~LdapConfigTest() override { std::filesystem::remove_all(folder_); }

  // What is wrong with it; empty: nothing.
  static std::string WrongWith(const LdapConfig& config, bool insecure_loopback = false) {
    const auto checked = CheckLdapConfig(config, insecure_loopback);
    return checked ? std::string() : checked.error().message;
  }

  std::filesystem::path folder_;
  LdapConfig good_;
};

TEST_F(LdapConfigTest, WhatFitsTogetherIsTaken) {
  EXPECT_EQ(WrongWith(good_), "");
  EXPECT_EQ(ReadBindPassword(good_).value(), "may search");
  good_.bind_dn = "wardcast@example.org";  // as Active Directory has it
  EXPECT_EQ(WrongWith(good_), "");
}

TEST_F(LdapConfigTest, PlainTextIsForLoopbackOfATrialOnly) {
  good_.urls = {"ldap://dc1.example.org"};
  EXPECT_THAT(WrongWith(good_), HasSubstr("plain text"));
  EXPECT_THAT(WrongWith(good_, true), HasSubstr("plain text"));
  good_.start_tls = true;
  EXPECT_EQ(WrongWith(good_), "");
  good_.start_tls = false;
  good_.urls = {"ldap://127.0.0.1:389"};
  EXPECT_THAT(WrongWith(good_), HasSubstr("plain text"));
  EXPECT_EQ(WrongWith(good_, true), "");
  good_.urls = {"ldaps://dc1.example.org", "ldap://dc2.example.org"};
  EXPECT_THAT(WrongWith(good_), HasSubstr("dc2.example.org")) << "one of several is enough";
  for (const char* foreign : {"ldap://127.evil.example.org", "ldap://127.0.0.1@dc.example.org"}) {
    good_.urls = {foreign};
    EXPECT_FALSE(WrongWith(good_, true).empty()) << foreign;
  }
}

TEST_F(LdapConfigTest, WhatIsMissingOrMisspeltIsNamed) {
  const auto wrong = [&](auto change) {
    LdapConfig config = good_;
    change(config);
    return WrongWith(config);
  };
  EXPECT_THAT(wrong([](auto& c) { c.urls.clear(); }), HasSubstr("ldap.url"));
  EXPECT_THAT(wrong([](auto& c) { c.urls = {"dc1.example.org"}; }), HasSubstr("ldap.url"));
  EXPECT_THAT(wrong([](auto& c) { c.urls = {"ldapi:///"}; }), HasSubstr("ldap.url"));
  EXPECT_THAT(wrong([](auto& c) { c.urls = {"ldaps://dc1/dc=x?uid"}; }), HasSubstr("ldap.url"));
  EXPECT_THAT(wrong([](auto& c) { c.ca.clear(); }), HasSubstr("ldap.ca"));
  EXPECT_THAT(wrong([](auto& c) { c.bind_dn.clear(); }), HasSubstr("ldap.bind_dn"));
  EXPECT_THAT(wrong([](auto& c) { c.base = "example.org"; }), HasSubstr("ldap.base"));
  EXPECT_THAT(wrong([](auto& c) { c.user_filter = "(uid=ann)"; }), HasSubstr("user_filter"));
  EXPECT_THAT(wrong([](auto& c) { c.user_filter = "uid={account}"; }), HasSubstr("user_filter"));
  EXPECT_THAT(wrong([](auto& c) { c.group_filter = "(cn=x)"; }), HasSubstr("group_filter"));
  EXPECT_THAT(wrong([](auto& c) { c.roles.clear(); }), HasSubstr("[[ldap.role]]"));
  EXPECT_THAT(wrong([](auto& c) { c.roles[0].group = "Service Desk"; }), HasSubstr("group"));
  EXPECT_THAT(wrong([](auto& c) { c.roles[0].assignment.set_role("king"); }),
              HasSubstr("known are"));
  EXPECT_THAT(wrong([](auto& c) { c.bind_password_file = "/nowhere/x"; }),
              HasSubstr("bind_password_file"));
}

TEST_F(LdapConfigTest, APasswordThatOthersCanReadIsRefused) {
  ASSERT_EQ(chmod(good_.bind_password_file.c_str(), 0640), 0);
  EXPECT_THAT(WrongWith(good_), HasSubstr("chmod 600"));
  ASSERT_TRUE(WriteSecretFile(good_.bind_password_file, "\n"));
  EXPECT_THAT(WrongWith(good_), HasSubstr("is empty"));
}

}  // namespace
}  // namespace wardcast
