// The authority, enrolment tokens and endpoints' keys, on both databases.
#include "server/store/enrolment/enrolment_store.h"

#include <gmock/gmock.h>

#include <atomic>
#include <memory>
#include <set>
#include <thread>

#include "base/bytes.h"
#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

using std::chrono::days;
using std::chrono::hours;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

EnrolTokenRow TokenOf(const std::string& secret, int uses) {
  return {.id = "T-" + secret,
          .hash = Sha256Hex(secret),
          .note = "4 West",
          .site_id = "main",
          .uses = uses,
          .used = 0,
          .created_at = kStart,
          .expires_at = kStart + days(60),
          .revoked_at = {}};
}

EnrolmentRow Wanted(const std::string& endpoint, const std::string& key,
                    const std::string& serial = "SN-1") {
  EnrolmentRow row;
  row.registration_id = "R-" + key;
  row.endpoint_id = endpoint;
  row.key_sha256 = key;
  row.host = endpoint;
  row.hardware_serial = serial;
  return row;
}

// Machines that enrol in this store.
struct Fleet {
  std::unique_ptr<Store>& store;

  EnrolmentStore& enrolment() const { return *store->enrolment(); }
  Result<EnrolmentStore::Enrolled> Enrol(const EnrolmentRow& wanted, TimePoint now = kStart) const {
    return enrolment().Enrol(Sha256Hex("fleet"), wanted, now);
  }
  void MakeToken(int uses) const { ASSERT_TRUE(enrolment().PutEnrolToken(TokenOf("fleet", uses))); }
};

TEST_P(StoreContract, TheFirstAuthorityCounts) {
  const Fleet fleet{store_};
  EXPECT_EQ(fleet.enrolment().Authority().value(), "");
  EXPECT_EQ(fleet.enrolment().ClaimAuthority("aa").value(), "aa");
  EXPECT_EQ(fleet.enrolment().ClaimAuthority("bb").value(), "aa");
  Reopen();
  EXPECT_EQ(fleet.enrolment().Authority().value(), "aa");
}

TEST_P(StoreContract, ATokenIsUsedUp) {
  const Fleet fleet{store_};
  fleet.MakeToken(2);
  EXPECT_EQ(fleet.Enrol(Wanted("pc-1", "k1")).value().row.site_id, "main");
  EXPECT_EQ(fleet.Enrol(Wanted("pc-2", "k2", "SN-2")).value().row.token_id, "T-fleet");
  const auto third = fleet.Enrol(Wanted("pc-3", "k3", "SN-3"));
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().code, Code::kUnauthenticated);
  EXPECT_THAT(third.error().message, HasSubstr("used up: 2 machines"));
  EXPECT_EQ(fleet.enrolment().ListEnrolTokens().value().at(0).used, 2);
}

TEST_P(StoreContract, ARetryUsesNothingUp) {
  const Fleet fleet{store_};
  fleet.MakeToken(1);
  const auto first = fleet.Enrol(Wanted("pc-1", "k1"));
  EnrolmentRow again = Wanted("pc-1", "k1");
  again.registration_id = "R-other";
  const auto second = fleet.Enrol(again, kStart + hours(1));
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(second->row.registration_id, first->row.registration_id);
  EXPECT_EQ(fleet.enrolment().ListEnrolTokens().value().at(0).used, 1);
}

TEST_P(StoreContract, AWrongExpiredOrRevokedTokenIsRefused) {
  const Fleet fleet{store_};
  fleet.MakeToken(9);
  const auto wrong = fleet.enrolment().Enrol(Sha256Hex("guess"), Wanted("pc-1", "k1"), kStart);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, Code::kUnauthenticated);
  const auto late = fleet.Enrol(Wanted("pc-1", "k1"), kStart + days(61));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Code::kUnauthenticated);
  EXPECT_THAT(late.error().message, HasSubstr("expired at 2026-04-30"));
  EXPECT_EQ(fleet.enrolment().RevokeEnrolToken("T-none", kStart).error().code, Code::kNotFound);
  EXPECT_EQ(fleet.enrolment().RevokeEnrolToken("T-fleet", kStart).value().revoked_at, kStart);
  EXPECT_EQ(fleet.enrolment().RevokeEnrolToken("T-fleet", kStart + hours(1)).value().revoked_at,
            kStart);
  const auto revoked = fleet.Enrol(Wanted("pc-1", "k1"));
  ASSERT_FALSE(revoked);
  EXPECT_EQ(revoked.error().code, Code::kUnauthenticated);
  EXPECT_THAT(fleet.enrolment().ListEnrolments("", true, {}, 10).value(), IsEmpty());
}

TEST_P(StoreContract, AMachineThatWasSetUpAnewTakesItsOldPlace) {
  const Fleet fleet{store_};
  fleet.MakeToken(9);
  ASSERT_TRUE(fleet.Enrol(Wanted("pc-1", "k1")));
  const Sequence before = store_->Head()->sequence;
  const auto again = fleet.Enrol(Wanted("pc-1", "k2"), kStart + hours(1));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->replaced, "R-k1");
  const auto entries = store_->ReadLog(before, 10).value();
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].kind, EntryKind::kAccess);
  const auto old = fleet.enrolment().FindEnrolment("pc-1", "k1").value();
  EXPECT_EQ(old->revoked_at, kStart + hours(1));
  EXPECT_EQ(fleet.enrolment().FindEnrolment("pc-1", "k2").value()->revoked_at, TimePoint{});
  // The old key does not come back, not even with a good token.
  EXPECT_EQ(fleet.Enrol(Wanted("pc-1", "k1")).error().code, Code::kPermissionDenied);
}

TEST_P(StoreContract, AnotherMachineDoesNotTakeThePlace) {
  const Fleet fleet{store_};
  fleet.MakeToken(9);
  ASSERT_TRUE(fleet.Enrol(Wanted("pc-1", "k1")));
  const auto other = fleet.Enrol(Wanted("pc-1", "k2", "SN-2"));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Code::kAlreadyExists);
  EXPECT_THAT(other.error().message, HasSubstr("revoke-certificate pc-1"));
  EXPECT_EQ(fleet.Enrol(Wanted("pc-1", "k3", "")).error().code, Code::kAlreadyExists);
  // A key is one endpoint's.
  EXPECT_EQ(fleet.Enrol(Wanted("pc-9", "k1")).error().code, Code::kAlreadyExists);
  EXPECT_EQ(fleet.enrolment().ListEnrolTokens().value().at(0).used, 1);
  ASSERT_TRUE(fleet.enrolment().RevokeEnrolment("pc-1", "replaced", kStart));
  EXPECT_TRUE(fleet.Enrol(Wanted("pc-1", "k2", "SN-2")));
}

TEST_P(StoreContract, RevokingIsALogEntryOnce) {
  const Fleet fleet{store_};
  fleet.MakeToken(9);
  ASSERT_TRUE(fleet.Enrol(Wanted("pc-1", "k1")));
  const Sequence before = store_->Head()->sequence;
  EXPECT_EQ(fleet.enrolment().RevokeEnrolment("pc-2", "", kStart).error().code, Code::kNotFound);
  const auto revoked =
      fleet.enrolment().RevokeEnrolment("pc-1", "stolen", kStart + hours(1)).value();
  EXPECT_EQ(revoked.revoked_because, "stolen");
  const auto again = fleet.enrolment().RevokeEnrolment("pc-1", "again", kStart + hours(2)).value();
  EXPECT_EQ(again.revoked_at, kStart + hours(1));
  EXPECT_EQ(again.revoked_because, "stolen");
  EXPECT_EQ(store_->Head()->sequence, before + 1);
}

TEST_P(StoreContract, StandingsAreWhatDecides) {
  const Fleet fleet{store_};
  fleet.MakeToken(9);
  for (const char* key : {"k1", "k2", "k3"}) {
    ASSERT_TRUE(fleet.Enrol(Wanted(std::string("pc-") + key, key, key)));
    ASSERT_TRUE(fleet.enrolment().NoteCertificate(std::string("R-") + key, "0a", kStart,
                                                  kStart + days(365)));
  }
  ASSERT_TRUE(fleet.enrolment().RevokeEnrolment("pc-k2", "stolen", kStart));
  std::set<std::string> standing;
  const auto standings = fleet.enrolment().LoadStandings(kStart).value();
  for (const auto& one : standings) {
    standing.insert(one.registration_id + (one.revoked ? " revoked" : ""));
    EXPECT_EQ(one.site_id, "main") << "the token's";
  }
  EXPECT_THAT(standing, ::testing::ElementsAre("R-k1", "R-k2 revoked", "R-k3"));
  // When its last certificate has expired nobody needs to know that it was revoked.
  EXPECT_EQ(fleet.enrolment().LoadStandings(kStart + days(400)).value().size(), 2u);
}

EnrolmentRow WantedBrowser(const std::string& endpoint, const std::string& key) {
  EnrolmentRow row = Wanted(endpoint, key, "");
  row.host = "10.1.2.3";
  row.issued_at = kStart;
  row.expires_at = kStart + days(400);
  return row;
}

Result<EnrolmentStore::Enrolled> EnrolBrowser(const Fleet& fleet, const EnrolmentRow& wanted,
                                              const std::string& former = "",
                                              TimePoint now = kStart) {
  return fleet.enrolment().EnrolBrowser(Sha256Hex("fleet"), wanted, former, now);
}

TEST_P(StoreContract, ABrowserIsFoundByItsSecretOnly) {
  const Fleet fleet{store_};
  fleet.MakeToken(9);
  ASSERT_TRUE(fleet.Enrol(Wanted("pc-1", "k1")));
  const auto enrolled = EnrolBrowser(fleet, WantedBrowser("pc-2", "b2"));
  ASSERT_TRUE(enrolled) << enrolled.error().message;
  EXPECT_EQ(enrolled->row.site_id, "main");
  Reopen();
  const auto found = fleet.enrolment().FindBrowser("b2").value();
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->browser);
  EXPECT_EQ(found->endpoint_id, "pc-2");
  EXPECT_EQ(found->expires_at, kStart + days(400));
  EXPECT_FALSE(fleet.enrolment().FindBrowser("k1").value()) << "a machine's key is no cookie";
  EXPECT_FALSE(fleet.enrolment().FindBrowser("b3").value());
  EXPECT_FALSE(fleet.enrolment().ListEnrolments("pc-1", true, {}, 9).value().at(0).browser);
}

TEST_P(StoreContract, ABrowsersTokenIsCheckedAsAMachines) {
  const Fleet fleet{store_};
  fleet.MakeToken(1);
  EXPECT_EQ(fleet.enrolment()
                .EnrolBrowser(Sha256Hex("guess"), WantedBrowser("pc-1", "b1"), "", kStart)
                .error()
                .code,
            Code::kUnauthenticated);
  EXPECT_EQ(EnrolBrowser(fleet, WantedBrowser("pc-1", "b1"), "", kStart + days(61)).error().code,
            Code::kUnauthenticated);
  ASSERT_TRUE(EnrolBrowser(fleet, WantedBrowser("pc-1", "b1")));
  const auto second = EnrolBrowser(fleet, WantedBrowser("pc-2", "b2"));
  EXPECT_EQ(second.error().code, Code::kUnauthenticated);
  EXPECT_THAT(second.error().message, HasSubstr("used up"));
  ASSERT_TRUE(fleet.enrolment().RevokeEnrolToken("T-fleet", kStart));
  EXPECT_THAT(EnrolBrowser(fleet, WantedBrowser("pc-2", "b2")).error().message,
              HasSubstr("was revoked"));
}

TEST_P(StoreContract, ABrowserTakesNobodyElsesPlace) {
  const Fleet fleet{store_};
  fleet.MakeToken(9);
  ASSERT_TRUE(fleet.Enrol(Wanted("pc-1", "k1")));
  ASSERT_TRUE(EnrolBrowser(fleet, WantedBrowser("pc-2", "b2")));
  EXPECT_EQ(EnrolBrowser(fleet, WantedBrowser("pc-1", "b1")).error().code, Code::kAlreadyExists);
  EnrolmentRow elsewhere = WantedBrowser("pc-2", "b9");
  elsewhere.host = "10.9.9.9";
  const auto other = EnrolBrowser(fleet, elsewhere);
  EXPECT_EQ(other.error().code, Code::kAlreadyExists);
  EXPECT_THAT(other.error().message, HasSubstr("another browser (at 10.1.2.3"));
  EXPECT_EQ(fleet.Enrol(Wanted("pc-2", "k2")).error().code, Code::kAlreadyExists);
  // One that is over holds nothing any more.
  ASSERT_TRUE(fleet.enrolment().NoteCertificate("R-b2", "", kStart, kStart + days(1)));
  EXPECT_TRUE(EnrolBrowser(fleet, WantedBrowser("pc-2", "b9"), "", kStart + days(2)));
}

TEST_P(StoreContract, ABrowserHasOnePlace) {
  const Fleet fleet{store_};
  fleet.MakeToken(9);
  ASSERT_TRUE(EnrolBrowser(fleet, WantedBrowser("pc-1", "b1")));
  const Sequence before = store_->Head()->sequence;
  const auto again = EnrolBrowser(fleet, WantedBrowser("pc-1", "b2"), "R-b1");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->replaced, "R-b1");
  EXPECT_NE(fleet.enrolment().FindBrowser("b1").value()->revoked_at, TimePoint{});
  ASSERT_TRUE(EnrolBrowser(fleet, WantedBrowser("pc-7", "b7"), "R-b2"));
  EXPECT_NE(fleet.enrolment().FindBrowser("b2").value()->revoked_at, TimePoint{});
  EXPECT_EQ(store_->Head()->sequence, before + 2) << "other brokers are told each time";
  EXPECT_TRUE(fleet.Enrol(Wanted("pc-1", "k1"))) << "the place it left is free";
}

TEST_P(StoreContract, ABrowserWhoseAnswerGotLostAsksAgainWithTheSameToken) {
  const Fleet fleet{store_};
  fleet.MakeToken(1);
  ASSERT_TRUE(EnrolBrowser(fleet, WantedBrowser("pc-1", "b1")));
  const auto again =
      EnrolBrowser(fleet, WantedBrowser("pc-1", "b2"), "", kStart + std::chrono::minutes(9));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->replaced, "R-b1");
  EXPECT_NE(fleet.enrolment().FindBrowser("b1").value()->revoked_at, TimePoint{});
  EXPECT_EQ(fleet.enrolment().ListEnrolTokens().value().at(0).used, 1) << "one browser, one use";
  // Later it is another one.
  EXPECT_EQ(EnrolBrowser(fleet, WantedBrowser("pc-1", "b3"), "", kStart + std::chrono::minutes(30))
                .error()
                .code,
            Code::kUnauthenticated);
}

TEST_P(StoreContract, StandingsNameTheBrowsers) {
  const Fleet fleet{store_};
  fleet.MakeToken(9);
  ASSERT_TRUE(fleet.Enrol(Wanted("pc-1", "k1")));
  ASSERT_TRUE(EnrolBrowser(fleet, WantedBrowser("pc-2", "b2")));
  const auto all = fleet.enrolment().LoadStandings(kStart).value();
  for (const auto& one : all) {
    EXPECT_EQ(one.browser_key, one.endpoint_id == "pc-2" ? "b2" : "");
    EXPECT_EQ(one.expires_at, one.endpoint_id == "pc-2" ? kStart + days(400) : TimePoint{});
  }
}

TEST_P(StoreContract, ListsByPages) {
  const Fleet fleet{store_};
  fleet.MakeToken(9);
  for (const char* key : {"k1", "k2", "k3"})
    ASSERT_TRUE(fleet.Enrol(Wanted(std::string("pc-") + key, key, key)));
  ASSERT_TRUE(fleet.enrolment().RevokeEnrolment("pc-k1", "stolen", kStart));
  const auto first = fleet.enrolment().ListEnrolments("", true, {}, 2).value();
  ASSERT_EQ(first.size(), 2u);
  const auto rest =
      fleet.enrolment()
          .ListEnrolments("", true, {first[1].endpoint_id, first[1].registration_id}, 2)
          .value();
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_EQ(rest[0].endpoint_id, "pc-k3");
  EXPECT_EQ(fleet.enrolment().ListEnrolments("", false, {}, 9).value().size(), 2u);
  EXPECT_THAT(fleet.enrolment().ListEnrolments("pc-k1", false, {}, 9).value(), IsEmpty());
}

TEST_P(StoreContract, TheLastUseIsGivenOnce) {
  const Fleet fleet{store_};
  fleet.MakeToken(5);
  std::atomic<int> enrolled = 0;
  std::vector<std::jthread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int j = 0; j < 5; ++j) {
        const std::string key = std::to_string(i) + "-" + std::to_string(j);
        if (fleet.Enrol(Wanted("pc-" + key, key, key))) ++enrolled;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(enrolled, 5);
  EXPECT_EQ(fleet.enrolment().ListEnrolTokens().value().at(0).used, 5);
}

}  // namespace
}  // namespace wardcast
