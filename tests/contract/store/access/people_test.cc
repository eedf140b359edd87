// Accounts, links, sessions, API tokens and the audit trail, on both databases.
#include "server/store/people/people_store.h"

#include <gmock/gmock.h>

#include "base/bytes.h"
#include "base/proto_time.h"
#include "server/store/people/audit_chain.h"
#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::IsEmpty;

v1::Account AccountOf(const std::string& name) {
  v1::Account account;
  account.set_name(name);
  account.set_display_name("Dr. Ä \"" + name + "\"");
  account.add_assignments()->set_role("service-desk");
  return account;
}

SessionRow SessionOf(const std::string& account, const std::string& secret) {
  return {.hash = Sha256Hex(secret),
          .id = "S-" + secret,
          .account = account,
          .browser = true,
          .second_factor = false,
          .created_at = kStart,
          .seen_at = kStart,
          .expires_at = kStart + hours(12),
          .confirmed_at = kStart,
          .peer = "127.0.0.1:5"};
}

TEST_P(StoreContract, AccountsKeepTheirSecretsWhenTheyAreChanged) {
  PeopleStore& people = *store_->people();
  EXPECT_FALSE(people.FindAccount("ann").value().has_value());
  ASSERT_TRUE(people.PutAccount(AccountOf("ann"), kStart));
  ASSERT_TRUE(people.PutAccount(AccountOf("bob"), kStart));
  EXPECT_TRUE(people.SetPassword("ann", "$argon2id$x").value());
  EXPECT_FALSE(people.SetPassword("nobody", "x").value());
  EXPECT_TRUE(people.SetTotp("ann", "SECRET", "").value());
  v1::Account changed = AccountOf("ann");
  changed.set_disabled(true);
  ASSERT_TRUE(people.PutAccount(changed, kStart + hours(1)));
  Reopen();
  const AccountRow ann = store_->people()->FindAccount("ann").value().value();
  EXPECT_EQ(ann.account.SerializeAsString(), changed.SerializeAsString());
  EXPECT_EQ(ann.password_hash, "$argon2id$x");
  EXPECT_EQ(ann.totp_secret, "SECRET");
  EXPECT_EQ(store_->people()->ListAccounts().value().size(), 2u);
  EXPECT_TRUE(store_->people()->RemoveAccount("ann").value());
  EXPECT_FALSE(store_->people()->RemoveAccount("ann").value());
}

TEST_P(StoreContract, ACodeOfAnAuthenticatorWorksOnce) {
  PeopleStore& people = *store_->people();
  ASSERT_TRUE(people.PutAccount(AccountOf("ann"), kStart));
  EXPECT_TRUE(people.TakeTotpStep("ann", 100).value());
  EXPECT_FALSE(people.TakeTotpStep("ann", 100).value());
  EXPECT_FALSE(people.TakeTotpStep("ann", 99).value());
  EXPECT_TRUE(people.TakeTotpStep("ann", 101).value());
}

TEST_P(StoreContract, ALinkWorksOnceAndEndsTheSessions) {
  PeopleStore& people = *store_->people();
  ASSERT_TRUE(people.PutAccount(AccountOf("ann"), kStart));
  ASSERT_TRUE(people.PutSession(SessionOf("ann", "one")));
  ASSERT_TRUE(people.PutLink("ann", "old", kStart + hours(1)));
  ASSERT_TRUE(people.PutLink("ann", "new", kStart + hours(1)));
  EXPECT_FALSE(people.SpendLink("old", "h", kStart).value().has_value());
  EXPECT_FALSE(people.SpendLink("new", "h", kStart + hours(1)).value().has_value());
  EXPECT_EQ(people.FindLink("new", kStart).value(), "ann");
  EXPECT_EQ(people.SpendLink("new", "h", kStart).value(), "ann");
  EXPECT_FALSE(people.SpendLink("new", "h2", kStart).value().has_value());
  EXPECT_EQ(people.FindAccount("ann").value()->password_hash, "h");
  EXPECT_FALSE(people.FindSession(Sha256Hex("one"), kStart).value().has_value());
}

TEST_P(StoreContract, SessionsEndWithTheirTimeTheirAccountOrWhenSomebodySaysSo) {
  PeopleStore& people = *store_->people();
  ASSERT_TRUE(people.PutAccount(AccountOf("ann"), kStart));
  ASSERT_TRUE(people.PutSession(SessionOf("ann", "one")));
  ASSERT_TRUE(people.PutSession(SessionOf("ann", "two")));
  ASSERT_TRUE(people.PutSession(SessionOf("ann", "three")));
  const auto found = people.FindSession(Sha256Hex("one"), kStart).value();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->first.id, "S-one");
  EXPECT_TRUE(found->first.browser);
  EXPECT_EQ(found->second.account.name(), "ann");
  EXPECT_FALSE(people.FindSession(Sha256Hex("one"), kStart + hours(12)).value().has_value());
  EXPECT_EQ(people.ListSessions("", kStart).value().size(), 3u);
  EXPECT_THAT(people.ListSessions("bob", kStart).value(), IsEmpty());
  EXPECT_EQ(people.EndSession("S-one").value(), "ann");
  EXPECT_FALSE(people.EndSession("S-one").value().has_value());
  ASSERT_TRUE(people.EndSessions("ann", "S-two"));
  ASSERT_TRUE(people.TouchSession(Sha256Hex("two"), kStart + minutes(5)));
  ASSERT_TRUE(people.ConfirmSession("S-two", kStart + minutes(6)));
  ASSERT_TRUE(people.SetSecondFactor("S-two"));
  const auto left = people.ListSessions("ann", kStart).value();
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].seen_at, kStart + minutes(5));
  EXPECT_EQ(left[0].confirmed_at, kStart + minutes(6));
  EXPECT_TRUE(left[0].second_factor);
  v1::Account disabled = AccountOf("ann");
  disabled.set_disabled(true);
  ASSERT_TRUE(people.PutAccount(disabled, kStart));
  EXPECT_FALSE(people.FindSession(Sha256Hex("two"), kStart).value().has_value());
  ASSERT_TRUE(people.SweepPeople(kStart + hours(13)));
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM session"), 0);
}

TEST_P(StoreContract, WhoHasASessionIsListedOnce) {
  PeopleStore& people = *store_->people();
  for (const char* name : {"bob", "ann", "eve"})
    ASSERT_TRUE(people.PutAccount(AccountOf(name), kStart));
  ASSERT_TRUE(people.PutSession(SessionOf("bob", "one")));
  ASSERT_TRUE(people.PutSession(SessionOf("ann", "two")));
  ASSERT_TRUE(people.PutSession(SessionOf("ann", "three")));
  const auto signed_in = people.ListSignedIn(kStart).value();
  ASSERT_EQ(signed_in.size(), 2u);
  EXPECT_EQ(signed_in[0].account.name(), "ann");
  EXPECT_EQ(signed_in[1].account.name(), "bob");
  EXPECT_THAT(people.ListSignedIn(kStart + hours(12)).value(), IsEmpty());
}

TEST_P(StoreContract, TokensExpireAndAreRevoked) {
  PeopleStore& people = *store_->people();
  ApiTokenRow row;
  row.token.set_id("T1");
  row.token.set_name("nagios");
  *row.token.mutable_expires() = ToTimestamp(kStart + hours(24));
  row.hash = Sha256Hex("secret");
  ASSERT_TRUE(people.PutApiToken(row));
  EXPECT_EQ(people.FindApiToken(row.hash, kStart).value()->name(), "nagios");
  EXPECT_FALSE(people.FindApiToken(row.hash, kStart + hours(24)).value().has_value());
  ASSERT_TRUE(people.TouchApiToken("T1", kStart + minutes(1)));
  EXPECT_EQ(FromTimestamp(people.ListApiTokens().value().at(0).used()), kStart + minutes(1));
  EXPECT_TRUE(people.RevokeApiToken("T1", kStart).value());
  EXPECT_FALSE(people.RevokeApiToken("T1", kStart).value());
  EXPECT_FALSE(people.FindApiToken(row.hash, kStart).value().has_value());
  EXPECT_TRUE(people.ListApiTokens().value().at(0).has_revoked());
}

TEST_P(StoreContract, EachBrokerHasAChainOfItsOwn) {
  PeopleStore& people = *store_->people();
  const AuditEntry in{.at = kStart,
                      .who = "ann",
                      .peer = "127.0.0.1:5",
                      .what = "sign-in",
                      .subject = "ann",
                      .detail = "",
                      .loud = false};
  AuditEntry glass = in;
  glass.what = "break-glass";
  glass.loud = true;
  glass.at = kStart + minutes(1);
  ASSERT_TRUE(people.AppendAudit("east", {in, in}));
  ASSERT_TRUE(people.AppendAudit("west", {in}));
  ASSERT_TRUE(people.AppendAudit("east", {glass}));
  Reopen();
  const auto events = store_->people()->ReadAudit(TimePoint{}, "", false, 100).value();
  ASSERT_EQ(events.size(), 4u);
  EXPECT_EQ(events[0].number(), 3);
  EXPECT_EQ(events[0].what(), "break-glass");
  std::string hash;
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    if (event->broker() != "east") continue;
    v1::AuditEvent plain = *event;
    plain.clear_hash();
    hash = ChainHash(hash, plain);
    EXPECT_EQ(event->hash(), hash) << event->number();
  }
  EXPECT_EQ(store_->people()->ReadAudit(TimePoint{}, "", true, 100).value().size(), 1u);
  EXPECT_THAT(store_->people()->ReadAudit(TimePoint{}, "bob", false, 100).value(), IsEmpty());
  EXPECT_EQ(store_->people()->ReadAudit(kStart + minutes(1), "ann", false, 2).value().size(), 2u);
}

}  // namespace
}  // namespace wardcast
