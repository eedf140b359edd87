#include "agent/core/contact_rule.h"

#include <gtest/gtest.h>

namespace wardcast::agent {
namespace {

using namespace std::chrono_literals;
using Class = v1::EndpointClass;

Moment At(std::chrono::seconds elapsed) {
  return {elapsed, TimePoint(std::chrono::hours(1'000)) + elapsed};
}

// Contact every 20 s in [from, to].
void Hear(ContactRule& rule, std::chrono::seconds from, std::chrono::seconds to,
          Class::Value c = Class::STANDARD) {
  for (auto at = from; at <= to; at += 20s) rule.Heard(At(at), c);
}

struct LossCase {
  Class::Value endpoint_class;
  std::chrono::seconds silence;
  bool connected;
  bool announce;
};

TEST(ContactRule, SilenceDecidesAndTheClassSaysWhenTheStripComes) {
  for (const LossCase& c :
       {LossCase{Class::STANDARD, 44s, true, false}, LossCase{Class::STANDARD, 45s, false, false},
        LossCase{Class::STANDARD, 299s, false, false}, LossCase{Class::STANDARD, 300s, false, true},
        LossCase{Class::DOWNTIME, 59s, false, false}, LossCase{Class::DOWNTIME, 60s, false, true},
        LossCase{Class::CLINICAL, 3600s, false, false}}) {
    ContactRule rule(At(0s), std::nullopt);
    Hear(rule, 1s, 101s, c.endpoint_class);
    const ContactState state = rule.At(At(101s + c.silence), c.endpoint_class);
    EXPECT_EQ(state.connected, c.connected) << c.endpoint_class << " " << c.silence.count();
    EXPECT_EQ(state.announce, c.announce) << c.endpoint_class << " " << c.silence.count();
  }
}

TEST(ContactRule, ItSaysWhenItWantsToBeAskedAgain) {
  ContactRule rule(At(0s), std::nullopt);
  Hear(rule, 1s, 101s);
  EXPECT_EQ(rule.At(At(110s), Class::STANDARD).ask_again, Elapsed(146s));
  EXPECT_EQ(rule.At(At(170s), Class::STANDARD).ask_again, Elapsed(401s));
}

TEST(ContactRule, TheStripGoesAfterAMinuteOfSteadyContact) {
  ContactRule rule(At(0s), std::nullopt);
  Hear(rule, 1s, 101s);
  Hear(rule, 501s, 541s);
  ContactState state = rule.At(At(550s), Class::STANDARD);
  EXPECT_TRUE(state.connected);
  EXPECT_TRUE(state.announce);
  EXPECT_TRUE(state.back);
  EXPECT_EQ(state.lost_since, At(101s).time);
  EXPECT_EQ(state.ask_again, Elapsed(561s));
  EXPECT_FALSE(rule.At(At(561s), Class::STANDARD).announce);
}

TEST(ContactRule, ContactThatFlickersDoesNotEndTheGap) {
  ContactRule rule(At(0s), std::nullopt);
  Hear(rule, 1s, 101s);
  Hear(rule, 501s, 521s);
  const ContactState state = rule.At(At(570s), Class::STANDARD);
  EXPECT_FALSE(state.connected);
  EXPECT_TRUE(state.announce);
  EXPECT_EQ(state.lost_since, At(101s).time);
}

TEST(ContactRule, ABrokerThatDrainsIsGivenItsTimeAndTwoMinutes) {
  ContactRule rule(At(0s), std::nullopt);
  Hear(rule, 1s, 101s, Class::DOWNTIME);
  rule.Draining(At(101s), 60s);
  EXPECT_FALSE(rule.At(At(280s), Class::DOWNTIME).announce);
  EXPECT_FALSE(rule.At(At(280s), Class::DOWNTIME).unconfirmed);
  EXPECT_TRUE(rule.At(At(281s), Class::DOWNTIME).announce);
}

TEST(ContactRule, AnAgentThatNeverHadContactCountsFromTheLastRunItKnows) {
  const TimePoint earlier = At(0s).time - 1h;
  ContactRule rule(At(0s), earlier);
  EXPECT_FALSE(rule.At(At(10s), Class::STANDARD).connected);
  EXPECT_FALSE(rule.At(At(299s), Class::STANDARD).announce)
      << "the silence that counts is of this run";
  const ContactState state = rule.At(At(300s), Class::STANDARD);
  EXPECT_TRUE(state.announce);
  EXPECT_EQ(state.lost_since, earlier);
}

}  // namespace
}  // namespace wardcast::agent
