#include "agent/core/reconcile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/agent/core/hospital.h"

namespace wardcast::agent {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

VerifiedAlert Version(const std::string& id, std::int64_t generation, std::int64_t version) {
  VerifiedAlert verified;
  verified.alert = Outage(id);
  verified.alert.set_generation(generation);
  verified.alert.set_version(version);
  verified.bytes.payload = verified.alert.SerializeAsString();
  return verified;
}

Holdings Holding1(std::int64_t generation, std::int64_t version) {
  Holdings holdings;
  Difference difference;
  difference.put.push_back(Version("A", generation, version));
  Apply(difference, holdings);
  return holdings;
}

v1::RemovedAlert Removed(const std::string& id, std::int64_t version) {
  v1::RemovedAlert removed;
  removed.set_alert_id(id);
  removed.set_version(version);
  return removed;
}

struct VersionCase {
  std::int64_t generation, version;
  bool taken;
};

TEST(Reconcile, NewerByGenerationThenVersion) {
  for (const VersionCase& c :
       {VersionCase{2, 10, false}, VersionCase{2, 9, false}, VersionCase{2, 11, true},
        VersionCase{3, 1, true}, VersionCase{1, 99, false}}) {
    Incoming incoming;
    incoming.alerts.push_back(Version("A", c.generation, c.version));
    EXPECT_THAT(Reconcile(Holding1(2, 10), incoming).put, SizeIs(c.taken ? 1 : 0))
        << c.generation << " " << c.version;
  }
}

TEST(Reconcile, TwiceIsOnce) {
  Incoming incoming;
  incoming.synced = true;
  incoming.alerts = {Version("A", 2, 11), Version("B", 2, 12)};
  incoming.removed = {Removed("C", 13)};
  incoming.answers = {AnswerOf("A", 1, v1::Response::PROCEDURE_STARTED, Utc("21:09:00"))};
  Holdings holdings = Holding1(2, 10);
  Apply(Reconcile(holdings, incoming), holdings);
  EXPECT_THAT(holdings, SizeIs(2));
  EXPECT_THAT(holdings["A"].answers, SizeIs(1));
  EXPECT_TRUE(Reconcile(holdings, incoming).empty());
}

TEST(Reconcile, TheNewestOfAMessageWinsWhateverItsOrder) {
  Incoming incoming;
  incoming.alerts = {Version("A", 1, 12), Version("A", 1, 13), Version("A", 1, 11)};
  const Difference difference = Reconcile({}, incoming);
  ASSERT_THAT(difference.put, SizeIs(1));
  EXPECT_EQ(difference.put[0].alert.version(), 13);
}

TEST(Reconcile, ARemovalOfAnOlderVersionTakesNothingAway) {
  Incoming incoming;
  incoming.removed = {Removed("A", 9)};
  EXPECT_THAT(Reconcile(Holding1(2, 10), incoming).remove, IsEmpty());
  incoming.removed = {Removed("A", 10)};
  EXPECT_THAT(Reconcile(Holding1(2, 10), incoming).remove, ElementsAre("A"));
}

TEST(Reconcile, TheFirstMessageRemovesWhatItSays) {
  Incoming incoming;
  incoming.synced = true;
  incoming.removed = {Removed("A", 3)};  // a restored log counts lower
  EXPECT_THAT(Reconcile(Holding1(2, 10), incoming).remove, ElementsAre("A"));
}

TEST(Reconcile, ABrokerOfAnotherLogRemovesNothing) {
  Incoming incoming;
  incoming.synced = true;
  incoming.log_id = "log-b";
  incoming.removed = {Removed("A", 99)};
  EXPECT_THAT(Reconcile(Holding1(2, 10), incoming).remove, IsEmpty());
}

TEST(Reconcile, AnswersToUnknownAlertsAreDropped) {
  Incoming incoming;
  incoming.answers = {AnswerOf("X", 1, v1::Response::NOT_AFFECTED, Utc("21:09:00"))};
  EXPECT_TRUE(Reconcile(Holding1(2, 10), incoming).empty());
}

TEST(Reconcile, AtMostAThousandAreSaidToBeKnownTheNewest) {
  Holdings holdings;
  for (int i = 0; i < 1'100; ++i) {
    holdings[std::to_string(i)].alert.set_version(i + 1);
  }
  const std::vector<v1::Known> known = KnownOf(holdings);
  ASSERT_THAT(known, SizeIs(1'000));
  EXPECT_EQ(known.back().version(), 101);
}

TEST(Reconcile, ClosedAlertsAreForgottenAfterEightDays) {
  Holdings holdings = Holding1(2, 10);
  EXPECT_THAT(Outdated(holdings, Utc("21:07:00") + std::chrono::days(30)), IsEmpty()) << "it lasts";
  holdings["A"].alert.set_state(v1::State::CLOSED);
  EXPECT_THAT(Outdated(holdings, Utc("21:07:00") + std::chrono::days(8)), IsEmpty());
  EXPECT_THAT(Outdated(holdings, Utc("21:08:00") + std::chrono::days(8)), ElementsAre("A"));
}

}  // namespace
}  // namespace wardcast::agent
