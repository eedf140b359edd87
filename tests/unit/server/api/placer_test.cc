#include "server/api/presence/placer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <map>
#include <thread>

#include "tests/fixtures/ward_pc.h"
#include "tests/unit/server/api/api_scene.h"

namespace wardcast {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using testing::WardPc;

constexpr PlacerConfig kAtOnce{
    .look_every = milliseconds(1), .rest = milliseconds(1), .most_proposed = 3};

// Machines that have enrolled; counts how often it is asked. The rest is of no concern here.
class EnrolledMachines final : public EnrolmentStore {
 public:
  // Threads: before a placer runs, or Add.
  void Add(Standing standing) {
    const MutexLock lock(mu_);
    standings_.push_back(std::move(standing));
  }
  void Revoke(const std::string& endpoint_id) {
    const MutexLock lock(mu_);
    for (Standing& standing : standings_) standing.revoked |= standing.endpoint_id == endpoint_id;
  }
  int asked() const { return asked_; }

  Result<std::vector<Standing>> LoadStandings(TimePoint) override {
    const MutexLock lock(mu_);
    ++asked_;
    return standings_;
  }
  Result<std::string> Authority() override { return NotHere(); }
  Result<std::string> ClaimAuthority(const std::string&) override { return NotHere(); }
  Result<void> PutEnrolToken(const EnrolTokenRow&) override { return NotHere(); }
  Result<std::vector<EnrolTokenRow>> ListEnrolTokens() override { return NotHere(); }
  Result<EnrolTokenRow> RevokeEnrolToken(const std::string&, TimePoint) override {
    return NotHere();
  }
  Result<Enrolled> Enrol(const std::string&, const EnrolmentRow&, TimePoint) override {
    return NotHere();
  }
  Result<Enrolled> EnrolBrowser(const std::string&, const EnrolmentRow&, const std::string&,
                                TimePoint) override {
    return NotHere();
  }
  Result<void> NoteCertificate(const std::string&, const std::string&, TimePoint,
                               TimePoint) override {
    return NotHere();
  }
  Result<std::optional<EnrolmentRow>> FindEnrolment(const std::string&,
                                                    const std::string&) override {
    return NotHere();
  }
  Result<std::optional<EnrolmentRow>> FindBrowser(const std::string&) override { return NotHere(); }
  Result<EnrolmentRow> RevokeEnrolment(const std::string&, const std::string&, TimePoint) override {
    return NotHere();
  }
  Result<std::vector<EnrolmentRow>> ListEnrolments(const std::string&, bool, const Place&,
                                                   int) override {
    return NotHere();
  }

 private:
  static std::unexpected<Error> NotHere() { return Fail(Code::kUnimplemented, "not here"); }

  std::atomic<int> asked_ = 0;
  Mutex mu_;
  std::vector<Standing> standings_ GUARDED_BY(mu_);
};

class PlacerTest : public testing::ApiScene {
 protected:
  // The placer's work so far; at most 20 s.
  static bool Becomes(const std::function<bool()>& holds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!holds()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::sleep_for(milliseconds(2));
    }
    return true;
  }
  // A rule as "pattern → ward", of any site or this one.
  static v1::PlacementRule Rule(const std::string& pattern, const std::string& ward,
                                const std::string& site = "") {
    v1::PlacementRule rule;
    rule.set_id(pattern);
    rule.set_ward_id(ward);
    rule.set_site_id(site);
    return rule;
  }
  static DirectoryContent WithRules(std::vector<v1::PlacementRule> rules) {
    DirectoryContent content = testing::SmallHospital();
    content.placement = std::move(rules);
    return content;
  }
  static EnrolmentStore::Standing Enrolled(const std::string& id, const std::string& site) {
    EnrolmentStore::Standing standing;
    standing.registration_id = "of " + id;
    standing.endpoint_id = id;
    standing.site_id = site;
    return standing;
  }
  static EnrolmentStore::Standing Revoked(const std::string& id, const std::string& site) {
    EnrolmentStore::Standing standing = Enrolled(id, site);
    standing.revoked = true;
    return standing;
  }
  // Replaces the rules as an import of placement.csv would.
  void SetRules(std::vector<v1::PlacementRule> rules) {
    DirectoryContent content = store_->LoadDirectory()->first;
    content.placement = std::move(rules);
    Import(content);
  }
  // Endpoints by rule in the store: id → ward.
  std::map<std::string, std::string> ByRule() {
    const auto directory = store_->LoadDirectory();
    EXPECT_TRUE(directory) << directory.error().message;
    std::map<std::string, std::string> placed;
    for (const v1::Endpoint& endpoint : directory->first.endpoints) {
      if (endpoint.by_rule()) placed[endpoint.id()] = endpoint.ward_id();
    }
    return placed;
  }
  Sequence Head() { return store_->Head()->sequence; }
  Placer ForLoopback(PlacerConfig config = kAtOnce) {
    return Placer(config, *store_, nullptr, *bus_, hub_, clock_);
  }
  Placer ForEnrolled() { return Placer(kAtOnce, *store_, &machines_, *bus_, hub_, clock_); }

  EnrolledMachines machines_;
};

TEST_F(PlacerTest, WhoConnectsAndIsNotListedIsPlaced) {
  Import(WithRules({Rule("4w-*", "4w")}));
  WardPc fits("4w-new");
  WardPc unknown("elsewhere");
  WardPc listed("icu-pc-01");
  for (WardPc* pc : {&fits, &unknown, &listed}) ASSERT_TRUE(pc->Connect(hub_));
  std::atomic<Sequence> heard = 0;
  const Subscription ear = bus_->Subscribe([&](Topic topic, std::int64_t number) {
    if (topic == Topic::kLog) heard = number;
  });
  const Sequence before = Head();
  Placer placer = ForLoopback();
  ASSERT_TRUE(Becomes([&] { return heard == before + 1; }));
  EXPECT_THAT(ByRule(), ElementsAre(Pair("4w-new", "4w")));
  Sync();
  const v1::Alert alert = Publish({"4w"});
  fits.TakeAll();
  unknown.TakeAll();
  EXPECT_TRUE(fits.holdings().contains(alert.id()));
  EXPECT_FALSE(unknown.holdings().contains(alert.id()));
  placer.Stop();
  EXPECT_EQ(Head(), before + 2) << "one change for the place, one for the alert";
}

TEST_F(PlacerTest, WhoHasEnrolledIsPlacedInOneChangeAlsoIfItIsOff) {
  Import(WithRules({Rule("pc-*", "lab", "main"), Rule("pc-9*", "icu", "north")}));
  for (const char* id : {"pc-1", "pc-2", "pc-3"}) machines_.Add(Enrolled(id, "main"));
  machines_.Add(Enrolled("pc-91", "north"));
  machines_.Add(Enrolled("pc-4", "south"));
  machines_.Add(Revoked("pc-5", "main"));
  EnrolmentStore::Standing browser = Enrolled("pc-6", "main");
  browser.browser_key = "secret";
  browser.expires_at = clock_.Now() - hours(1);
  machines_.Add(browser);
  // It was set up anew: its old key counts no more, the new one does, in whatever order they come.
  machines_.Add(Enrolled("pc-7", "main"));
  machines_.Add(Revoked("pc-7", "north"));
  // Whoever connects without having enrolled is a person's page, or lies.
  WardPc page("pc-8");
  ASSERT_TRUE(page.Connect(hub_));
  const Sequence before = Head();
  Placer placer = ForEnrolled();
  ASSERT_TRUE(Becomes([&] { return Head() > before; }));
  Sync();
  placer.Stop();
  EXPECT_EQ(Head(), before + 1);
  EXPECT_THAT(ByRule(), ElementsAre(Pair("pc-1", "lab"), Pair("pc-2", "lab"), Pair("pc-3", "lab"),
                                    Pair("pc-7", "lab"), Pair("pc-91", "icu")));
}

TEST_F(PlacerTest, WhenTheRulesChangeItMovesAndWithoutARuleItGoes) {
  Import(WithRules({Rule("4w-*", "4w")}));
  WardPc pc("4w-new");
  ASSERT_TRUE(pc.Connect(hub_));
  Placer placer = ForLoopback();
  ASSERT_TRUE(Becomes([&] { return ByRule().contains("4w-new"); }));
  SetRules({Rule("4w-*", "icu")});
  ASSERT_TRUE(Becomes([&] { return ByRule()["4w-new"] == "icu"; }));
  SetRules({});
  EXPECT_TRUE(Becomes([&] { return ByRule().empty(); }));
}

TEST_F(PlacerTest, ARevokedMachineLosesItsPlace) {
  Import(WithRules({Rule("4w-*", "4w")}));
  machines_.Add(Enrolled("4w-new", "main"));
  Placer placer = ForEnrolled();
  ASSERT_TRUE(Becomes([&] { return ByRule().contains("4w-new"); }));
  Sync();
  machines_.Revoke("4w-new");
  hub_.AccessChanged();
  EXPECT_TRUE(Becomes([&] { return ByRule().empty(); }));
}

TEST_F(PlacerTest, WithoutSomethingNewNobodyIsAsked) {
  WardPc early("no-rule-1");
  ASSERT_TRUE(early.Connect(hub_));
  Placer placer = ForEnrolled();
  Import(WithRules({Rule("4w-*", "4w")}));
  ASSERT_TRUE(Becomes([&] { return machines_.asked() == 1; })) << "there are rules from now on";
  WardPc late("no-rule-2");
  ASSERT_TRUE(late.Connect(hub_));
  ASSERT_TRUE(Becomes([&] { return machines_.asked() == 2; }));
  early.Disconnect();
  ASSERT_TRUE(Becomes([&] { return hub_.UnknownEndpoints().size() == 1; }));
  hub_.AccessChanged();
  ASSERT_TRUE(Becomes([&] { return machines_.asked() == 3; }));
  ASSERT_TRUE(early.Connect(hub_));
  ASSERT_TRUE(Becomes([&] { return machines_.asked() == 4; })) << "it may have enrolled meanwhile";
  placer.Stop();
  EXPECT_EQ(machines_.asked(), 4);
}

TEST_F(PlacerTest, WithoutARuleTheStoreIsNeverAsked) {
  WardPc pc("4w-new");
  ASSERT_TRUE(pc.Connect(hub_));
  Placer placer = ForEnrolled();
  for (int i = 0; i < 5; ++i) Import(testing::SmallHospital());
  hub_.AccessChanged();
  placer.Stop();
  EXPECT_EQ(machines_.asked(), 0);
}

// This broker has not read yet that the rule is gone.
TEST_F(PlacerTest, TheStoresDirectoryDecides) {
  Import(WithRules({Rule("4w-*", "4w")}));
  machines_.Add(Enrolled("4w-new", "main"));
  ASSERT_TRUE(
      store_->ReplaceDirectory(testing::SmallHospital(), std::nullopt, clock_.Now()).has_value());
  const Sequence before = Head();
  Placer placer = ForEnrolled();
  ASSERT_TRUE(Becomes([&] { return machines_.asked() > 0; }));
  placer.Stop();
  EXPECT_EQ(Head(), before);
  EXPECT_THAT(ByRule(), IsEmpty());
}

TEST_F(PlacerTest, WhoMakesUpIdsOnLoopbackFillsNoDirectory) {
  Import(WithRules({Rule("*", "4w")}));
  std::vector<std::unique_ptr<WardPc>> pcs;
  for (int i = 0; i < 5; ++i) {
    pcs.push_back(std::make_unique<WardPc>("made-up-" + std::to_string(i)));
    ASSERT_TRUE(pcs.back()->Connect(hub_));
  }
  Placer placer = ForLoopback();
  ASSERT_TRUE(Becomes([&] { return ByRule().size() == 3; }));
  Sync();
  const Sequence before = Head();
  WardPc one_more("made-up-9");
  ASSERT_TRUE(one_more.Connect(hub_));
  SetRules({Rule("*", "icu")});
  ASSERT_TRUE(Becomes([&] { return ByRule()["made-up-0"] == "icu"; }));
  placer.Stop();
  EXPECT_EQ(ByRule().size(), 3u);
  EXPECT_EQ(Head(), before + 2);
}

}  // namespace
}  // namespace wardcast
