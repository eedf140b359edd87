// One notice of one matter, whoever posts it and at whichever broker.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

using ::testing::ElementsAre;

constexpr char kRequest[] = "01JNREQUEST000000000000000";

// What has the same headline is the same matter.
class OneMatter : public StoreContract {
 protected:
  AlertChange Bringing(const std::string& headline) const {
    AlertChange change = Setting(headline);
    change.caller = "ann";
    change.same_matter = SameMatter{.is = [headline](const v1::Alert& open, const std::string&) {
      return open.headline() == headline;
    }};
    return change;
  }
  AlertChange Reporting(const std::string& headline, const std::string& machine) const {
    AlertChange change = Bringing(headline);
    change.caller = machine;
    change.source_key = "ehr";
    change.same_matter->then = SameMatter::Then::kAttach;
    return change;
  }
  AlertChange Becoming(v1::State::Value state, const std::string& headline,
                       const std::string& id = {}) const {
    AlertChange change = Setting(headline);
    change.alert_id = id;
    change.decide = [=](const v1::Alert*) -> Result<std::optional<AlertDecision>> {
      AlertDecision decision;
      decision.alert.set_headline(headline);
      decision.alert.set_state(state);
      return decision;
    };
    return change;
  }
  AlertChanged Commit(const AlertChange& change) {
    auto changed = store_->Change(change, Seal());
    EXPECT_TRUE(changed) << changed.error().message;
    return changed.value_or(AlertChanged{});
  }
  std::string Put(v1::State::Value state, const std::string& headline) {
    return Commit(Becoming(state, headline)).stored.alert.id();
  }
};

TEST_P(OneMatter, IsGivenBackInsteadOfASecondOne) {
  const std::string open = Publish("EHR is down").stored.alert.id();
  Publish("The canteen is closed");
  AlertChange second = Bringing("EHR is down");
  second.request_id = kRequest;
  const AlertChanged found = Commit(second);
  EXPECT_TRUE(found.same_matter);
  EXPECT_FALSE(found.changed);
  EXPECT_EQ(found.stored.alert.id(), open);
  EXPECT_FALSE(found.stored.sealed.signature().empty());
  ExpectNoGaps(2);
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM request"), 0) << "nothing came of it that a retry could get";

  Commit(Becoming(v1::State::CLOSED, "EHR is down", open));
  const AlertChanged brought = Commit(second);
  EXPECT_FALSE(brought.same_matter);
  EXPECT_TRUE(brought.changed);
}

TEST_P(OneMatter, IsNotWhatIsADraft) {
  Put(v1::State::DRAFT, "EHR is down");
  Put(v1::State::PENDING_APPROVAL, "EHR is down");
  EXPECT_TRUE(Commit(Bringing("EHR is down")).changed);
}

TEST_P(OneMatter, IsAskedOfADraftThatGoesOutAndNotOfWhatIsOut) {
  const std::string draft = Put(v1::State::DRAFT, "EHR is down");
  const std::string open = Put(v1::State::ACTIVE, "EHR is down");
  AlertChange send = Bringing("EHR is down");
  send.alert_id = draft;
  EXPECT_EQ(Commit(send).stored.alert.id(), open);
  EXPECT_EQ(store_->LoadAlert(draft)->alert.state(), v1::State::DRAFT);
  AlertChange edit = Bringing("EHR is down");
  edit.alert_id = open;
  EXPECT_TRUE(Commit(edit).changed);
}

TEST_P(OneMatter, TellsWhoCreatedWhatIsOpen) {
  AlertChange first = Bringing("EHR is down");
  first.caller = "nagios";
  Commit(first);
  std::string heard;
  AlertChange second = Bringing("EHR is down");
  second.same_matter->is = [&](const v1::Alert&, const std::string& creator) {
    heard = creator;
    return false;
  };
  EXPECT_TRUE(Commit(second).changed);
  EXPECT_EQ(heard, "nagios");
}

TEST_P(OneMatter, KeepsAMachineThatFoundIt) {
  const std::string open = Publish("EHR is down").stored.alert.id();
  AlertChange report = Reporting("EHR is down", "nagios");
  report.request_id = kRequest;
  for (const bool retry : {false, true}) {
    const AlertChanged found = Commit(report);
    EXPECT_TRUE(found.same_matter) << retry;
    EXPECT_FALSE(found.changed);
    EXPECT_EQ(found.stored.alert.id(), open);
  }
  EXPECT_EQ(store_->FindAttached("nagios", "ehr").value(), open);
  // Whatever the notice is about by now: the machine belongs there.
  Commit(Becoming(v1::State::ACTIVE, "EHR and lab are down", open));
  report.request_id.clear();
  EXPECT_EQ(Commit(report).stored.alert.id(), open);
  EXPECT_TRUE(Commit(Reporting("EHR is down", "zabbix")).changed) << "another one does not";
}

TEST_P(OneMatter, IsForgottenWithARefusal) {
  Publish("EHR is down");
  AlertChange refused = Reporting("Lab is down", "nagios");
  refused.decide = [](const v1::Alert*) -> Result<std::optional<AlertDecision>> {
    return Fail(Code::kFailedPrecondition, "no");
  };
  EXPECT_EQ(store_->Change(refused, Seal()).error().code, Code::kFailedPrecondition);
  EXPECT_EQ(store_->FindAttached("nagios", "ehr").value(), std::nullopt);
}

// With PostgreSQL at two brokers; SQLite serves one.
TEST_P(OneMatter, PostedByManyInTheSameMomentIsOneAlert) {
  constexpr int kRounds = 8;
  constexpr int kPosts = 6;
  std::unique_ptr<Store> other;
  if (GetParam() == Database::kPostgresql) {
    auto opened = OpenStore(config(), kStart);
    ASSERT_TRUE(opened) << opened.error().message;
    other = std::move(*opened);
  }
  for (int round = 0; round < kRounds; ++round) {
    const std::string headline = "outage " + std::to_string(round);
    std::vector<Result<AlertChanged>> results(kPosts);
    std::atomic<int> come = 0;
    {
      std::vector<std::jthread> posts;
      posts.reserve(kPosts);
      for (int i = 0; i < kPosts; ++i) {
        posts.emplace_back([&, i] {
          Store& store = other && i % 2 == 1 ? *other : *store_;
          AlertChange change =
              i < 2 ? Bringing(headline) : Reporting(headline, "machine " + std::to_string(i));
          change.source_key = i < 2 ? "" : headline;
          ++come;
          while (come < kPosts) std::this_thread::yield();
          results[i] = store.Change(change, Seal());
        });
      }
    }
    int brought = 0;
    for (const auto& result : results) {
      ASSERT_TRUE(result) << result.error().message;
      EXPECT_NE(result->changed, result->same_matter);
      EXPECT_EQ(result->stored.alert.id(), results[0]->stored.alert.id());
      brought += result->changed ? 1 : 0;
    }
    EXPECT_EQ(brought, 1) << headline;
  }
  ExpectNoGaps(kRounds);
}

class HeardEditors : public OneMatter {
 protected:
  // What a change by `caller` hears.
  std::vector<std::string> Edit(const std::string& id, const std::string& caller) {
    std::vector<std::string> heard;
    AlertChange edit = Becoming(v1::State::DRAFT, "EHR", id);
    edit.caller = caller;
    edit.hear_editors = [&](std::vector<std::string> editors) { heard = std::move(editors); };
    Commit(edit);
    return heard;
  }
};

TEST_P(HeardEditors, AreThoseOfADraftAndOfWhatIsOut) {
  const std::string id = Put(v1::State::DRAFT, "EHR");
  EXPECT_THAT(Edit(id, "mia"), ElementsAre("admin"));
  EXPECT_THAT(Edit(id, "lea"), ElementsAre("admin", "mia"));
  EXPECT_THAT(Edit(Put(v1::State::ACTIVE, "EHR"), "mia"), ElementsAre("admin"));
}

INSTANTIATE_TEST_SUITE_P(Databases, OneMatter,
                         ::testing::Values(Database::kSqlite, Database::kPostgresql),
                         [](const auto& param) {
                           return param.param == Database::kSqlite ? "Sqlite" : "Postgresql";
                         });
INSTANTIATE_TEST_SUITE_P(Databases, HeardEditors,
                         ::testing::Values(Database::kSqlite, Database::kPostgresql),
                         [](const auto& param) {
                           return param.param == Database::kSqlite ? "Sqlite" : "Postgresql";
                         });

}  // namespace
}  // namespace wardcast
