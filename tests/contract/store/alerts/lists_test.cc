// What is listed, what counts as a notice, who wrote it, and which machine belongs to it.
#include <gmock/gmock.h>

#include "base/proto_time.h"
#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST_P(StoreContract, ClosedAlertsStayCurrentForAWhile) {
  const std::string open = Publish("open").stored.alert.id();
  const std::string closed = Publish("closed").stored.alert.id();
  AlertChange close = Setting("closed");
  close.alert_id = closed;
  close.now = kStart + hours(1);
  close.decide = [](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    AlertDecision decision{.alert = *current, .expected = {}};
    decision.alert.set_state(v1::State::CLOSED);
    return decision;
  };
  ASSERT_TRUE(store_->Change(close, Seal()));
  // A later change of the closed alert does not make it close later.
  close.now = kStart + hours(3);
  ASSERT_TRUE(store_->Change(close, Seal()));

  EXPECT_EQ(store_->LoadCurrent(kStart + hours(1))->size(), 2u);
  const auto later = store_->LoadCurrent(kStart + hours(2));
  ASSERT_EQ(later->size(), 1u);
  EXPECT_EQ(later->front().alert.id(), open);

  const auto all = store_->ListAlerts({.closed = true}, "", 10);
  ASSERT_EQ(all->size(), 2u);
  EXPECT_GT((*all)[0].id(), (*all)[1].id());
  EXPECT_EQ(store_->ListAlerts({}, "", 10)->size(), 1u);
  EXPECT_EQ(store_->ListAlerts({.closed = true}, "", 1)->size(), 1u);
  const auto second_page = store_->ListAlerts({.closed = true}, (*all)[0].id(), 10);
  ASSERT_EQ(second_page->size(), 1u);
  EXPECT_EQ((*second_page)[0].id(), (*all)[1].id());
}

TEST_P(StoreContract, CountsInterruptingNoticesPerWard) {
  const auto publish = [&](v1::Presentation::Value presentation, v1::Severity::Value severity,
                           v1::Status::Value status, TimePoint at) {
    AlertChange change = Setting("x");
    change.decide = [=](const v1::Alert*) -> Result<std::optional<AlertDecision>> {
      AlertDecision decision;
      decision.alert.set_state(v1::State::ACTIVE);
      decision.alert.set_presentation(presentation);
      decision.alert.set_severity(severity);
      decision.alert.set_status(status);
      *decision.alert.mutable_published_at()->mutable_at() = ToTimestamp(at);
      decision.expected = {{"4w", 3}, {"", 1}};
      return decision;
    };
    ASSERT_TRUE(store_->Change(change, Seal()));
  };
  using P = v1::Presentation;
  using S = v1::Severity;
  publish(P::TOAST, S::MINOR, v1::Status::ACTUAL, kStart);
  publish(P::DIALOG, S::MODERATE, v1::Status::ACTUAL, kStart);
  publish(P::TICKER, S::MODERATE, v1::Status::ACTUAL, kStart);
  publish(P::DIALOG, S::SEVERE, v1::Status::ACTUAL, kStart);
  publish(P::DIALOG, S::EXTREME, v1::Status::ACTUAL, kStart);
  publish(P::TOAST, S::MINOR, v1::Status::EXERCISE, kStart);
  publish(P::TOAST, S::MINOR, v1::Status::ACTUAL, kStart - hours(200));
  const auto counts = store_->CountNotices(kStart - hours(24 * 7));
  ASSERT_TRUE(counts);
  ASSERT_EQ(counts->size(), 1u);
  EXPECT_EQ(counts->front(), (std::pair<std::string, int>("4w", 2)));
}

class Drafts : public StoreContract {
 protected:
  // An alert in that state; with an id: that one, changed.
  std::string Put(v1::State::Value state, const std::string& id = "", bool published = false) {
    AlertChange change = Setting("draft");
    change.alert_id = id;
    change.decide = [=](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
      AlertDecision decision;
      if (current != nullptr) decision.alert = *current;
      decision.alert.set_state(state);
      decision.alert.set_presentation(v1::Presentation::DIALOG);
      if (published) *decision.alert.mutable_published_at()->mutable_at() = ToTimestamp(kStart);
      decision.expected = {{.ward_id = "4w", .endpoints = 1}};
      return decision;
    };
    const auto changed = store_->Change(change, Seal());
    EXPECT_TRUE(changed) << changed.error().message;
    return changed ? changed->stored.alert.id() : "";
  }
  std::vector<std::string> Listed(AlertFilter filter) {
    std::vector<std::string> ids;
    const auto alerts = store_->ListAlerts(filter, "", 10).value();
    ids.reserve(alerts.size());
    for (const v1::Alert& alert : alerts) ids.push_back(alert.id());
    return ids;
  }
};

TEST_P(Drafts, AreListedOnlyForThoseWhoAsk) {
  const std::string draft = Put(v1::State::DRAFT);
  const std::string waiting = Put(v1::State::PENDING_APPROVAL);
  const std::string scheduled = Put(v1::State::SCHEDULED);
  EXPECT_THAT(Listed({}), ElementsAre(scheduled));
  EXPECT_THAT(Listed({.closed = true}), ElementsAre(scheduled));
  EXPECT_THAT(Listed({.drafts = true}), UnorderedElementsAre(draft, waiting, scheduled));
  // Sent, it is one like all others.
  Put(v1::State::ACTIVE, draft, true);
  EXPECT_THAT(Listed({}), UnorderedElementsAre(draft, scheduled));
}

TEST_P(Drafts, WhatIsTakenBackUnsentStaysOutOfTheHistory) {
  const std::string draft = Put(v1::State::DRAFT);
  Put(v1::State::CLOSED, draft);
  const std::string sent = Put(v1::State::DRAFT);
  Put(v1::State::ACTIVE, sent, true);
  Put(v1::State::CLOSED, sent);
  EXPECT_THAT(Listed({.closed = true}), ElementsAre(sent));
  EXPECT_THAT(Listed({.closed = true, .drafts = true}), UnorderedElementsAre(draft, sent));
  EXPECT_THAT(Listed({.drafts = true}), IsEmpty());
}

TEST_P(Drafts, ANoticeCountsFromWhenItIsOnTheWards) {
  const auto counted = [&] { return store_->CountNotices(kStart - hours(1))->size(); };
  const std::string draft = Put(v1::State::DRAFT);
  const std::string scheduled = Put(v1::State::SCHEDULED, "", true);
  EXPECT_EQ(counted(), 0u);
  Put(v1::State::CLOSED, scheduled, true);
  EXPECT_EQ(counted(), 0u) << "recalled before anybody saw it";
  Put(v1::State::ACTIVE, draft, true);
  EXPECT_EQ(counted(), 1u);
  Put(v1::State::CLOSED, draft, true);
  EXPECT_EQ(counted(), 1u);
}

TEST_P(Drafts, EditorsAreThoseWhoWroteSomething) {
  const std::string id = Put(v1::State::DRAFT);
  const auto change = [&](const std::string& caller, Authorship authorship) {
    AlertChange edit = Setting(caller);
    edit.alert_id = id;
    edit.caller = caller;
    edit.authorship = authorship;
    ASSERT_TRUE(store_->Change(edit, Seal()));
  };
  change("mia", Authorship::kAuthor);
  change("noah", Authorship::kOther);
  change("admin", Authorship::kAuthor);
  change("lea", Authorship::kAuthor);
  EXPECT_THAT(store_->LoadEditors(id).value(), ElementsAre("admin", "mia", "lea"));
  EXPECT_EQ(store_->LoadEditors("01NOSUCH").error().code, Code::kNotFound);
  // A new life of the log signs anew and writes nothing.
  ASSERT_TRUE(store_->TakeGeneration(1, TimePoint{}, Seal(), kStart + hours(1)));
  EXPECT_THAT(store_->LoadEditors(id).value(), ElementsAre("admin", "mia", "lea"));
}

class AttachedSources : public StoreContract {};

TEST_P(AttachedSources, BelongToAnAlertUntilItCloses) {
  const std::string id = Publish("EHR is down").stored.alert.id();
  EXPECT_EQ(store_->FindAttached("nagios", "ehr").value(), std::nullopt);
  Attach("nagios", "ehr", id);
  Attach("nagios", "ehr", id);
  EXPECT_EQ(store_->FindAttached("nagios", "ehr").value(), id);
  EXPECT_EQ(store_->FindAttached("nagios", "lab").value(), std::nullopt);
  EXPECT_EQ(store_->FindAttached("zabbix", "ehr").value(), std::nullopt);
  Reopen();
  EXPECT_EQ(store_->FindAttached("nagios", "ehr").value(), id);

  AlertChange close = Setting("EHR is back");
  close.alert_id = id;
  close.decide = [](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    AlertDecision decision{.alert = *current, .expected = {}};
    decision.alert.set_state(v1::State::CLOSED);
    return decision;
  };
  ASSERT_TRUE(store_->Change(close, Seal()));
  EXPECT_EQ(store_->FindAttached("nagios", "ehr").value(), std::nullopt);
  // The next outage is another alert.
  const std::string next = Publish("EHR is down again").stored.alert.id();
  Attach("nagios", "ehr", next);
  EXPECT_EQ(store_->FindAttached("nagios", "ehr").value(), next);
}

INSTANTIATE_TEST_SUITE_P(Databases, Drafts,
                         ::testing::Values(Database::kSqlite, Database::kPostgresql),
                         [](const auto& param) {
                           return param.param == Database::kSqlite ? "Sqlite" : "Postgresql";
                         });
INSTANTIATE_TEST_SUITE_P(Databases, AttachedSources,
                         ::testing::Values(Database::kSqlite, Database::kPostgresql),
                         [](const auto& param) {
                           return param.param == Database::kSqlite ? "Sqlite" : "Postgresql";
                         });

}  // namespace
}  // namespace wardcast
